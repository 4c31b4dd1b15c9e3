"""Official wording is paraphrased, never pasted: no text has a run of seven words of an official text.

As far as a machine can tell: what is held against are digests of the passages that could be had or were recalled
(their names stand at the head of runs.txt), and a run of seven words is taken for borrowed.
"""

import importlib.util
from pathlib import Path

import pytest

from lens import catalog
from lens.hooks.core import packs
from lens.languages.english import units

_SPEC = importlib.util.spec_from_file_location("shingles", Path(__file__).with_name("shingles.py"))
shingles = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(shingles)

ROOT = Path(__file__).resolve().parents[2]
KNOWN = shingles.known()
NAMES = {
    *(one.name for kind in ("RF", "INH", "source") for one in catalog.items(kind).values()),
    "protected under international humanitarian law",
}
"""Names of risk factors, inhibitors and documents are names, and stay as they are."""

FILES = sorted(
    file
    for folder in ("lens/catalog", "lens/checks", "lens/languages", "templates", "docs")
    for file in (ROOT / folder).rglob("*.*")
    if file.suffix in (".yaml", ".html", ".md") and "generated" not in file.parts
)


def borrowed(text):
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, ". ")
    return sorted(run for digest, run in shingles.runs(text).items() if digest in KNOWN)


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_no_file_holds_official_wording(file):
    assert borrowed(file.read_text("utf-8")) == []


def test_no_text_holds_official_wording_across_lines():
    found = {(one.item, one.field): borrowed(one.text) for one in units(packs())}
    assert {key: runs for key, runs in found.items() if runs} == {}


def test_a_borrowed_sentence_would_be_found():
    # Short enough to be a quotation, long enough to be recognized: the title of a paragraph of a public resolution.
    assert borrowed("It says that each individual State has the responsibility to protect its populations from them.")
    assert borrowed("It says that every State must protect the people who live in it.") == []
