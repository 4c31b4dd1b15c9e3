"""A case written to files reads back as the same case, whatever texts are in it."""

import dataclasses
import types
import typing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens.cases import Answers, Context, Decisions, Program
from lens.cases.fields import Form
from lens.cases.files import text_of, texts_of
from lens.readers.boundary import hints_of, validate
from lens.readers.text import parse
from lens.testing import case

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")) | st.just("\n"), max_size=30)


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
        return st.lists(values(inside[0]), max_size=2).map(tuple)
    if origin is dict:
        return st.dictionaries(values(inside[0]), values(inside[1]), max_size=2)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if one is type(None) else values(one) for one in inside))
    return {str: TEXT, int: st.integers(0, 999_999), bool: st.booleans()}[hint]


@pytest.mark.parametrize("kind", [Program, Context, Answers, Decisions], ids=lambda one: one.__name__)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_reads_back_the_same(kind, data):
    part = data.draw(values(kind))
    name = kind.__name__.lower()
    assert validate(kind, parse(text_of(name, part), name), at=(name,)) == part


@pytest.mark.parametrize(
    "text", ["no", "1.10", "2026-01-01", "null", "~", "a: b", "- x", "# y", "{{ x }}", " z", "a\nb"]
)
def test_texts_that_could_be_taken_for_something_else_stay_texts(text):
    given_ = case({"program": {"title": text}})
    assert parse(texts_of(given_)["program.yaml"], "program").data["program"]["title"] == text


def test_only_what_is_said_is_written():
    given_ = case("program: {title: Wells, sectors: [{code: 14030}]}")
    assert texts_of(given_) == {
        "program.yaml": "program:\n  title: Wells\n  sectors:\n  - code: 14030\n",
        "decisions.yaml": "decisions: {}\n",
    }
