"""What is known of the places, gathered from every evidence source and shown with its age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import catalog
from lens.hooks.specs import EvidenceNote
from lens.reviews.model import ContextNote, age_band

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.cases import Case
    from lens.cases.context import FactorJudgement, InhibitorJudgement
    from lens.checks.setting import Setting


def notes_of_context(case: Case, setting: Setting) -> Iterator[EvidenceNote]:
    """The case's own context as notes: each judged factor and inhibitor."""
    if case.context is None:
        return
    judged: tuple[FactorJudgement | InhibitorJudgement, ...] = (
        *case.context.factors,
        *case.context.inhibitors,
    )
    for one in judged:
        yield EvidenceNote(
            about=one.id,
            state=one.state,
            # A judgement without a day of its own is as old as the context.
            on=one.on or case.context.on,
            source="context",
            trend=one.trend,
            confidence=one.confidence or "",
            place=one.place or "",
            by=one.by or case.context.owner,
            kinds=tuple(sorted({piece.kind for piece in one.evidence})),
            women_and_men=bool(one.women_and_men.strip()),
        )


def shown(notes: Iterable[EvidenceNote], setting: Setting) -> tuple[ContextNote, ...]:
    """Notes as the report shows them, with age and staleness on the day of the review, in the order given."""
    return tuple(
        ContextNote(
            about=note.about,
            name=name_of(note.about),
            state=note.state,
            trend=note.trend,
            confidence=note.confidence,
            age=age_band(_days(note, setting)),
            age_days=_days(note, setting),
            stale=setting.policy.is_stale(note.on, catalog.tendency_of(note.about), setting.as_of),
            kinds=note.kinds,
            women_and_men=note.women_and_men,
            source=note.source,
            place=note.place,
            by=note.by,
        )
        for note in notes
    )


def _days(note: EvidenceNote, setting: Setting) -> int | None:
    return (setting.as_of - note.on).days if note.on else None


def name_of(item: str) -> str:
    """The catalog's name of an id; a local inhibitor is called so."""
    if item.startswith("local:"):
        return "A local inhibitor"
    found = catalog.find(item)
    return found.name if found else item
