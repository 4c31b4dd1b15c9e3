"""Notes on places from a calendar that somebody keeps. A note is shown with its age; it never changes a state."""

from collections.abc import Callable, Iterator
from datetime import date

import lens
from lens.hooks import EvidenceNote, EvidenceSource

EVENTS = {"XA": date(2026, 10, 1)}
"""A vote in a made-up country. A real source reads a file that the user has put on the disk, and no network."""


def gather(case: lens.Case, setting: lens.Setting) -> Iterator[EvidenceNote]:
    """A note for each country of the case that the calendar knows, and that the day of the review has reached."""
    for country in sorted({place.country or "" for place in case.program.places}):
        day = EVENTS.get(country)
        if day is not None and day <= setting.as_of:
            yield EvidenceNote(about="RF8.8", state="early_signs", on=day, source="calendar")


@lens.hookimpl
def lens_evidence(register: Callable[[EvidenceSource], None]) -> None:
    """One source."""
    register(EvidenceSource("calendar", gather))
