"""The tables of a report: actions, the matrix as a picture or as its totals, and what is known of the places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.reports.findings import SYMBOLS, anchor
from lens.reports.texts import id_text, ref_text
from lens.reports.variables import Mark, Table

if TYPE_CHECKING:
    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language
    from lens.reviews.model import Action, Cell, Column, ContextNote, Review

CELL_SYMBOLS = {
    "intended_to_reduce": "↓",
    "intended_to_support": "↑",
    "could": "▲",
    "could-guarded": "△",
    "not-known": "?",
    "nothing": "–",
}
_INSIDE = frozenset({"internal", "restricted"})
_SHOWN_TITLES = 4
_WIDE = 5
"""With more columns than this, the matrix is printed across the page."""


def _text(word: str, kind: str = "") -> tuple[Mark, ...]:
    return (Mark(word, "", kind),)


def actions_of(given: ReportInput) -> Table | None:
    """What to do, in the order of the review: most pressing first."""
    review, t = given.review, given.language
    if not review.actions:
        return None
    titles = {one.check: one.title for one in review.findings}
    rows = []
    for one in review.actions:
        level: tuple[Mark, ...] = ()
        if one.level:
            level = (Mark(t.word("level", one.level), SYMBOLS[one.level], f"level-{one.level}"),)
        if one.escalates:
            level += (Mark(t.text("actions.escalates"), SYMBOLS["escalates"], "escalates"),)
        answers = _text(t.many("actions.findings", one.findings))
        told = [name for name in one.checks if name in titles]
        answers += tuple(Mark(titles[name], "", "", anchor(name)) for name in told[:_SHOWN_TITLES])
        if len(told) > _SHOWN_TITLES:
            answers += _text(t.text("actions.more", count=len(told) - _SHOWN_TITLES), "note")
        who, effort = t.word("role", one.who), t.word("effort", one.effort)
        rows.append((_text(one.do), level, _text(who), _text(day_of(one, t), "day"), _text(effort), answers))
    heads = tuple(_text(t.text(f"actions.{name}")) for name in ("do", "level", "who", "by", "effort", "answers"))
    return Table("actions", t.text("actions.caption", count=len(rows)), heads, tuple(rows))


def day_of(action: Action, t: Language) -> str:
    """By when something is to be done; empty where a review that was saved earlier does not say."""
    if action.escalates:
        return t.text("actions.at-once")
    return action.by.isoformat() if action.by else ""


def matrix_of(given: ReportInput) -> tuple[Table | None, tuple[str, ...]]:
    """The matrix, or only its totals where cells are not for this audience; with what is not known of it."""
    matrix, t = given.review.matrix, given.language
    notes = []
    if matrix.not_known_cells:
        notes.append(t.many("matrix.not-known", matrix.not_known_cells, total=matrix.cells))
    if not matrix.columns:
        return None, tuple(notes)
    return (_grid if matrix.rows else _totals)(given.review, t), tuple(notes)


def _column(column: Column, t: Language) -> tuple[Mark, ...]:
    marks = [Mark(column.id, "", "id"), Mark(column.name)]
    marks.append(Mark(_state(column, t), "", "note"))
    if column.indicators:
        marks.append(Mark(t.text("matrix.through", indicators=t.listed(column.indicators)), "", "note"))
    return tuple(marks)


def _state(column: Column, t: Language) -> str:
    return t.word("risk-state", column.state) if column.state else t.text("matrix.not-assessed-state")


def _grid(review: Review, t: Language) -> Table:
    rows = []
    for row in review.matrix.rows:
        head = [Mark(t.opening(t.text("ref.activity", number=row.number)), "", "id")]
        if row.title:
            head.append(Mark(row.title))
        rows.append((tuple(head), *(cell_marks(cell, t) for cell in row.cells)))
    columns = review.matrix.columns
    heads = (_text(t.text("matrix.activity")), *(_column(one, t) for one in columns))
    return Table("matrix", t.text("matrix.caption"), heads, tuple(rows), wide=len(columns) > _WIDE)


def cell_marks(cell: Cell, t: Language) -> tuple[Mark, ...]:
    """What stands in one cell: a shape and words for each thing said, and for nothing said."""
    if not cell.is_known:
        return (Mark(t.text("cell.not-known"), CELL_SYMBOLS["not-known"], "cell-not-known"),)
    if cell.nothing:
        return (Mark(t.text("cell.nothing"), CELL_SYMBOLS["nothing"], "cell-nothing"),)
    marks = []
    name: str
    for effect in cell.effects:
        if effect not in ("could_worsen", "could_erode"):
            name, text = effect, t.text(f"cell.{effect}")
        elif cell.safeguarded:
            name, text = "could-guarded", t.text(f"cell.{effect}.guarded")
        else:
            name, text = "could", t.text(f"cell.{effect}")
        marks.append(Mark(text, CELL_SYMBOLS[name], f"cell-{name.replace('_', '-')}"))
    return tuple(marks)


def _totals(review: Review, t: Language) -> Table:
    """Only sums. Of inhibitors not even those: who restrains violence here is nobody else's to count."""
    rows = []
    for one in review.matrix.columns:
        known = one.id.startswith("RF") or review.audience in _INSIDE
        counts = [str(n) if known else t.text("matrix.not-shown") for n in (one.not_known, one.could_harm, one.meant)]
        head = (Mark(one.id, "", "id"), Mark(one.name))
        rows.append((head, _text(_state(one, t)), *(_text(count) for count in counts)))
    names = ("column", "state", "nothing-said", "could", "meant")
    heads = tuple(_text(t.text(f"matrix.{name}")) for name in names)
    return Table("totals", t.text("matrix.totals"), heads, tuple(rows))


