"""The lists behind the drop-downs, each word with its meaning, as one sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from lens import catalog
from lens.office.workbook import layout
from lens.words import MEANINGS, TYPES, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Lists:
    """The rows of the sheet of words, and where each list stands on it."""

    rows: list[tuple[str, str, str]]
    named: dict[str, str]
    """Lists of the catalog by name, as a range."""
    by_words: dict[tuple[str, ...], str]

    def range_of(self, words: tuple[str, ...]) -> str:
        """The range that holds exactly these words."""
        return self.by_words[words]


def lists() -> Lists:
    """Every closed list that a column takes its words from, and the lists of the catalog."""
    made = Lists([], {}, {})
    for name, words in _used():
        meanings = MEANINGS.get(name, {})
        made.by_words[words] = _added(made, ((name, spoken(word), meanings.get(word, "")) for word in words))
    start = len(made.rows)
    made.named["risk factors"] = _added(made, (("risk factors", *one) for one in _factors()))
    made.named["inhibitors"] = _added(made, (("inhibitors", *one) for one in _items("INH")))
    made.named["risk factors and inhibitors"] = _range(start, len(made.rows))
    made.named["harm paths"] = _added(made, (("harm paths", *one) for one in _items("AH")))
    return made


def _added(made: Lists, rows: Iterator[tuple[str, str, str]]) -> str:
    start = len(made.rows)
    made.rows.extend(rows)
    return _range(start, len(made.rows))


def _range(start: int, end: int) -> str:
    first = layout.HEAD_ROW + 1
    return f"'{layout.WORDS}'!$B${start + first}:$B${end + first - 1}"


def _used() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The closed lists of the model that a column or a form takes, by name, each once."""
    names = {get_args(kind): name for name, kind in TYPES.items()}
    seen: dict[tuple[str, ...], str] = {}
    columns = [column for form in layout.FORMS for column in form.columns]
    columns += [column for table in layout.TABLES for column in table.columns]
    for column in columns:
        if column.words and column.words not in seen:
            seen[column.words] = names.get(column.words, column.label)
    seen[tuple(layout.EVIDENCED)] = "sheets"
    for words, name in seen.items():
        yield name, words


def _factors() -> Iterator[tuple[str, str]]:
    for factor in catalog.items("RF").values():
        yield factor.id, factor.name
        for one in catalog.indicators_of(factor.id):
            yield one.id, one.name or one.text


def _items(kind: str) -> Iterator[tuple[str, str]]:
    for one in catalog.items(kind).values():
        yield one.id, one.name or one.text
