"""The sector packs that lens knows of: as their own files have them, and told of where they are missing."""

from pathlib import Path

import pytest

import lens
from lens.cases import Activity, Case, Partner, Program, Provision, Sector
from lens.catalog import known_packs
from lens.checks.when import form_of
from lens.packs.load import load_pack

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
FOLDERS = {folder.parent.name: folder for folder in sorted(PLUGINS.glob("*/lens_*"))}


def missing(**program):
    case, registry = Case(program=Program(**program)), lens.Registry(only_core=True)
    made = lens.review_case(case, registry=registry, as_of="2026-06-01")
    return {one.name: one.surely for one in made.packs_missing}


def test_every_pack_of_this_project_is_known():
    assert [one.name for one in known_packs()] == list(FOLDERS)


@pytest.mark.parametrize("known", known_packs(), ids=lambda one: one.name)
def test_it_is_called_for_when_it_applies(known):
    pack = load_pack(FOLDERS[known.name])
    assert form_of(known.applies) == pack.applies
    assert (known.name, known.title) == (pack.name, pack.title)
    assert known.distribution == f"atrocity-lens-{pack.name}"


def test_a_program_that_calls_for_a_pack_is_told_so():
    police = Partner(id="partner:1", kind="security_force")
    gift = Provision(what="training", to="partner:1")
    found = missing(
        sectors=(Sector(code="15132"),), partners=(police,), activities=(Activity(id="activity:1", provides=(gift,)),)
    )
    assert [name for name, surely in found.items() if surely] == ["security-sector"]


def test_a_program_of_which_little_is_known_may_call_for_any():
    assert set(missing().values()) == {False}
    assert len(missing()) == 3


def test_a_program_that_calls_for_none_is_told_of_none():
    gift = Provision(what="training")
    body = Partner(id="partner:1", kind="local_organization")
    activity = Activity(id="activity:1", provides=(gift,), partners=("partner:1",))
    found = missing(sectors=(Sector(code="11230"),), partners=(body,), activities=(activity,))
    # Nobody says what the activity is meant for, so it may yet be meant for the media.
    assert found == {"ict": False}


def test_a_pack_that_is_here_is_not_missing():
    registry = lens.Registry(only_core=True, packs=[FOLDERS["security-sector"]])
    made = lens.review_case(
        Case(program=Program(sectors=(Sector(code="15132"),))), registry=registry, as_of="2026-06-01"
    )
    assert "security-sector" not in [one.name for one in made.packs_missing]


def test_the_report_says_what_was_not_asked_and_how_to_get_it():
    case = Case(program=Program(sectors=(Sector(code="15132"),)))
    registry = lens.Registry(only_core=True)
    made = lens.review_case(case, registry=registry, as_of="2026-06-01")
    for name in ("markdown", "html"):
        text = lens.render(made, name, registry=registry)
        assert "pip install atrocity-lens-security-sector" in text.replace("\\", "")
