"""Where money goes: from donors to groups of sectors to what these could bear on.

Ribbons are as wide as the money in them. A sector can bear on several things, so the right side is alternatives, never
a sum: from one sector, a ribbon as wide as all of its money goes to each thing it could bear on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from lens.portfolio.report.pictures import add, at, share, short, spoken, wrapped
from lens.portfolio.report.sectors import BEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lens.portfolio.report.sectors import Bears

_Key = TypeVar("_Key")
WIDTH = 960
_TALL = 230.0  # of all money
_SLOT = 17.0  # so that a line of letters has room beside the smallest
_GAP = 5.0
_TOP = 34.0
_NODE = 12
_XS = (158, 442, 770)
_MOST_DONORS = 12


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of one donor in one group of sectors, in one currency."""

    donor: str
    sector: str
    amount: Decimal
    bears: frozenset[Bears]
    """What the group could bear on; several at once, or `not-judged` or `other` alone."""


@dataclass(slots=True)
class Node:
    """A bar with its name; `y` is its upper end."""

    kind: str
    name: str
    amount: Decimal
    x: int
    y: float = 0.0
    height: float = 0.0
    lines: tuple[str, ...] = ()
    told: str = ""
    amounts: tuple[str, ...] = ()
    """What is said of it below its name."""
    taken: dict[str, float] = field(default_factory=dict)
    """How much of each side ribbons have taken so far."""

    @property
    def place(self) -> dict[str, str]:
        """Where it is drawn."""
        return {"x": str(self.x), "y": at(self.y), "width": str(_NODE), "height": at(max(self.height, 1.0))}

    @property
    def middle(self) -> str:
        """The height of its name."""
        return at(self.y + max(self.height, 1.0) / 2)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band from one node to another."""

    kind: str
    path: str
    told: str


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The picture: nodes in three columns, and ribbons between them."""

    height: str
    heads: tuple[tuple[int, str], ...]
    donors: tuple[Node, ...]
    sectors: tuple[Node, ...]
    bears: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    drawn: tuple[Flow, ...]
    """The flows that are drawn, in order of sectors."""
    notes: tuple[str, ...]
    width: int = WIDTH


def draw_flows(flows: Sequence[Flow], order: Sequence[str], currency: str, whose: str = "donor") -> FlowPicture | None:
    """The picture of flows in one currency; None where there is nothing to draw. `whose` says what stands on the left.

    Donors stand in the order in which they come, groups of sectors in the order given.
    """
    drawn, notes = _drawable(flows)
    if not drawn:
        return None
    drawn, more = _grouped(drawn, whose)
    total = add(*(one.amount for one in drawn))
    donors = _nodes("donor", _sums((one.donor, one.amount) for one in drawn), _XS[0], currency, total)
    sums = _sums((one.sector, one.amount) for one in drawn)
    sectors = _nodes("sector", {name: sums[name] for name in order if name in sums}, _XS[1], currency, total)
    ends = {kind: add(*(one.amount for one in drawn if kind in one.bears)) for kind in BEARS}
    bears = _nodes("bears", {kind: amount for kind, amount in ends.items() if amount}, _XS[2], currency, total)
    for kind, node in bears.items():
        node.kind, node.name = kind, BEARS[kind]  # type: ignore[index]
        node.lines = wrapped(node.name, 24, 3)
        node.amounts = (_amount(node.amount, currency), f"{_percent(node.amount, total)} of what is drawn")
    height = max(_stack(column.values()) for column in (donors, sectors, bears))
    for column in (donors, sectors):
        _center(column.values(), height)
    return FlowPicture(
        height=at(height + 12),
        heads=((_XS[0] + _NODE, whose), (_XS[1] + _NODE, "sectors"), (_XS[2], "could bear on: alternatives")),
        donors=tuple(donors.values()),
        sectors=tuple(sectors.values()),
        bears=tuple(bears.values()),
        ribbons=tuple(_ribbons(drawn, donors, sectors, bears, total, currency)),
        drawn=tuple(sorted(drawn, key=lambda one: (list(order).index(one.sector), one.donor))),
        notes=(*notes, *more),
    )


