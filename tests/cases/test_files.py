"""A case written to files reads back as the same case, whatever texts are in it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lens.cases import Answers, Context, Decisions, Program
from lens.cases.files import text_of, texts_of
from lens.readers.boundary import validate
from lens.readers.text import parse
from lens.testing import case

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")) | st.just("\n"), max_size=30)


@pytest.mark.parametrize("kind", [Program, Context, Answers, Decisions], ids=lambda one: one.__name__)
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_written_reads_back_the_same(values, kind, data):
    part = data.draw(values(kind, TEXT))
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
