"""Which questions made-up programs are asked: one line for each general reason that was once missed or overdone."""

from datetime import date

import pytest

from lens import catalog
from lens.cases import Answers, Case, Context, Program
from lens.cases.policy import Policy
from lens.checks.setting import Setting
from lens.hooks.registry import Registry
from lens.readers.boundary import validate
from lens.readers.text import Text
from lens.reviews.select import select

AS_OF = date(2026, 6, 1)
REGISTRY = Registry(only_core=True)
LOOKED = {
    "state": "looked_for_not_seen",
    "on": "2026-05-20",
    "by": "context owner",
    "how": "asked both sides",
    "evidence": [{"kind": "un"}],
}


def below(factor, seen):
    """Whether a factor, or something of it, is seen."""
    return any(one == factor or one.startswith(f"{factor}.") for one in seen)


def asked(sector, provides=("advice",), partners=("international_ngo",), seen=(), answers=(), stage="implement"):
    """What is asked of a program in one sector where, but for what is seen, each factor was looked for."""
    refs = [{"id": f"partner:{number}", "kind": kind} for number, kind in enumerate(partners, 1)]
    activity = {
        "id": "activity:1",
        "provides": [{"what": one} for one in provides],
        "partners": [one["id"] for one in refs],
        "effects": [{"on": "RF1.9", "kind": "intended_to_reduce", "mechanism": "because"}],
    }
    program = {
        "stage": stage,
        "places": [{"id": "place:1", "country": "XA"}],
        "sectors": [{"code": sector}],
        "partners": refs,
        "activities": [activity],
    }
    factors = [{"id": one, "state": "seen"} for one in seen]
    factors += [
        LOOKED | {"id": one} for one in (*catalog.items("RF"), *catalog.items("indicator")) if not below(one, seen)
    ]
    given = [{"question": question, "answer": answer} for question, answer in answers]
    case = Case(
        program=validate(Program, Text("test", program)),
        context=validate(Context, Text("test", {"factors": factors})),
        answers=validate(Answers, Text("test", {"answers": given})),
    )
    setting = Setting(as_of=AS_OF, stage=stage, depth="full", policy=Policy())
    ask, _ = select(REGISTRY, case, setting)
    return {one.check.id for one in ask}


SERVICE = "ranger_border_or_prison_service"
MOVED = [("harm.moves-people", "yes")]


@pytest.mark.parametrize(
    ("question", "program"),
    [
        # Forests can be taken from people as parks can.
        ("harm.whose-land", {"sector": "31220", "seen": ["RF4.3"]}),
        ("harm.unjust-law", {"sector": "31220", "seen": ["RF9.1"]}),
        ("harm.whose-land", {"sector": "43041"}),
        ("harm.whose-land", {"sector": "21020", "provides": ["infrastructure"], "answers": MOVED}),
        # Moving people does not end on the day of the move.
        ("harm.after-the-move", {"sector": "31140", "provides": ["infrastructure"], "answers": MOVED}),
        ("harm.promises", {"sector": "31140", "provides": ["infrastructure"], "answers": MOVED}),
        # Borders, and those who are held or counted there.
        ("harm.sent-back", {"sector": "15136"}),
        ("harm.sent-back", {"sector": "33120", "partners": [SERVICE]}),
        ("harm.who-is-held", {"sector": "15136", "seen": ["RF2.1"]}),
        ("harm.without-papers", {"sector": "13096"}),
        # Those who bear arms are overseen, and watched from outside, whatever their service is called.
        ("inhibitors.oversight-acts", {"sector": "41030", "partners": [SERVICE]}),
        ("harm.hrddp-independent-monitoring", {"sector": "41030", "partners": [SERVICE]}),
        ("harm.visits-to-detention", {"sector": "15137", "stage": "design"}),
        # An answer opens due diligence where no activity accounts for it.
        ("harm.hrddp-unit-record", {"sector": "72010", "answers": [("harm.reaches-force", "partly")]}),
        ("harm.hrddp-recipient", {"sector": "72010", "answers": [("harm.reaches-force", "not_known")]}),
        # Water and power can be cut off.
        ("harm.who-uses-the-road", {"sector": "14021", "seen": ["RF13.8"]}),
        ("harm.who-uses-the-road", {"sector": "23630", "seen": ["RF7.3"]}),
        # A disease is blamed on someone, and is a reason to control people.
        ("risk.events-used", {"sector": "12250", "seen": ["RF8.9"]}),
        ("harm.care-as-control", {"sector": "12250", "seen": ["RF7.1"]}),
        ("harm.patients-kept-secret", {"sector": "12250", "seen": ["RF7.1"]}),
        ("harm.patients-kept-secret", {"sector": "72011", "seen": ["RF13.8"]}),
        # Newsrooms and national organizations are called foreign as well.
        ("inhibitors.harmed-by-link", {"sector": "15153", "partners": ["media"], "seen": ["RF7.7"]}),
        ("inhibitors.how-could-hurt", {"sector": "15160", "partners": ["national_organization"], "seen": ["RF6.2"]}),
        # Each sector's own way to do harm, as the sector map has it.
        ("harm.new-majorities", {"sector": "15112", "seen": ["RF9.1"]}),
        ("harm.parties-that-exclude", {"sector": "15152"}),
        ("inhibitors.spending-on-force-seen", {"sector": "15111", "seen": ["RF5.1"]}),
        ("harm.who-uses-the-road", {"sector": "22020", "seen": ["RF7.6"]}),
        ("risk.strain-by-group", {"sector": "15116", "seen": ["RF1.9"]}),
        ("harm.data-demanded", {"sector": "93011"}),
        # A peace that those with arms make among themselves.
        ("harm.who-is-rewarded", {"sector": "15220", "partners": ["armed_group"]}),
        ("harm.diversion", {"sector": "21020", "provides": ["infrastructure"], "seen": ["RF1.1"]}),
        ("harm.report-abuse", {"sector": "21020", "provides": ["infrastructure"], "seen": ["RF7.9"]}),
    ],
)
def test_it_is_asked(question, program):
    assert question in asked(**program)


