"""Activities against the factors and inhibitors in play. Cells are derived; what nobody said is shown as not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import catalog
from lens.cases.case import IN_PLAY, factor_of
from lens.reviews.evidence import name_of
from lens.reviews.model import Cell, Column, Matrix, Row

if TYPE_CHECKING:
    from lens.cases import Activity, Case, Effect

_WORST = (
    "seen",
    "early_signs",
    "hollow",
    "missing",
    "strained",
    "working",
    "not_known",
    "looked_for_not_seen",
)
_HARMFUL = frozenset({"could_worsen", "could_erode"})


def matrix_of(case: Case) -> Matrix:
    """The matrix of a case, its columns in the catalog's order."""
    columns = _in_play(case)
    rows = tuple(
        Row(
            number=number,
            activity=activity.id,
            title=activity.title,
            cells=tuple(_cell(activity, column) for column in columns),
        )
        for number, activity in enumerate(case.program.activities, 1)
    )
    made = tuple(_column(case, item, [row.cells[number] for row in rows]) for number, item in enumerate(columns))
    assessed = {factor_of(one.id) for one in case.context.factors} if case.context else set()
    return Matrix(
        columns=made,
        rows=rows,
        not_assessed=tuple(item for item in catalog.items("RF") if item not in assessed),
        not_known_cells=sum(column.not_known for column in made),
        cells=len(columns) * len(rows),
    )


def _in_play(case: Case) -> list[str]:
    """Factors seen, showing early signs or not known; inhibitors of the context; whatever an effect names."""
    found = {factor_of(effect.on) for one in case.program.activities for effect in one.effects}
    if case.context:
        found |= {factor_of(one.id) for one in case.context.factors if one.state in IN_PLAY or one.state == "not_known"}
        found |= {one.id for one in case.context.inhibitors}
    order = [*catalog.items("RF"), *catalog.items("INH")]
    known = [item for item in order if item in found]
    return known + sorted((item for item in found if item.startswith("local:")), key=lambda item: int(item[6:]))


def _column(case: Case, item: str, cells: list[Cell]) -> Column:
    context = case.context
    states = []
    indicators: list[str] = []
    if context:
        states = [one.state for one in context.inhibitors if one.id == item]
        for one in context.factors:
            if factor_of(one.id) == item:
                states.append(one.state)  # type: ignore[arg-type] # both lists of words share one order of worst
                if one.state in IN_PLAY and "." in one.id:
                    indicators.append(one.id)
    return Column(
        id=item,
        name=name_of(item),
        state=min(states, key=_WORST.index, default=""),
        indicators=tuple(dict.fromkeys(indicators)),
        meant=sum(any(kind not in _HARMFUL for kind in cell.effects) for cell in cells),
        could_harm=sum(any(kind in _HARMFUL for kind in cell.effects) for cell in cells),
        not_known=sum(not cell.is_known for cell in cells),
    )


def _cell(activity: Activity, item: str) -> Cell:
    effects = [effect for effect in activity.effects if factor_of(effect.on) == item]
    harmful = [effect for effect in effects if effect.kind in _HARMFUL]
    return Cell(
        on=item,
        effects=tuple(dict.fromkeys(effect.kind for effect in effects)),
        safeguarded=bool(harmful) and all(is_guarded(effect) for effect in harmful),
        nothing=not effects
        and any(
            factor_of(on) == item and statement.reason.strip()
            for statement in activity.no_effect
            for on in statement.on
        ),
    )


def is_guarded(effect: Effect) -> bool:
    """Whether an effect that could do harm has a safeguard with an owner, a date and its residual risk."""
    guard = effect.safeguard
    return guard is not None and bool(
        guard.what.strip() and guard.owner.strip() and guard.by and guard.residual_risk.strip()
    )
