"""The ways in which portfolios are published, in the order in which an input is held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lens.portfolio.inputs.pieces import Format
    from lens.readers.tables.layout import Layout


def formats(mappings: Sequence[Layout] = ()) -> tuple[Format, ...]:
    """IATI, contribution registers, and tables; a user's own mappings come before the layouts that lens knows."""
    from lens.portfolio.inputs.iati import FORMAT
    from lens.portfolio.inputs.register_format import register_format
    from lens.portfolio.inputs.table_formats import formats as tables

    return (FORMAT, register_format(), *tables(mappings))
