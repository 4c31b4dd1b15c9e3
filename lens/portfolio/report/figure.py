"""A picture of the page with what goes with it: its title, what it shows in words, its numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens.portfolio.report.blocks import Block
    from lens.portfolio.report.flow_picture import FlowPicture
    from lens.portfolio.report.place_picture import PlacePicture
    from lens.portfolio.report.share_picture import SharePicture
    from lens.portfolio.report.year_picture import YearPicture


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what it is called, what it shows in words, and its numbers. One of the pictures is there."""

    id: str
    title: str
    describes: str
    """What a reader who does not see it is told."""
    numbers: Block
    notes: tuple[str, ...] = ()
    """What is not drawn, and how not to read it."""
    flows: FlowPicture | None = None
    years: YearPicture | None = None
    places: PlacePicture | None = None
    shares: SharePicture | None = None
