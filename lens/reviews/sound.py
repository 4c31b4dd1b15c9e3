"""Whether what a check or a source of evidence says can be used: ids, references, numbers and days, never a sentence.

What checks and sources give goes into reports for every audience. A text of the case in it would go with it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from lens.hooks.specs import EvidenceNote
from lens.words import Confidence, EvidenceKind, InhibitorState, RiskState, Trend

if TYPE_CHECKING:
    from lens.checks.model import Found

_ABOUT = re.compile(r"(activity|place|partner|actor|person|group|milestone):[0-9a-z]{1,4}|local:[0-9]{1,3}|")
_ON = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,79}|local:[0-9]{1,3}|")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_WORD = r"(?:[a-z0-9][a-z0-9_.:/+-]{0,79}|[A-Z]{2,}[A-Za-z0-9_.:-]{0,79}|[A-Z][0-9]{1,3})"
_PART = re.compile(rf"{_WORD}(?: {_WORD}){{0,5}}")
"""An id, a reference, a number with its unit, a few words of a list; several stand with a comma between them. A word
with one capital may be somebody's name."""
_MOST = 10**15


def why_not(found: Found) -> str:
    """What keeps a finding of a computed check from being used; empty where nothing does. It shows no value."""
    if not _matches(_ABOUT, found.about):
        return "about is no reference of the case"
    if not _matches(_ON, found.on):
        return "on is no id"
    values: Any = found.values
    if type(values) is not dict or not all(_matches(_NAME, name) for name in values):
        return "the names of values are no plain words"
    if not all(map(_is_value, values.values())):
        return "a value is no id, reference, number or day"
    return ""


def _is_value(value: Any) -> bool:
    if type(value) is str:
        return not value or all(_PART.fullmatch(one) for one in value.split(", "))
    return type(value) is date or (type(value) is int and abs(value) < _MOST)


def why_not_note(note: Any) -> str:
    """What keeps a note of an evidence source from being used; empty where nothing does."""
    from lens import catalog

    if type(note) is not EvidenceNote:
        return "a source gives EvidenceNote"
    said: tuple[Any, ...] = (note.place, note.by, note.women_and_men)
    day: Any = note.on
    if not _matches(_ON, note.about) or not (note.about.startswith("local:") or catalog.find(note.about)):
        return "about is no id of the catalog"
    if day is not None and type(day) is not date:
        return "on is no day"
    words = (
        (note.state, (*get_args(RiskState), *get_args(InhibitorState))),
        (note.trend, get_args(Trend)),
        (note.confidence, ("", *get_args(Confidence))),
    )
    if any(type(word) is not str or word not in known for word, known in words):
        return "state, trend or confidence is a word that is not known"
    if [type(one) for one in said] != [str, str, bool]:
        return "place and by must be text, women_and_men True or False"
    if type(note.kinds) is not tuple or not all(one in get_args(EvidenceKind) for one in note.kinds):
        return "kinds holds what is no kind of evidence"
    return ""


def _matches(form: re.Pattern[str], text: Any) -> bool:
    return type(text) is str and form.fullmatch(text) is not None
