"""When a check applies, in words."""

import pytest

from lens.checks.applies import Applies
from lens.checks.conditions import Condition
from lens.checks.raw import raw_checks
from lens.checks.when import form_of, in_words, when
from lens.hooks.registry import Registry


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"sectors": ["15210"]}, "it works in sector 15210 Security system management and reform"),
        ({"partner_kinds": ["security_force", "media"]}, "it has a partner of the kind security force or media"),
        ({"provides": ["cash", "food", "fuel"]}, "it provides cash, food or fuel"),
        ({"reaches_force": "yes"}, "something it provides reaches a force, also through others"),
        ({"reaches_force": "no"}, "nothing it provides reaches a force, also through others"),
        ({"any_reaches_force": "yes"}, "some activity is said to reach a force"),
        ({"any_reaches_force": "no"}, "no activity is said to reach a force"),
        ({"factor": "RF3"}, "RF3 (Weakness of State structures) is judged seen or early signs"),
        ({"factor": "RF3.3", "factor_states": ["not_known"]}, "is judged not known"),
        ({"inhibitor": "INH5"}, "INH5 (Local capacity to resolve conflicts) is judged working, strained or hollow"),
        ({"meant_for": ["INH15"]}, "it is meant to lessen or support INH15 (Responsible business)"),
        ({"high_scrutiny": "yes"}, "a sector of it calls for due diligence always"),
        ({"stages": ["decide"]}, "the stage is decide"),
        ({"subjects": ["institution", "policy"]}, "what is reviewed is an institution or a policy"),
        ({"answer_to": "harm.path-exit", "answers": ["no"]}, "harm.path-exit is answered no"),
        ({"flags": ["cross_border"]}, "it is marked cross border"),
        ({"published": "yes"}, "the program was read from published data"),
        ({"standards": ["IATI", "OECD CRS"]}, "it was read from data of the standard IATI or OECD CRS"),
        ({"provides": ["cash"], "flags": ["humanitarian"]}, "it provides cash; and it is marked humanitarian"),
    ],
)
def test_each_condition_is_said(condition, said):
    ((lead, (told,)),) = when(form_of({"all": [condition]}))
    assert lead == "Where this holds"
    assert said in told


def test_the_parts_of_a_form_are_joined():
    cash, food = Condition(provides=("cash",)), Condition(provides=("food",))
    assert when(Applies(any=(cash, food), none=(cash,))) == (
        ("Where any of these holds", ("it provides cash", "it provides food")),
        ("And not where this holds", ("it provides cash",)),
    )


def test_a_check_without_a_form_always_applies():
    assert when(None) == when(form_of({})) == when(Applies()) == ()


def test_every_form_of_the_core_is_said_and_read_as_the_engine_reads_it():
    for registered in Registry(only_core=True).checks.values():
        check = registered.check
        assert form_of(raw_checks()[check.id].get("applies")) == check.applies
        assert all(in_words(one) for part in ("all", "any", "none") for one in getattr(check.applies, part, ()))
