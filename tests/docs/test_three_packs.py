"""What the page on the three packs counts is what lens plans, and what stands in their files."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

import pytest

import lens
from lens import words
from lens.catalog import known_packs
from lens.packs.load import load_pack

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "packs" / "three-packs.md").read_text("utf-8")
PROGRAMS = sorted((ROOT / "docs" / "programs").glob("*.yaml"))
FOLDERS = {folder.parent.name: folder for folder in sorted((ROOT / "plugins").glob("*/lens_*"))}
PACKS = {name: load_pack(folder) for name, folder in FOLDERS.items()}
AS_OF = "2026-11-15"


def table_after(heading):
    return [line for line in PAGE.partition(f"\n## {heading}\n")[2].split("\n## ")[0].splitlines() if line[:2] == "| "]


def asked(file, registry):
    """How many questions of each pack a full review asks."""
    plan = lens.plan(file, as_of=AS_OF, registry=registry)
    return Counter(one.check.partition(".")[0] for one in plan.questions)


def test_questions_are_counted_as_they_are_planned():
    together = lens.Registry(only_core=True, packs=list(FOLDERS.values()))
    rows = []
    for file in PROGRAMS:
        count = asked(file, together)
        core = sum(number for name, number in count.items() if name not in FOLDERS)
        what = re.match(r"# Made up: (.*)\.", file.read_text("utf-8"))[1]
        cells = (core, *(count[name] or "" for name in FOLDERS))
        rows.append(f"| [{what}](../programs/{file.name}) | " + " | ".join(str(one) for one in cells) + " |")
    heads = [f"| Program | core | {' | '.join(FOLDERS)} |"]
    assert table_after("How many questions that is") == heads + rows, "\n".join(rows)


def row_of(pack):
    questions = [one for one in pack.checks if one.question is not None]
    parts = Counter(one.component for one in questions)
    sources = [one for one in pack.items if one.kind == "source"]
    seen = sum(one.status in ("seen", "seen_in_part") for one in sources)
    cells = (
        f"`{pack.name}`",
        len(questions),
        ", ".join(f"{parts[one]} {one}" for one in words.COMPONENTS if parts[one]),
        len(pack.checks) - len(questions),
        sum(one.case is not None for one in pack.checks),
        sum(one.can_escalate for one in pack.checks),
        f"{len(sources)}, of which {seen} seen in part" if seen else f"{len(sources)}, none seen again",
    )
    return "| " + " | ".join(str(one) for one in cells) + " |"


def test_what_is_in_them_is_what_is_in_their_files():
    rows = [row_of(pack) for pack in PACKS.values()]
    assert table_after("What is in them")[1:] == rows, "\n".join(rows)


@pytest.mark.parametrize("known", known_packs(), ids=lambda one: one.name)
def test_each_has_its_section_with_what_it_asks(known):
    told = " ".join(PAGE.partition(f"\n## `{known.name}`: {known.title.lower()}\n")[2].split("\n## ")[0].split())
    assert known.asks.rstrip(".") in told
    assert f"pip install {known.distribution}" in PAGE


def test_every_check_of_theirs_is_listed():
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    listed = re.findall(r"^\| `([\w.-]+)` \|", "\n".join(generator.sector_pack_page()), re.MULTILINE)
    assert sorted(listed) == sorted(one.id for pack in PACKS.values() for one in pack.checks)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_readme_of_a_pack_says_how_many_questions_it_has(name):
    told = (FOLDERS[name].parent / "README.md").read_text("utf-8")
    questions = sum(one.question is not None for one in PACKS[name].checks)
    assert {int(one) for one in re.findall(r"\bhas (\d+) questions\b", told)} <= {questions}
