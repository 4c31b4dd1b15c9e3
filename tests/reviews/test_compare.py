"""Two reviews side by side: what changed, and what makes it hard to tell."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import lens
from lens.cli import run
from lens.reviews.compare import KINDS, compare

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"


@pytest.fixture(scope="module")
def review():
    return lens.review(EXAMPLE, as_of="2026-11-15", audience="internal")


def changed(review, state, level=None, *, was=("open", "high"), escalates=False):
    """A review of one finding, and a later one in which it stands otherwise."""
    one = replace(review.findings[0], state=was[0], level=was[1], escalates=False)
    later = replace(one, state=state, level=level, escalates=escalates)
    day = date(2027, 11, 15)
    return compare(replace(review, findings=(one,)), replace(review, findings=(later,), as_of=day))


def test_a_review_and_itself_a_year_later(review):
    made = compare(review, replace(review, as_of=date(2027, 11, 15)))
    assert made.changes == ()
    assert made.unlike == ()
    assert made.same > 20


@pytest.mark.parametrize(
    ("was", "state", "level", "escalates", "kind"),
    [
        (("open", "high"), "concern", "high", False, "heavier"),
        (("open", "high"), "addressed", None, False, "answered"),
        (("open", "high"), "open", "severe", False, "heavier"),
        (("open", "high"), "open", "minor", False, "lighter"),
        (("addressed", None), "concern", "minor", False, "returned"),
        (("addressed", None), "open", "high", False, "became_open"),
        (("nothing_seen", None), "error", None, False, "became_open"),
        (("concern", "high"), "concern", "high", True, "heavier"),
        (("concern", "high"), "concern", "moderate", False, "lighter"),
        (("concern", "high"), "addressed", None, False, "lighter"),
    ],
)
def test_how_it_stands_otherwise(review, was, state, level, escalates, kind):
    (change,) = changed(review, state, level, was=was, escalates=escalates).changes
    assert change.kind == kind


def test_what_is_gone_is_not_solved_and_what_is_there_first_is_new(review):
    less = replace(review, findings=review.findings[1:], as_of=date(2027, 11, 15))
    assert {one.kind for one in compare(review, less).changes} <= {"not_told", "heavier", "lighter"}
    gone = {one.check for one in compare(review, less).changes}
    assert gone == {review.findings[0].check}
    more = compare(replace(less, as_of=date(2025, 1, 1)), review)
    assert {one.check for one in more.changes} == gone


def test_the_day_says_which_came_first(review):
    later = replace(review, findings=review.findings[:10], as_of=date(2027, 1, 1))
    assert compare(review, later) == compare(later, review)


@pytest.mark.parametrize(
    ("change", "unlike"),
    [
        ({"audience": "public"}, "audience"),
        ({"depth": "first-look"}, "depth"),
        ({"stage": "design"}, "stage"),
        ({"incomplete": True}, "incomplete"),
        ({"as_of": date(2026, 11, 15)}, "day"),
    ],
)
def test_what_makes_them_hard_to_compare_is_said(review, change, unlike):
    assert compare(review, replace(review, **{"as_of": date(2027, 1, 1), **change})).unlike == (unlike,)


def test_on_the_command_line(tmp_path, capsys):
    for name, more in (("full", []), ("first", ["--depth", "first-look"])):
        run(
            [
                "review",
                str(EXAMPLE),
                "--as-of",
                "2026-11-15",
                "--format",
                "json",
                "--output",
                str(tmp_path / name),
                *more,
            ]
        )
    capsys.readouterr()
    code = run(["compare", str(tmp_path / "first" / "review.json"), str(tmp_path / "full" / "review.json")])
    said = capsys.readouterr().out
    assert code == 0
    assert "Hard to compare: one is a first look" in said
    assert "Told for the first time" in said


def test_every_kind_is_told_in_an_order():
    assert len(set(KINDS)) == 7
