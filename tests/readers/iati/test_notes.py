from __future__ import annotations

import re
from importlib import resources
from itertools import chain

from lens.readers.iati.notes import MEANINGS, Notes


def test_every_note_made_has_a_meaning_and_every_meaning_is_made_in_order_of_code():
    made = set()
    for file in chain(*(resources.files(f"lens.readers.{name}").iterdir() for name in ("iati", "tables"))):
        if file.name.endswith(".py") and file.name != "notes.py":
            text = file.read_text(encoding="utf-8")
            made |= {code for code in MEANINGS if f'"{code}"' in text}
            assert set(re.findall(r'notes\.add\(\s*"([a-z0-9-]+)"', text)) <= MEANINGS.keys()

    assert made == MEANINGS.keys()
    assert list(MEANINGS) == sorted(MEANINGS)
    assert all(meaning.endswith(".") and meaning.count(". ") == 0 for meaning in MEANINGS.values())


def test_no_text_slips_into_a_detail():
    notes = Notes()
    notes.add("country-unknown", "Zephyr Province")
    notes.add("country-unknown", "QQ")

    assert [(note.code, note.count, note.detail) for note in notes.done()] == [("country-unknown", 2, "QQ")]
