"""Words in published texts, in made-up titles: what is heard of each theme in each language, and false alarms."""

import pytest

from lens import testing
from lens.checks.computed import RUNS
from lens.checks.computed.published_text import ON
from lens.checks.computed.published_words import NOT_MEANT, THEMES

HEARD = {
    "moving-people": [
        "Relocation of two villages for the reservoir",
        "Support to deportees at the river crossing",
        "Slum clearance in the old port",
        "Plan de réinstallation des populations de la vallée",
        "Reubicación de familias de la ribera",
        "Reassentamento das famílias da albufeira",
    ],
    "camps": [
        "Showers in the camps for displaced people of the north",
        "Visits to places of detention",
        "Soap for people in detention",
        "Arbitrary detention of writers",
        "Sites de déplacés du plateau",
        "Detención arbitraria de periodistas",
        "Acampamentos de deslocados no norte",
    ],
    "lists": [
        "Fingerprints for farmers",
        "Electoral roll of the islands",
        "Displacement tracking in three provinces",
        "Empreintes digitales des éleveurs",
        "Registro de beneficiarios del programa",
        "Recenseamento eleitoral das ilhas",
    ],
    "forces": [
        "Driving lessons for the police",
        "Community defence volunteers",
        "Law enforcement course",
        "Law and order trust fund",
        "Arms depot",
        "Training of border guards",
        "Anti-poaching teams for the park",
        "Prison kitchens",
        "Peacekeepers on the plateau",
        "Preventing violent extremism among herders",
        "Désarmement sur le plateau",
        "Matériel pour les forces de l’ordre",
        "Seguridad ciudadana en el puerto",
        "Formação de agentes prisionais",
    ],
    "watching": [
        "CCTV cameras for the market",
        "Safe City control room",
        "Facial recognition at the gate",
        "Urban surveillance center",
        "Caméras de surveillance du port",
        "Cámaras de seguridad en el puerto",
        "Reconhecimento facial no porto",
    ],
    "separation": [
        "Schools in minority languages",
        "Dialogue after ethnic tensions",
        "Wells with indigenous communities",
        "Contre les discours de haine",
        "Salud de las comunidades indígenas",
        "Minorias nas escolas",
    ],
    "land": [
        "Land concession on the plain",
        "Loan for a hydropower station",
        "Mining code",
        "Sécurisation foncière du plateau",
        "Tenencia de la tierra en la cuenca",
        "Regularização fundiária no vale",
    ],
    "return": [
        "Safe return of families to the valley",
        "Pushbacks at sea",
        "Assisted returns from the coast",
        "Rapatriement des éleveurs",
        "Retorno asistido de migrantes",
        "Repatriamento de refugiados",
    ],
    "returned": [
        "Seeds for returnees",
        "Semences pour les personnes retournées",
        "Semillas para retornados",
        "Sementes para regressados",
    ],
}

FALSE_ALARMS = [
    # moving-people, camps, return
    "Relocation of utilities along the road",
    "Ministry of Lands and Rural Resettlement: seed drills",
    "Clinics for forcibly displaced people",
    "Football summer camp for girls",
    "Return on investment in poultry",
    "Repatriation of profits by investors",
    "Safe return to school after the floods",
    "Hospital readmissions of newborns",
    "Readmission of girls who left school",
    "Relocation of power lines",
    # lists
    "Agricultural census",
    "Livestock census of the plain",
    "Register of companies",
    "Registro único de contribuyentes",
    "Recensement agricole du plateau",
    "Censo agropecuario de la cuenca",
    "Recenseamento agrícola das ilhas",
    # forces
    "Fall army worm in maize",
    "Salvation Army kitchens",
    "Hillside Army P.S. gets latrines",
    "Navy beans for the highlands",
    "Police d’assurance pour les éleveurs",
    "Desks for Prison Primary School",
    "Support at arm's length",
    "Airport security equipment",
    "Labor force survey",
    "Artificial intelligence for crop forecasts",
    "Trade across the border",
    "Coordination of the food security sector",
    "Emergency food security assistance",
    "Social security agencies",
    "Coordination du secteur de la sécurité alimentaire",
    "Familles qui ont fui les conflits armés",
    # watching
    "Disease surveillance system",
    "Nutrition surveillance systems in clinics",
    "Drones for mapping of floods",
    "Making it a safe city for girls",
    # separation, land
    "Latrines segregated for girls and boys",
    "Waste segregation at the source",
    "Stigma and discrimination of people with HIV",
    "Health of sexual minorities",
    "Gestion intercommunal des déchets",
    "Humanitarian de-mining",
    "Talks with the Minister of Energy and Mining",
    "Data mining for tax offices",
    "Confiscated medicines are destroyed",
]


def themes(title):
    row = testing.row("published.text", {"program": {"title": title, "published": {"standard": "IATI"}}})
    told = [one for one in RUNS["published.text"](row.case, row.setting) if one.outcome in ON]
    return {theme for one in told for theme in (one.values.get("themes") or one.outcome).split(", ")}


@pytest.mark.parametrize(("theme", "title"), [(theme, title) for theme, titles in HEARD.items() for title in titles])
def test_what_is_heard(theme, title):
    assert theme in themes(title)


@pytest.mark.parametrize("title", FALSE_ALARMS)
def test_false_alarms(title):
    assert themes(title) == set()


def test_what_is_meant_beside_what_is_not_is_heard():
    assert themes("Army worm and army barracks") == {"forces"}
    assert themes("Army worm army worm army worm") == set()
    assert themes("Agricultural census and population census") == {"lists"}


def test_every_theme_is_told_and_has_words_in_every_language():
    assert set(THEMES) == set(ON) == set(HEARD)
    assert all(set(by_language) == set(NOT_MEANT) for by_language in THEMES.values())


def test_words_are_written_as_they_are_compared():
    for by_language in (*THEMES.values(), NOT_MEANT):
        for listed in by_language.values():
            phrases = [" ".join(one.split()) for one in listed.split(",")]
            assert all(one and one.isascii() and one == one.casefold() for one in phrases)
            assert len(set(phrases)) == len(phrases)


def test_a_theme_is_on_a_harm_path_and_never_on_a_sign():
    assert all(path.startswith("AH-") for path in ON.values())
