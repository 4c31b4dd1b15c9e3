"""A text is told in the reader's language where it was translated from this English, and else in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens.errors import LensError
from lens.hooks.core import packs
from lens.languages.english import check_in, of_check, units
from lens.languages.files import Entry, TranslationFile, digest, placeholders, read_translation, written, wrong
from lens.languages.language import english, fill, language
from lens.words import MEANINGS

ENGLISH = english()
UNITS = list(units(packs()))


def translation(folder, code, file, texts, signed=None):
    """A file of translations; each text as id, field, what it says, and the English it is said to be made from."""
    entries = {(item, field): Entry(says, digest(source)) for item, field, says, source in texts}
    path = folder / f"{file}.{code}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(TranslationFile(entries, signed or {})), "utf-8")
    return path


def test_what_is_translated_is_told_and_the_rest_in_english(tmp_path):
    source = ENGLISH.text("section.actions")
    translation(tmp_path, "xx", "languages/frame", [("section.actions", "text", "Que faire", source)])
    xx = language("xx", tmp_path)
    assert xx.text("section.actions") == "Que faire"
    assert xx.text("section.matrix") == ENGLISH.text("section.matrix")
    assert ("section.matrix", "text") in xx.missing
    assert xx.stale == set()
    assert xx.untranslated == len(ENGLISH.frame) - 1


def test_a_text_whose_english_changed_is_stale_and_told_in_english(tmp_path):
    translation(tmp_path, "xx", "languages/frame", [("section.actions", "text", "Ancien", "What was to be done")])
    xx = language("xx", tmp_path)
    assert xx.text("section.actions") == ENGLISH.text("section.actions")
    assert xx.stale == {("section.actions", "text")}


def test_a_translation_that_loses_a_placeholder_is_not_told(tmp_path):
    source = ENGLISH.frame["head.day"]
    translation(tmp_path, "xx", "languages/frame", [("head.day", "text", "En date de {jour}", source)])
    assert language("xx", tmp_path).text("head.day", day="2026-01-01") == "As of 2026-01-01"


def test_words_of_the_lists_are_translated_even_where_english_has_no_entry(tmp_path):
    texts = [("word.role.finance", "text", "finances", "finance"), ("word.answer.no", "text", "non", "no")]
    translation(tmp_path, "xx", "languages/frame", texts)
    xx = language("xx", tmp_path)
    assert (xx.word("role", "finance"), xx.word("answer", "no")) == ("finances", "non")
    assert xx.word("role", "legal") == "legal"


def test_a_check_is_told_in_the_language_remedies_from_the_catalog(tmp_path):
    check = next(one for pack in packs() for one in pack.checks if one.id == "harm.exposes-people")
    shared = next(one for one in check.options if one.id == "record-less")
    translation(
        tmp_path,
        "xx",
        "checks/harm/questions",
        [(check.id, "question.ask", "Question ?", check.question.ask), (check.id, "why", "Vieux", "an older why")],
    )
    translation(tmp_path, "xx", "catalog/remedies", [(shared.id, "do", "Noter moins.", shared.do)])
    xx = language("xx", tmp_path)
    told = check_in(check, xx)
    assert told.question.ask == "Question ?"
    assert told.why == check.why
    assert "Noter moins." in [one.do for one in told.options]
    assert (check.id, "why") in xx.stale
    assert (check.id, "title") in xx.missing - xx.stale
    assert check_in(check, ENGLISH) == check


def test_a_folder_of_ones_own_comes_before_the_core(tmp_path):
    translation(tmp_path, "fr", "languages/frame", [("language.name", "text", "Le mien", "English")])
    assert language("fr", tmp_path).name == "Le mien"


def test_texts_are_unofficial_until_somebody_signs_every_file(tmp_path):
    by = {"by": "A. Speaker", "role": "translator", "on": "2026-01-02"}
    row = [("section.actions", "text", "x", ENGLISH.text("section.actions"))]
    translation(tmp_path, "xx", "languages/frame", row, by)
    assert language("xx", tmp_path).is_signed
    translation(tmp_path, "xx", "catalog/remedies", [("record-less", "do", "y", "z")])
    assert not language("xx", tmp_path).is_signed
    assert ENGLISH.is_signed


@pytest.mark.parametrize("code", ["../../etc", "xx", "", "EN", "fr;", "a" * 300])
def test_an_unknown_language_names_those_there_are(code):
    with pytest.raises(LensError, match=r"Available: .*en"):
        language(code)


def test_there_is_no_such_folder(tmp_path):
    with pytest.raises(LensError, match="no folder of translations"):
        language("fr", tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n",
        "texts: {a: {b: c}}\n",
        "texts: {a: {b: {of: x}}}\n",
        "texts: {a: {b: {of: x, says: {deep: y}}}}\n",
        "signed: [a]\ntexts: {}\n",
        "code: fr\n",
        "texts: !!python/object/apply:os.system [ls]\n",
        "a: &a [x]\ntexts: *a\n",
        "\x00\x01",
    ],
)
def test_a_file_that_is_no_translation_is_left_out_and_named(tmp_path, text):
    folder = tmp_path / "languages"
    folder.mkdir()
    (folder / "frame.xx.yaml").write_text(text, "utf-8")
    xx = language("xx", tmp_path)
    assert xx.text("section.actions") == "What to do"
    if text != "- a\n- b\n":
        assert xx.faults
        assert "languages/frame.xx.yaml" in str(xx.faults[0])


def test_files_that_cannot_be_decoded_or_are_huge_are_named(tmp_path):
    folder = tmp_path / "catalog"
    folder.mkdir()
    (folder / "remedies.xx.yaml").write_bytes(b"\xff\xfe\x00bad")
    (folder / "views.xx.yaml").write_bytes(b"#" * 5_000_001)
    assert len(language("xx", tmp_path).faults) == 2


KEYS = st.tuples(st.from_regex(r"[a-z][a-z.-]{0,12}", fullmatch=True), st.just("text"))
SIGNS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)


@given(st.dictionaries(KEYS, SIGNS))
def test_what_is_written_reads_back(tmp_path_factory, texts):
    file = TranslationFile({key: Entry(says.strip() or "x", digest(says)) for key, says in texts.items()})
    path = tmp_path_factory.mktemp("t") / "frame.xx.yaml"
    path.write_bytes(written(file).encode())
    assert read_translation(path, "x").texts == file.texts


def test_values_are_filled_in_once_and_never_looked_into():
    assert fill("{a} and {b}", {"a": "{b}", "b": "x"}) == "{b} and x"


@pytest.mark.parametrize(
    ("says", "english_text", "is_wrong"),
    [
        ("{a} et {b}", "{b} and {a}", False),
        ("{a}", "{b} and {a}", True),
        ("x {a}", "x", True),
        ("x", "x", False),
        ("x" * 20_001, "x", True),
    ],
)
def test_what_keeps_a_translation_from_being_told(says, english_text, is_wrong):
    assert bool(wrong(says, english_text)) is is_wrong


def test_digests_do_not_see_line_breaks():
    assert digest("a  b\n c") == digest("a b c") != digest("a b d")
    assert placeholders("{b} {a} {b} {A} {}") == ("a", "b")


def test_every_text_has_one_place_and_is_not_empty():
    keys = [(one.part, one.item, one.field) for one in UNITS]
    assert len(set(keys)) == len(keys)
    assert all(one.text.strip() for one in UNITS)


def test_every_text_of_a_question_can_be_translated():
    """A sentence of a check that no unit has would stay English in every language."""
    check = next(one for pack in packs() for one in pack.checks if one.id == "risk.attacked-for-identity")
    had = {one.text for one in of_check(check, "x")}
    question = check.question
    follow_ups = [one.ask for one in question.follow_ups]
    assert {check.title, check.why, check.limits, check.change_our_mind, question.ask, question.help} <= had
    assert {question.settles, question.hold_safely, *follow_ups, *check.others} <= had


def test_every_word_that_reports_tell_is_among_the_texts():
    words = {one.item for one in UNITS if one.item.startswith("word.")}
    assert {f"word.role.{one}" for one in MEANINGS["role"]} <= words
    assert {f"word.risk-state.{one}" for one in (*MEANINGS["risk state"], *MEANINGS["inhibitor state"])} <= words
