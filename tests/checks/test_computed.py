"""The computed checks: each comes out in every way it declares, as the tables beside this file say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lens import catalog, checks, testing
from lens.checks.computed import RUNS
from lens.packs.load import load_pack
from lens.readers.text import load_yaml
from lens.reviews.judge import judge
from lens.reviews.sound import why_not
from lens.testing import told

HERE = Path(__file__).parent
PACKS = Path(checks.__file__).parent
PACK_NAMES = ("risk", "inhibitors", "harm", "published")
CHECKS = {check.id: check for pack in PACK_NAMES for check in load_pack(PACKS / pack).checks if check.question is None}
TABLES = {name: rows for pack in PACK_NAMES for name, rows in load_yaml(HERE / f"{pack}.yaml").data.items()}
EVERY_PATH = TABLES.pop("every-path")
PATHS = {
    "harm.path-lists": "AH-1",
    "harm.path-moving": "AH-2",
    "harm.path-arming": "AH-3",
    "harm.path-budget": "AH-4",
    "harm.path-name": "AH-5",
    "harm.path-exclusion": "AH-6",
    "harm.path-resilience": "AH-7",
    "harm.path-trigger": "AH-8",
    "harm.path-exposure": "AH-9",
    "harm.path-silence": "AH-10",
    "harm.path-exit": "AH-11",
    "harm.path-partiality": "AH-12",
}
SEVERE = {"AH-1", "AH-2", "AH-3", "AH-9"}
NAMES = re.compile(r"\{([a-z_]+)\}")


EVERYTHING = {
    "on": "2026-05-01",
    "factors": [
        {
            "id": factor,
            "state": "looked_for_not_seen",
            "by": "Canary",
            "how": "Canary",
            "evidence": [{"kind": "un", "ref": "Canary", "on": "2026-05-01"}],
        }
        for factor in catalog.items("RF")
    ],
}


def row_of(name, row):
    is_whole = row.get("context") == "everything looked for"
    return testing.row(name, {**row, "context": EVERYTHING} if is_whole else row)


def run(name, row):
    one = row_of(name, row)
    return list(RUNS[name](one.case, one.setting))


def turned(data, path):
    """A row of every-path for one harm path."""
    if isinstance(data, dict):
        return {key: turned(value, path) for key, value in data.items()}
    if isinstance(data, list):
        return [turned(value, path) for value in data]
    provided = load_yaml(Path(catalog.__file__).parent / "harm-paths.yaml").data["provided"]
    elsewhere = next((what for what, paths in provided.items() if path not in paths), "cash")
    return data.replace("PATH", path).replace("ELSEWHERE", elsewhere)


def path_rows():
    for name, path in PATHS.items():
        for row in EVERY_PATH:
            made_row = turned(row, path)
            if path == "AH-10":  # it concerns every program, whatever that provides
                made_row["found"] = [one.replace("not-looked-other", "not-looked") for one in made_row["found"]]
            yield name, path, made_row


ROWS = [(name, row) for name, rows in TABLES.items() for row in rows]
ALL_ROWS = [*ROWS, *((name, row) for name, _, row in path_rows())]


@pytest.mark.parametrize(("name", "row"), ROWS, ids=lambda one: one if isinstance(one, str) else one["when"])
def test_how_it_comes_out(name, row):
    found = run(name, row)
    assert [told(one) for one in found] == row["found"]
    if "values" in row:
        assert {key: str(value) for key, value in found[0].values.items()} == row["values"]


@pytest.mark.parametrize(
    ("name", "path", "row"), list(path_rows()), ids=lambda one: one if isinstance(one, str) else one["when"]
)
def test_how_each_harm_path_comes_out(name, path, row):
    found = [one for one in run(name, row) if one.on == path]
    assert [told(one) for one in found] == row["found"]
    if "values" in row:
        assert dict(found[0].values) == row["values"]


@pytest.mark.parametrize("name", CHECKS)
def test_it_comes_out_in_every_way_it_declares(name):
    reached = {one.outcome for check, row in ALL_ROWS if check == name for one in run(name, row)}
    assert reached == set(CHECKS[name].outcomes)


@pytest.mark.parametrize(("name", "row"), ALL_ROWS, ids=lambda one: one if isinstance(one, str) else one["when"])
def test_what_it_says_holds_together(name, row):
    check = CHECKS[name]
    found = run(name, row)
    assert found, "a check that says nothing has not said that all is well"
    prints = [judge(check, one, row_of(name, row).setting).fingerprint for one in found]
    assert len(set(prints)) == len(prints), "two findings that a disposition could not tell apart"
    for one in found:
        said = check.outcomes[one.outcome].says
        assert set(NAMES.findall(said)) == set(one.values)
        assert "canary" not in repr((one.about, one.on, one.values)).casefold()
        assert not one.on or catalog.find(one.on) or one.on.startswith("local:")
        assert not why_not(one)


# Where nothing was escalated, and nothing is said not to be seen, there is nothing to ask about it.
MAY_NOT_APPLY = {"risk.escalation-answered", "risk.looked-for"}


@pytest.mark.parametrize(
    "row",
    [{}, {"published": "yes"}, {"context": {}}, {"program": {"activities": [{"id": "activity:1"}]}}],
    ids=["nothing", "published", "an empty context", "an empty activity"],
)
@pytest.mark.parametrize("name", CHECKS)
def test_what_is_not_there_is_never_fine(name, row):
    states = {CHECKS[name].outcomes[one.outcome].state for one in run(name, row)}
    assert states <= {"open", "concern", *(["not_applicable"] if name in MAY_NOT_APPLY else [])}


@pytest.mark.parametrize("name", sorted(set(CHECKS) - {"risk.escalation-answered"}))
def test_a_published_program_is_told_as_not_published(name):
    outcomes = CHECKS[name].outcomes
    found = run(name, {"published": "yes"})
    assert {outcomes[one.outcome].because for one in found} == {"not_published"}


def test_every_check_has_its_function_and_every_function_its_check():
    assert list(RUNS) and set(RUNS) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_told_in_full(name):
    check = CHECKS[name]
    assert check.why and check.how and check.limits and check.who and check.change_our_mind
    # Where an outcome escalates, telling the right person comes beside what can be done about it.
    assert 1 <= len([one for one in check.options if one.id != "escalate-now"]) <= 3
    assert (check.verdict is not None) == (check.component == "harm")
    assert all(catalog.find(item) is not None for item in check.touches)
    assert all(source in catalog.items("source") for source in check.sources)
    for outcome in check.outcomes.values():
        assert (outcome.because is not None) == (outcome.state == "open")
        assert (outcome.level is not None) == (outcome.state in ("open", "concern"))
        assert len(re.findall(r"[.!?](?= |$)", outcome.says)) <= 3, "a few plain sentences"


def test_an_option_shared_by_checks_reads_the_same_everywhere():
    options = {}
    for pack in PACK_NAMES:
        for check in load_pack(PACKS / pack).checks:
            for one in check.options:
                assert options.setdefault(one.id, one) == one


def test_only_these_outcomes_escalate():
    escalating = {
        (name, outcome) for name, check in CHECKS.items() for outcome, one in check.outcomes.items() if one.escalates
    }
    assert escalating == {
        ("risk.escalating-sign", "at-once"),
        ("harm.force-known", "hard-support"),
        # Where thousands are screened, nobody has asked risk.escalating-sign.
        ("published.place", "at-once"),
        ("published.place", "at-once-somewhere"),
    }


@pytest.mark.parametrize(("name", "path"), PATHS.items())
def test_how_much_is_at_stake_on_each_harm_path(name, path):
    assert CHECKS[name].outcomes["unguarded"].level == ("severe" if path in SEVERE else "high")
    assert path in CHECKS[name].touches


def test_the_first_look_has_the_checks_it_needs():
    assert {name for name, check in CHECKS.items() if check.depth == "first-look"} == {
        "risk.context-exists",
        "risk.context-dated",
        "risk.escalating-sign",
        "risk.escalation-answered",
    }


UNWANTED = re.compile(
    r"\b(scor(e|es|ed|ing)|pass(es|ed)?|safe(ly)?|cleared|complian(t|ce)|low[- ]risk|target group|interventions?"
    r"|judgement|programme|organis\w*|absent)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", CHECKS)
def test_words_that_are_never_used(name):
    check = CHECKS[name]
    own = [check.title, check.why, check.how, check.limits, check.change_our_mind, *check.others]
    texts = [*own, *(one.says for one in check.outcomes.values())]
    assert [found[0] for text in texts for found in UNWANTED.finditer(text)] == []


ORDER = """
import importlib.util
spec = importlib.util.spec_from_file_location("computed", {path!r})
tests = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tests)
for name, row in tests.ALL_ROWS:
    print([(tests.told(one), sorted(one.values.items())) for one in tests.run(name, row)])
"""


def test_the_order_does_not_hang_on_the_hash_seed():
    printed = {
        subprocess.run(
            [sys.executable, "-c", ORDER.format(path=__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