def _drawable(flows: Sequence[Flow]) -> tuple[list[Flow], list[str]]:
    """Flows that have a width, and how many have none."""
    drawn = [one for one in flows if one.amount > 0]
    below = [one for one in flows if one.amount < 0]
    notes = []
    if below:
        taken = add(*(one.amount for one in below))
        notes.append(
            f"Not drawn, since more was taken back than given: {len(below)} of {len(flows)} flows, {spoken(taken)} "
            "together. The table has them."
        )
    return drawn, notes


def _grouped(flows: list[Flow], whose: str) -> tuple[list[Flow], list[str]]:
    """Flows with few enough donors to be drawn: many as one."""
    donors = dict.fromkeys(one.donor for one in flows)
    if len(donors) <= _MOST_DONORS:
        return flows, []
    together = f"{len(donors)} {whose}s"
    sums = _sums(((one.sector, one.bears), one.amount) for one in flows)
    made = [Flow(together, sector, amount, bears) for (sector, bears), amount in sums.items()]
    return made, [f"{len(donors)} {whose}s are drawn as one; the table money_flows has each."]


def _sums(amounts: Iterable[tuple[_Key, Decimal]]) -> dict[_Key, Decimal]:
    summed: dict[_Key, Decimal] = {}
    for name, amount in amounts:
        summed[name] = add(summed.get(name, Decimal(0)), amount)
    return summed


def _nodes(kind: str, sums: Mapping[str, Decimal], x: int, currency: str, total: Decimal) -> dict[str, Node]:
    return {
        name: Node(
            kind,
            name,
            amount,
            x,
            height=_TALL * share(amount, total),
            lines=(short(name, 21 if kind == "donor" else 30),),
            told=_amount(amount, currency),
        )
        for name, amount in sums.items()
    }


def _amount(amount: Decimal, currency: str) -> str:
    return f"{currency} {spoken(amount)}".strip()


def _percent(part: Decimal, whole: Decimal) -> str:
    percent = 100 * share(part, whole)
    if part == whole:
        return "100%"
    return "less than 1%" if percent < 1 else "more than 99%" if percent > 99 else f"{percent:.0f}%"


def _stack(nodes: Iterable[Node]) -> float:
    """Put nodes under each other, each with room for its name; gives where the last one ends."""
    y = _TOP
    for node in nodes:
        room = _SLOT * (len(node.lines) + len(node.amounts) + (node.x == _XS[0]))
        node.y = y + max(0.0, (room - node.height) / 2)
        y += max(node.height, room) + _GAP
    return y


def _center(nodes: Iterable[Node], height: float) -> None:
    column = list(nodes)
    last = column[-1]
    shift = (height - (last.y + last.height + _SLOT)) / 2
    if shift > 0:
        for node in column:
            node.y += shift


def _ribbons(
    flows: Sequence[Flow],
    donors: Mapping[str, Node],
    sectors: Mapping[str, Node],
    bears: Mapping[str, Node],
    total: Decimal,
    currency: str,
) -> Iterable[Ribbon]:
    for one in flows:
        told = f"{one.donor} to {one.sector}: {_amount(one.amount, currency)}"
        yield _ribbon("giving", donors[one.donor], sectors[one.sector], _TALL * share(one.amount, total), told)
    for sector, source in sectors.items():
        start = source.taken.get("right", 0.0)
        for held, amount in _sums((one.bears, one.amount) for one in flows if one.sector == sector).items():
            width = _TALL * share(amount, total)
            for kind in (one for one in BEARS if one in held):
                source.taken["right"] = start  # alternatives leave from the same place
                told = f"{sector}, {BEARS[kind]}: {_amount(amount, currency)}"
                yield _ribbon(kind, source, bears[kind], width, told)
            start += width


def _ribbon(kind: str, source: Node, target: Node, width: float, told: str) -> Ribbon:
    one = source.y + source.taken.get("right", 0.0)
    two = target.y + target.taken.get("left", 0.0)
    source.taken["right"] = source.taken.get("right", 0.0) + width
    target.taken["left"] = target.taken.get("left", 0.0) + width
    left, right = source.x + _NODE, target.x
    bend = (left + right) // 2
    width = max(width, 0.75)
    path = (
        f"M{left} {at(one)}C{bend} {at(one)} {bend} {at(two)} {right} {at(two)}V{at(two + width)}"
        f"C{bend} {at(two + width)} {bend} {at(one + width)} {left} {at(one + width)}Z"
    )
    return Ribbon(kind, path, told)
