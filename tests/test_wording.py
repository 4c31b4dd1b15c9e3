"""The words of the texts that people read: nothing says that all is well, ranks, or borrows official sentences.

Rule 1 of the design: no score, no probability, no ranking, no all-clear. What is searched is every text of the catalog,
the packs and the templates; each exception is argued in lens.packs.wording.
"""

from pathlib import Path

import pytest

from lens import catalog
from lens.languages.files import is_translation
from lens.packs.wording import unwanted

ROOT = Path(catalog.__file__).resolve().parents[2]
TEXTS = sorted(
    file
    for folder in ("lens/catalog", "lens/checks", "lens/languages", "templates", "plugins")
    for file in (ROOT / folder).rglob("*.*")
    if file.suffix in (".yaml", ".html", ".md") and not is_translation(file.name)
)


@pytest.mark.parametrize("file", TEXTS, ids=lambda one: one.relative_to(ROOT).as_posix())
def test_no_text_says_what_it_must_not(file):
    assert unwanted(file.read_text("utf-8")) == []