def legend_of(review: Review, t: Language) -> tuple[Mark, ...]:
    """The shapes of the matrix; none where no cells are shown."""
    if not review.matrix.rows:
        return ()
    return tuple(
        Mark(t.text(f"legend.{name}"), symbol, f"cell-{name.replace('_', '-')}")
        for name, symbol in sorted(CELL_SYMBOLS.items(), key=lambda one: one[0] != "not-known")
    )


def context_of(given: ReportInput) -> tuple[Table | None, tuple[str, ...]]:
    """What is known of the places, with its age; and, told before it, what is not."""
    review, t = given.review, given.language
    notes = []
    missing = review.matrix.not_assessed
    if missing:
        factors = t.listed(id_text(one, t) for one in missing)
        notes.append(t.text("context.not-assessed", count=len(missing), factors=factors))
    if stale := sum(one.stale for one in review.context):
        notes.append(t.many("context.stale-count", stale))
    if not review.context:
        return None, (t.text("section.context.none"), *notes)
    with_place = any(one.place or one.by for one in review.context)
    names = ["about", "state", "trend", "age", "rests", *(["place"] if with_place else [])]
    heads = tuple(_text(t.text(f"context.{name}")) for name in names)
    rows = tuple(_judgement(one, t, with_place=with_place) for one in review.context)
    return Table("context", t.text("context.caption"), heads, rows), tuple(notes)


def _judgement(one: ContextNote, t: Language, *, with_place: bool) -> tuple[tuple[Mark, ...], ...]:
    age = _text(t.text(f"context.age.{one.age}") if one.age_days is None else t.many("context.days", one.age_days))
    if one.stale:
        age += (Mark(t.text("context.stale"), "!", "stale"),)
    trend = _text(t.word("trend", one.trend))
    if one.confidence:
        trend += (Mark(t.text("context.confidence", confidence=t.word("confidence", one.confidence)), "", "note"),)
    rests = _text(t.words("kind", one.kinds) or t.text("context.no-evidence"))
    women = "context.women-and-men" if one.women_and_men else "context.no-women-and-men"
    rests += (Mark(t.text(women), "", "note"),)
    if one.source:
        rests += (Mark(t.text("context.source", source=one.source), "", "note"),)
    cells = [(Mark(one.about, "", "id"), Mark(one.name)), _text(t.word("risk-state", one.state)), trend, age, rests]
    if with_place:
        place = _text(ref_text(one.place, t)) if one.place else ()
        cells.append(place + (_text(one.by, "note") if one.by else ()))
    return tuple(cells)
