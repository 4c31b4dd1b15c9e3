"""An entry of the catalog that herders would miss: `lens explain PAST-1` explains it."""

from collections.abc import Callable

import lens
from lens.catalog import Item

CORRIDORS = Item(
    id="PAST-1",
    kind="pastoral",
    name="Closed corridors",
    text="A seasonal route of herders is fenced, flooded or given away.",
    status="judgement",
    origin="ours",
    sources=("lens-judgement",),
    certainty="medium",
    tendency="structural",
)


@lens.hookimpl
def lens_catalog(register: Callable[..., None]) -> None:
    """One kind of entries; they are made when one is first wanted."""
    register("pastoral", lambda: [CORRIDORS])
