"""The sentences of the reports, in the reader's language: made here, after redaction, and nowhere else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.languages.files import placeholders
from lens.languages.language import fill
from lens.words import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lens.checks.model import Check
    from lens.languages.language import Language
    from lens.reviews.model import Finding, Value

_REF = re.compile(r"(activity|place|partner|actor|person|group):([0-9a-z]{1,4})")


def finding_text(
    finding: Finding, check: Check | None, language: Language, labels: Mapping[str, str] | None = None
) -> str:
    """The sentence of a finding.

    A question tells what was asked and how the answer stands; a computed check tells the outcome it declared.
    `labels` has names for references, where the audience may see them. A finding of a check that is no longer
    installed is told by its state.
    """
    if check is not None and finding.state != "error":
        if check.question is not None and language.has(f"question.{finding.outcome}"):
            answer = (
                language.word("answer", finding.answer.answer) if finding.answer else language.text("value.missing")
            )
            state = f"question.{finding.outcome}"
            if finding.outcome == "good" and finding.state == "nothing_seen":
                state = "question.good-nothing-seen"
            if finding.outcome == "disagreement" and finding.state == "concern":
                state = "question.disagreement-escalates"
            return language.text(state, ask=check.question.ask.strip(), answer=answer)
        if (declared := check.outcomes.get(finding.outcome)) is not None:
            values = {one.name: value_text(one, language, labels) for one in finding.values}
            needed = dict.fromkeys(placeholders(declared.says), language.text("value.missing"))
            return fill(declared.says.strip(), {**needed, **values})
    because = language.word("because", finding.because) if finding.because else ""
    return language.text(f"state.{finding.state}.text", because=because)


def value_text(value: Value, language: Language, labels: Mapping[str, str] | None = None) -> str:
    """One value of a finding's sentence: exact where the audience may see it, else a kind, a year or a band."""
    shown = value.exact or value.coarse
    if not shown:
        return language.text("value.missing")
    if value.kind == "ref":
        return ref_text(value.exact, language, labels) if value.exact else _one_of(value.coarse, language)
    if value.kind == "id":
        return language.listed(id_text(part, language) for part in shown.split(", "))
    return spoken(shown) if value.kind == "word" else shown


def ref_text(ref: str, language: Language, labels: Mapping[str, str] | None = None) -> str:
    """A reference as people read it: `activity:1` becomes "activity 1", with its name where that may be shown."""
    found = _REF.fullmatch(ref)
    if found is None:
        return spoken(ref)
    text = language.text(f"ref.{found[1]}", number=found[2])
    name = (labels or {}).get(ref, "")
    return language.text("ref.named", ref=text, name=name) if name else text


def _one_of(kind: str, language: Language) -> str:
    name = f"one.{kind}"
    return language.text(name) if language.has(name) else spoken(kind)


@lru_cache(maxsize=512)
def id_text(item: str, language: Language) -> str:
    """An id of the catalog with its name: `RF7` becomes "RF7 (…)". What the catalog does not know stays as it is."""
    if item.startswith("local:"):
        return language.text("one.local-inhibitor")
    from lens import catalog

    found = catalog.find(item) if re.fullmatch(r"[A-Z]{2,5}-?[0-9A-Z][0-9A-Za-z.]*", item) else None
    if found is None:
        return spoken(item)
    name = language.of("catalog", item, "name", found.name)
    return language.text("ref.named", ref=item, name=name.rstrip("."))
