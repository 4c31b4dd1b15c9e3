"""A case goes into a workbook and comes back the same, whatever texts are in it; nothing of the model has no place."""

import dataclasses
import io
import string
import types
import typing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens import api
from lens.cases import Annex, Answers, Case, Context, Decisions, Program
from lens.cases.context import Evidence
from lens.cases.fields import Form, sensitivity_of
from lens.cases.files import texts_of
from lens.cases.policy import Policy
from lens.cases.published import Published
from lens.hooks.registry import Registry
from lens.languages.language import language
from lens.office.workbook import cells, layout
from lens.office.workbook.questions import asked_of
from lens.office.workbook.read import read_workbook
from lens.office.workbook.write import case_workbook, names_workbook
from lens.readers.boundary import class_in, hints_of
from lens.testing import case
from lens.words import TYPES, spoken

openpyxl = pytest.importorskip("openpyxl")

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
DAY = date(2026, 11, 15)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Co", "Cn")) | st.sampled_from("\n;,\"'=-[]\u241b_x"), max_size=30
) | st.sampled_from(["", " ", "[]", '""', '"a"', '"[]"', "=1+1", "'=1", "-x", "_x0041_", "a\r\nb", "\n", "no", "1e5"])


REGISTRY = Registry(only_core=True)


def book_of(given_, *, questions=True):
    t = language("en")
    asked = asked_of(given_, REGISTRY, t, as_of=DAY, policy=Policy()) if questions else []
    return case_workbook(given_, asked, REGISTRY, t, as_of=DAY)


def read(content, folder):
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return read_workbook(path, REGISTRY)


# Out and back in


def values(hint):
    """A strategy for the values of a field of the model."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if dataclasses.is_dataclass(hint):
        return st.builds(hint, **{one.name: values(hints_of(hint)[one.name]) for one in dataclasses.fields(hint)})
    if origin is typing.Annotated:
        (form,) = (one for one in inside[1:] if isinstance(one, Form))
        if inside[0] is date:
            return st.dates(date(1900, 1, 1), date(2100, 12, 31))
        return st.from_regex(form.pattern, fullmatch=True).map(form.value)
    if origin is typing.Literal:
        return st.sampled_from(inside)
    if origin is tuple:
        return st.lists(values(inside[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(values(inside[0]), values(inside[1]), max_size=3)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if one is type(None) else values(one) for one in inside))
    return {str: TEXT, int: st.integers(0, 999_999), bool: st.booleans()}[hint]


def numbered(program):
    """A program whose parts have a number each, and references among them."""

    def ids(items, head):
        return tuple(dataclasses.replace(one, id=f"{head}:{number}") for number, one in enumerate(items, 1))

    return dataclasses.replace(
        program,
        subject="program",
        places=ids(program.places, "place"),
        partners=ids(program.partners, "partner"),
        activities=ids(program.activities, "activity"),
    )


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_random_case_comes_back_the_same(data, tmp_path_factory):
    """References that lead nowhere are left in: here the form of a case is looked at, not its sense."""
    given_ = Case(
        program=numbered(data.draw(values(Program))),
        context=data.draw(st.none() | values(Context)),
        answers=data.draw(st.none() | values(Answers)),
        decisions=data.draw(values(Decisions)),
    )
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lens.readers.consistency.problems_of", lambda parts: [])
        patch.setattr("lens.office.workbook.write._BLANK_ROWS", 1)
        content = book_of(given_, questions=False)
        taken = read(content, folder)
        assert taken.case == given_
        assert texts_of(taken.case) == texts_of(given_)
        assert taken.left == ()
        assert book_of(taken.case, questions=False) == content
