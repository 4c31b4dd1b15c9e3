"""A note of one line: what is not known first, then what is worrying. No number is made out of the two."""

from collections.abc import Callable

import lens
from lens.hooks import Renderer, ReportInput


def note(given: ReportInput) -> str:
    """The line. The review is finished and redacted: what is not in it cannot leak."""
    review = given.review
    still_open = sum(one.count for one in review.findings if one.state == "open")
    worrying = sum(one.count for one in review.findings if one.state == "concern")
    return f"{review.as_of}: {still_open} points not known, {worrying} concerns. Outcome: {review.outcome}.\n"


@lens.hookimpl
def lens_renderers(register: Callable[[Renderer], None]) -> None:
    """One output format: `lens review my-program --format note`."""
    register(Renderer("note", "note.txt", note))