@pytest.mark.parametrize(
    ("question", "program"),
    [
        # Rangers and prisons are of one kind with borders and do not send anyone back.
        ("harm.sent-back", {"sector": "15137", "provides": ["training"], "partners": [SERVICE]}),
        ("harm.sent-back", {"sector": "41030", "provides": ["vehicles"], "partners": [SERVICE]}),
        # Quarantine holds people and takes no land.
        ("harm.whose-land", {"sector": "12250", "provides": ["salaries"], "answers": MOVED}),
        ("harm.after-the-move", {"sector": "12250", "provides": ["salaries"], "answers": MOVED}),
        # Work that builds nothing buys no stone.
        ("harm.where-materials-come-from", {"sector": "32210", "provides": ["research"], "seen": ["RF4.2"]}),
        # Cash and a motive make no two sides of a war.
        ("risk.same-for-each-side", {"sector": "16010", "provides": ["cash"], "seen": ["RF4.2"]}),
        # A dispute over power stops nobody on the road.
        ("harm.diversion", {"sector": "16010", "provides": ["cash"], "seen": ["RF1.5"]}),
        # A newsroom carries out no rules, and has no help that a fingerprint could open.
        ("harm.unjust-law", {"sector": "15153", "partners": ["media"], "answers": [("risk.treated-worse", "yes")]}),
        (
            "harm.refuse-data",
            {"sector": "15153", "provides": ["training"], "answers": [("harm.exposes-people", "yes")]},
        ),
        # Advice to an office meets nobody it could treat without respect.
        (
            "harm.treated-with-respect",
            {"sector": "15114", "partners": ["ministry"], "answers": [("risk.treated-worse", "yes")]},
        ),
        # A line common to donors is for those who pay an authority, a force or a firm.
        ("risk.donors-together", {"sector": "15220", "partners": ["local_organization"], "seen": ["RF2.3"]}),
        # Talks free no money for force where no authority and no service is part of them.
        (
            "harm.freed-budget",
            {"sector": "15220", "provides": ["convening"], "answers": [("harm.seen-to-gain", "yes")]},
        ),
    ],
)
def test_it_is_not_asked(question, program):
    assert question not in asked(**program)


def sectors_named():
    for one in REGISTRY.checks.values():
        form = one.check.applies
        for condition in (*form.all, *form.any, *form.none) if form else ():
            if condition.sectors:
                yield one.check.id, condition.sectors


def test_a_sector_that_a_question_names_is_in_the_list_today():
    codes = [code for code in catalog.dac_codes() if len(code) == 5 and catalog.withdrawn(code) is None]
    gone = [
        (check, sector)
        for check, sectors in sectors_named()
        for sector in sectors
        if not any(code.startswith(sector) for code in codes) and catalog.withdrawn(sector) is None
    ]
    assert gone == []


def test_a_withdrawn_sector_stands_beside_those_that_took_over():
    for check, sectors in sectors_named():
        for sector in sectors:
            for after in catalog.withdrawn(sector) or ():
                assert any(after.startswith(one) or one.startswith(after) for one in sectors), (check, sector, after)


@pytest.mark.parametrize("code", [code for codes, _ in catalog.sectors() for code in codes if code != "99810"])
def test_every_sector_of_the_map_has_a_question_that_names_it(code):
    assert any(code.startswith(one) or one.startswith(code) for _, sectors in sectors_named() for one in sectors)
