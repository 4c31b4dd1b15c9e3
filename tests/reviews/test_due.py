"""By when something is to be done follows from the gravest level it answers, and from nothing else."""

from datetime import date

import pytest

from lens.api import review
from lens.cases.policy import Due

AS_OF = date(2026, 11, 15)


@pytest.mark.parametrize(
    ("level", "escalates", "day"),
    [
        ("severe", False, date(2026, 11, 29)),
        ("high", False, date(2026, 12, 15)),
        ("moderate", False, date(2027, 2, 13)),
        ("minor", False, date(2027, 5, 14)),
        (None, False, date(2027, 5, 14)),
        ("minor", True, AS_OF),
    ],
)
def test_the_day_follows_the_level(level, escalates, day):
    assert Due().by(level, AS_OF, escalates=escalates) == day


def test_an_agency_sets_its_own_days_and_every_action_has_one(tmp_path):
    (tmp_path / "program.yaml").write_text("program:\n  title: Wells\n", "utf-8")
    (tmp_path / "lens.toml").write_text("[due]\nsevere = 3\nhigh = 5\nmoderate = 7\nminor = 9\n", "utf-8")
    made = review(tmp_path, as_of=AS_OF.isoformat(), audience="internal")
    days = {"severe": 3, "high": 5, "moderate": 7, "minor": 9}
    assert made.actions
    assert all((one.by - AS_OF).days == (0 if one.escalates else days[one.level]) for one in made.actions if one.level)


def test_gravest_first_then_what_answers_most(tmp_path):
    (tmp_path / "program.yaml").write_text("program:\n  title: Wells\n", "utf-8")
    made = review(tmp_path, as_of=AS_OF.isoformat(), audience="internal")
    order = [
        (not one.escalates, ("severe", "high", "moderate", "minor").index(one.level), -one.findings)
        for one in made.actions
    ]
    assert order == sorted(order)
