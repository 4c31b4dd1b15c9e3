"""Each hook, through a small distribution of its own that is really installed (`make packs`)."""

import json
from importlib.metadata import distributions

import pytest

HOOKS = {
    "logistics": "check: logistics.fuel",
    "pastoral": "catalog: pastoral",
    "card": "reader: card",
    "calendar": "evidencesource: calendar",
    "note": "renderer: note",
    "handover": "command: handover",
    "diary": "plugin diary",
}
pytestmark = pytest.mark.installed


@pytest.mark.parametrize(("name", "gives"), HOOKS.items())
def test_it_is_listed_with_version_digest_and_what_it_gives(lens, name, gives):
    listed = lens("plugins")
    assert listed.returncode == 0, listed.stdout + listed.stderr
    own = listed.stdout.split(f"atrocity-lens-example-{name} 1.0\n")[1].split("\natrocity-lens")[0]
    assert f"plugin {name}, digest " in own
    assert gives in own


def test_a_check_in_python_is_run_and_explained(lens):
    made = json.loads(lens("review", "lens-demo", "--format", "json", "--output", "-").stdout)
    assert "logistics.fuel" in [one["check"] for one in made["findings"]]
    assert made["not_checked"] == []
    assert "Fuel can move whoever gets hold of it." in lens("explain", "logistics.fuel").stdout


def test_an_entry_of_the_catalog_is_explained(lens):
    assert "A seasonal route of herders is fenced" in lens("explain", "PAST-1").stdout


def test_another_format_is_read_and_its_names_stay_in_the_annex(lens, folder):
    (folder / "seeds").write_text("PROGRAM CARD\nSeeds\nXC\nMade-up Seed Bank\n", encoding="utf-8", newline="\n")
    done = lens("review", "seeds", "--format", "json", "--output", "-", "--audience", "internal")
    made = json.loads(done.stdout)
    assert made["program"]["title"] == "Seeds"
    assert "Seed Bank" not in done.stdout + done.stderr
    (folder / "short").write_text("PROGRAM CARD\nSeeds\n", encoding="utf-8", newline="\n")
    refused = lens("review", "short")
    assert refused.returncode == 2
    assert "This card has too few lines. It needs four." in refused.stderr


def test_evidence_on_places_is_shown_with_its_source(lens, folder):
    (folder / "seeds").write_text("PROGRAM CARD\nSeeds\nXA\nMade-up Seed Bank\n", encoding="utf-8", newline="\n")
    made = json.loads(lens("review", "seeds", "--format", "json", "--output", "-", "--as-of", "2026-11-15").stdout)
    (note,) = made["context"]
    assert (note["about"], note["source"], note["state"]) == ("RF8.8", "calendar", "early_signs")


def test_another_format_is_written(lens, folder):
    lens("review", "lens-demo", "--format", "note", "--output", "notes", "--as-of", "2026-11-15")
    assert (folder / "notes" / "note.txt").read_text("utf-8").startswith("2026-11-15: ")


def test_another_subcommand_is_run(lens):
    done = lens("handover", "lens-demo")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Read lens-demo/decisions.yaml")
    assert lens("handover", ".").returncode == 2


def test_a_finished_review_is_told_of(lens, folder):
    lens("review", "lens-demo", "--as-of", "2026-11-15", LENS_DIARY="diary.txt")
    assert (folder / "diary.txt").read_text("utf-8").startswith("2026-11-15 public ")


def test_python_can_be_forbidden_and_packs_of_questions_allowed(lens, folder):
    (folder / "agency.toml").write_text('[plugins]\npython = "no"\n')
    listed = lens("plugins", "--policy", "agency.toml")
    assert "plugin card, left out: plugins that are code are not allowed" in listed.stdout
    assert "logistics.fuel" not in lens("checks", "--policy", "agency.toml").stdout
    assert lens("handover", "lens-demo", LENS_POLICY="agency.toml").returncode == 2
    made = json.loads(
        lens("review", "lens-demo", "--policy", "agency.toml", "--format", "json", "--output", "-").stdout
    )
    packs = {one["name"] for one in made["provenance"]["used"] if one["kind"] == "pack"}
    assert {"security-sector", "ict", "elections-and-registers"} <= packs
    assert [one for one in made["provenance"]["used"] if one["kind"] == "plugin"] == []
    assert "card" in made["provenance"]["blocked"]
    # A computed check of a pack needs its function: without it, it is told as not asked, and why.
    without = {one["check"] for one in made["not_asked"] if one["why"] == "code"}
    assert any(one.startswith("security-sector.") for one in without)
    assert made["incomplete"] is False


def test_help_costs_nothing_more_beside_many_plugins(lens):
    loaded = lens("--help", PYTHONPROFILEIMPORTTIME="1").stderr
    assert "lens_example" not in loaded
    assert "pluggy" not in loaded


def test_every_distribution_here_is_one_of_ours():
    ours = sorted(one.name for one in distributions() if (one.name or "").startswith("atrocity-lens"))
    assert len(ours) == 1 + len(HOOKS) + 3
