"""A diary of reviews, for an agency's own book-keeping: one line each, in the file that LENS_DIARY names."""

import os
from pathlib import Path

import lens


@lens.hookimpl
def lens_review_finished(review: lens.Review) -> None:
    """The day, the audience and the outcome. No more is handed over than the reader of the report sees."""
    place = os.environ.get("LENS_DIARY")
    if place:
        with Path(place).open("a", encoding="utf-8") as diary:
            diary.write(f"{review.as_of} {review.audience} {review.outcome}\n")
