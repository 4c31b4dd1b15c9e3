"""Checks are tried out, stay, and give way to a successor: none vanishes before another asks in its place."""

import pytest

import lens
from lens.hooks.installed import Rules

ONE = """\
  - id: land.{slug}
    title: Land
    component: harm
    verdict: risk
    touches: [{touches}]
    why: Maps show who holds what.
    who: [local_partner]
    options:
      - {{id: other-way-round}}
    change_our_mind: A map.
    sources: [lens-judgement]
    lifecycle: {lifecycle}
    successor: {successor}
    question:
      ask: Is it written down who holds land here?
      good: "yes"
      if_bad: moderate
      if_not_known: moderate
      settles: A dated map.
"""


@pytest.fixture
def asked(tmp_path):
    """Which checks of a pack are asked, and why the others are not."""

    def of(*checks, rules=None, **policy):
        from lens.testing.cases import setting

        rows = [
            dict(zip(("slug", "lifecycle", "successor", "touches"), (*one, "AH-2"), strict=False)) for one in checks
        ]
        text = "pack: land\nquestions:\n" + "".join(ONE.format(**row) for row in rows)
        (tmp_path / "pack.yaml").write_text(text)
        registry = lens.Registry(rules, only_core=True, packs=[tmp_path])
        made = lens.review_case(
            lens.Case(program=lens.Program()), registry=registry, as_of="2026-06-01", policy=setting(policy).policy
        )
        assert registry.faults == []
        found = {one.check: "asked" for one in made.findings} | {one.check: one.why for one in made.not_asked}
        return {name.partition(".")[2]: why for name, why in found.items() if name.startswith("land.")}

    return of


def test_what_is_being_tried_out_is_asked_by_those_who_want_it(asked):
    one = ("new", "preview", '""')
    assert asked(one) == {"new": "preview"}
    assert asked(one, rules=Rules(preview=True)) == {"new": "asked"}


def test_an_old_check_gives_way_to_its_successor(asked):
    assert asked(("old", "deprecated", "land.new"), ("new", "stable", '""')) == {"old": "deprecated", "new": "asked"}


@pytest.mark.parametrize(
    ("new", "policy", "expected"),
    [
        (("new", "preview", '""'), {}, {"old": "asked", "new": "preview"}),
        (("new", "stable", '""'), {"off": [{"check": "land.new", "reason": "why"}]}, {"old": "asked", "new": "policy"}),
        (("new", "deprecated", "land.old"), {}, {"old": "asked", "new": "asked"}),
        (("else", "stable", '""'), {}, {"old": "asked", "else": "asked"}),
    ],
    ids=["being tried out", "switched off", "old itself", "not there"],
)
def test_an_old_check_is_asked_until_its_successor_is(asked, new, policy, expected):
    assert asked(("old", "deprecated", "land.new"), new, **policy) == expected


def test_an_old_check_without_a_successor_is_refused(tmp_path):
    text = "pack: land\nquestions:\n" + ONE.format(slug="old", lifecycle="deprecated", successor='""', touches="AH-2")
    (tmp_path / "pack.yaml").write_text(text)
    registry = lens.Registry(only_core=True, packs=[tmp_path])
    _ = registry.packs
    (fault,) = registry.faults
    assert fault.what == "land.old: successor: A deprecated check names the one that takes over. Add it."


def test_a_life_cycle_keeps_no_policy_from_being_told_that_it_was_refused(tmp_path):
    """A check of HRDDP that is old is asked like any other of its kind."""
    text = "pack: land\nquestions:\n" + ONE.format(slug="step", lifecycle="stable", successor='""', touches="HRDDP-2")
    (tmp_path / "pack.yaml").write_text(text)
    from lens.testing.cases import setting

    off = setting({"off": [{"check": "land.step", "reason": "why"}]}).policy
    made = lens.review_case(
        lens.Case(program=lens.Program()),
        registry=lens.Registry(only_core=True, packs=[tmp_path]),
        as_of="2026-06-01",
        policy=off,
    )
    assert "land.step" in [one.check for one in made.findings]
    assert made.provenance.policy_refused == ("land.step",)


@pytest.mark.parametrize(
    ("lifecycle", "said"), [("preview", "may change or go"), ("deprecated", "Its successor is land.new.")]
)
def test_explain_says_where_in_its_life_a_check_is(site, lifecycle, said):
    site.pack(
        "land",
        pack="pack: land\nquestions:\n"
        + ONE.format(slug="old", lifecycle=lifecycle, successor="land.new", touches="AH-2"),
    )
    done = site.run("explain", "land.old")
    assert done.returncode == 0, done.stderr
    assert "life cycle" in done.stdout
    assert said in done.stdout
