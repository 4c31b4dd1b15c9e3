from __future__ import annotations

from dataclasses import asdict

import pytest

from lens.readers.iati.bodies import force_in_name, is_placeholder_name
from lens.words import FORCE_KINDS


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


def partners(found):
    return [(partner.role, partner.kind) for partner in found.program.partners]


def org(role, kind, name="Body of Xan", ref=""):
    return (
        f'<participating-org role="{role}" type="{kind}" ref="{ref}"><narrative>{name}</narrative></participating-org>'
    )


@pytest.mark.parametrize(
    ("role", "word"),
    [
        ("1", "funding"),
        ("Funding", "funding"),
        ("2", "accountable"),
        ("EXTENDING", "extending"),
        ("implementing", "implementing"),
        ("4", "implementing"),
        ("beneficiary", "recipient"),
        ("", "other"),
    ],
)
def test_roles_are_codes_or_words_in_any_case(one, role, word):
    assert partners(one(org(role, "21"))) == [(word, "international_ngo")]


@pytest.mark.parametrize(
    ("kind", "role", "expected"),
    [
        ("10", "1", "bilateral_donor"),
        ("15", "1", "bilateral_donor"),
        ("10", "4", "not_known"),
        ("15", "3", "not_known"),
        ("11", "4", "local_authority"),
        ("21", "4", "international_ngo"),
        ("22", "4", "national_organization"),
        ("23", "4", "national_organization"),
        ("24", "4", "national_organization"),
        ("40", "2", "multilateral"),
        ("Multilateral", "2", "multilateral"),
        ("60", "1", "foundation"),
        ("70", "4", "contractor"),
        ("70", "1", "company"),
        ("80", "4", "academic"),
        ("90", "4", "other"),
        ("", "4", "not_known"),
        ("77", "4", "not_known"),
    ],
)
def test_kinds_follow_from_types(one, kind, role, expected):
    assert [found for _, found in partners(one(org(role, kind)))] == [expected]


@pytest.mark.parametrize("kind", ["10", "11", "15", "", "70", "90"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Xanadian National Police", "security_force"),
        ("Policía Nacional", "security_force"),
        ("Polícia de Xan", "security_force"),
        ("Gendarmerie de Xan", "security_force"),
        ("Streitkräfte von Xan", "security_force"),
        ("Fuerzas Armadas", "security_force"),
        ("Ministry of Defence", "security_ministry"),
        ("Ministère de l'Intérieur", "security_ministry"),
        ("Ministerio del Interior", "security_ministry"),
        ("Ministério da Defesa", "security_ministry"),
        ("Innenministerium", "security_ministry"),
        ("Xan Border Services", "ranger_border_or_prison_service"),
        ("State Border Committee of Xan", "ranger_border_or_prison_service"),
        ("Department of Immigration", "ranger_border_or_prison_service"),
        ("Joint Security Transition Command", "security_force"),
        ("Xan Peacekeeping Detachment", "security_force"),
        ("Public Security Bureau of Xan", "security_force"),
        ("Delegation for National Security", "security_force"),
        ("Xan Opposition Forces", "auxiliary_or_militia"),
        ("Ministry of Justice and Security", "security_ministry"),
        ("Min. Interior", "security_ministry"),
        ("Customs of Xan", "ranger_border_or_prison_service"),
        ("Garde-frontière", "ranger_border_or_prison_service"),
        ("Xan Park Rangers", "ranger_border_or_prison_service"),
        ("Servicio Penitenciario", "ranger_border_or_prison_service"),
        ("Milice du Bas-Xan", "auxiliary_or_militia"),
        ("Zephyr Private Security", "private_guard"),
    ],
)
def test_a_name_that_says_force_outweighs_every_type_but_a_civil_one(one, kind, name, expected):
    assert partners(one(org("4", kind, name))) == [("implementing", expected)]


@pytest.mark.parametrize("kind", ["21", "22", "40", "60", "80"])
def test_a_civil_body_named_like_a_force_is_not_known(one, kind):
    found = one(org("4", kind, "Prison Friends of Xan"))

    assert partners(found) == [("implementing", "not_known")]
    assert notes(found)["organization-like-force"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "Salvation Army",
        "Armée du Salut",
        "Policy Institute of Xan",
        "Defensoría del Pueblo",
        "Legal Defence Fund",
        "Environmental Defense Fund",
        "In Defense of Trees",
        "Ministry of Health",
        "Rangerwood Trust",
        "Ministry of Social Security",
        "Military Family Association",
        "Ministerio del Interior, Obras Públicas y Vivienda",
        "Minister of Immigrant Integration",
    ],
)
def test_names_that_only_sound_like_a_force(name):
    assert force_in_name(name) is None


def test_no_published_type_alone_says_that_a_government_body_is_no_force(one):
    for kind in ("10", "15", ""):
        ((_, found),) = partners(one(org("4", kind)))
        assert found == "not_known"
        assert found not in FORCE_KINDS


@pytest.mark.parametrize(
    "name", ["Redacted", "Various", "MISCELLANEOUS", "Unspecified Vendors - Xan", "n/a", "TBD", "Other", "?"]
)
def test_a_stand_in_for_a_name_leaves_the_kind_open(one, name):
    found = one(org("4", "22", name))

    assert partners(found) == [("implementing", "not_known")]
    assert notes(found)["organization-placeholder"] == 1


@pytest.mark.parametrize("name", ["Multiple Harvests Trust", "Otherwise Foundation", "Miscella"])
def test_a_real_name_is_no_stand_in(name):
    assert not is_placeholder_name(name)


def test_names_and_references_stand_in_the_annex_and_nowhere_else(one):
    found = one(org("4", "22", "Zephyr Cooperative", ref="XA-99-QUARTZ"))

    assert found.annex.names["partner:1"].name == "Zephyr Cooperative"
    assert found.annex.names["partner:1"].note == "XA-99-QUARTZ"
    assert "Zephyr" not in str(asdict(found.program))
    assert "QUARTZ" not in str(asdict(found.program))


def test_receivers_become_recipients_each_once_but_not_those_of_incoming_money(one):
    receiver = '<receiver-org type="22"><narrative>Zephyr Cooperative</narrative></receiver-org>'
    found = one(
        f'<transaction><transaction-type code="3"/><value>1</value>{receiver}</transaction>' * 2
        + f'<transaction><transaction-type code="1"/><value>1</value>{receiver.replace("Zephyr", "Own")}</transaction>'
    )

    assert partners(found) == [("recipient", "national_organization")]


def test_more_than_200_receivers_are_noted(one):
    found = one(
        "".join(
            f'<transaction><transaction-type code="3"/><value>1</value><receiver-org ref="XA-{at}"/></transaction>'
            for at in range(203)
        )
    )

    assert len(found.program.partners) == 200
    assert notes(found)["organizations-left-out"] == 3


def test_one_body_in_two_roles_is_given_in_both(one):
    found = one(org("1", "10", ref="XA-7") + org("3", "10", ref="XA-7") + org("4", "10", ref="XA-7"))

    assert partners(found) == [
        ("funding", "bilateral_donor"),
        ("extending", "bilateral_donor"),
        ("implementing", "not_known"),
    ]


def test_a_missing_type_is_the_publishers_where_it_is_the_publisher(one):
    assert partners(one('<participating-org role="1" ref="XA-1"/>')) == [("funding", "bilateral_donor")]


def test_a_body_of_which_nothing_is_said_is_left_out(one):
    found = one('<participating-org role="4" ref=""/>')

    assert found.program.partners == ()
    assert notes(found)["organization-empty"] == 1
