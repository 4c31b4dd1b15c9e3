"""PDF: one page for the brief, every letter there, tags and title, and text that stays text."""

from __future__ import annotations

import dataclasses
import io
import re
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st

from lens.errors import MissingExtraError
from lens.hooks.specs import ReportInput
from lens.languages.language import language
from lens.reports import RENDERERS
from lens.reports.documents import fonts
from lens.reports.translated import in_language
from lens.reviews.redact import redact

from .conftest import filled_everywhere, given_for, make_checks

if TYPE_CHECKING:
    from pathlib import Path

    from lens.reviews.model import Review

pytest.importorskip("typst", reason="the extra [pdf] is not installed")

KINDS = ("report", "brief", "actions")
HOSTILE = (
    '#panic("x") $x^2$ *b* _i_ #read("/etc/passwd") @ref <label> http://x.example {{ 7*7 }} \u202egnp.exe // a /* b'
)
SHOWN = HOSTILE.replace("\u202e", "\ufffd")


def pdf(given: ReportInput, kind: Any = "report") -> bytes:
    from lens.reports.documents.pdf import write_pdf

    return write_pdf(given, kind)


def in_(code: str, review: Review, **more: Any) -> ReportInput:
    return in_language(ReportInput(review, make_checks(), language(code), **more))


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def words(data: bytes) -> str:
    return " ".join(" ".join(pages(data)).split())


def letters(text: str) -> str:
    """A text without what a line break changes."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.parametrize("code", ["en", "ar", "zh", "fr"])
def test_the_brief_is_one_page_in_every_language(code: str, review: Review) -> None:
    assert len(pages(pdf(in_(code, review), "brief"))) == 1


def test_a_long_brief_gets_smaller_letters_before_it_takes_a_second_page() -> None:
    long = filled_everywhere("A sentence that somebody wrote, and that is longer than it had to be. " * 3)
    assert len(pages(pdf(given_for(long), "brief"))) == 1


def test_the_report_has_what_the_page_for_a_browser_has(any_audience: Review) -> None:
    from lens.reports.prepare import prepare

    told = prepare(given_for(any_audience))
    said = letters(words(pdf(given_for(any_audience))))
    wanted = [
        told.outcome.text,
        *told.outcome.reasons,
        *told.limits,
        *told.not_checked,
        *told.notes,
        *told.matrix_notes,
    ]
    wanted += [line for fact in (*told.provenance, *told.program, *told.not_asked) for line in fact.lines]
    for section in told.sections:
        for bucket in (*section.buckets, *(one for part in section.parts for one in part.buckets)):
            for finding in bucket.findings:
                wanted += [finding.title, *(one.sentence for one in finding.told)]
                wanted += [line for fact in (*finding.facts, *finding.more) for line in fact.lines]
    assert [text for text in wanted if letters(text) not in said] == []


def test_what_is_not_known_stands_before_what_is_worrying(review: Review) -> None:
    for kind in ("report", "brief"):
        said = words(pdf(given_for(review), kind))
        assert said.index("What is not known") < said.index("What is worrying")


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_has_the_marking_and_its_number(kind: str, review: Review) -> None:
    draft = dataclasses.replace(redact(review, "internal"), draft=True)
    found = pages(pdf(given_for(draft), kind))
    for number, text in enumerate(found, start=1):
        assert "Draft · For use inside the agency" in text
        assert f"{number} / {len(found)}" in text


def test_heads_of_tables_stand_again_on_the_next_page(review: Review) -> None:
    many = tuple(dataclasses.replace(review.actions[0], option=f"o{n}") for n in range(40))
    found = pages(pdf(given_for(dataclasses.replace(review, actions=many)), "actions"))
    assert len(found) > 3
    assert all("Gravest level" in text for text in found[1:-1])


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_it_says_its_title_language_and_tags(code: str, review: Review) -> None:
    data = pdf(in_(code, review))
    with pypdfium2.PdfDocument(data) as opened:
        assert "Resilient borders and markets" in opened.get_metadata_dict()["Title"]
        assert pypdfium2.raw.FPDFCatalog_IsTagged(opened)
        assert language(code).text("section.findings") in [one.get_title() for one in opened.get_toc()]
    assert f"/Lang({code})".encode() in data.replace(b" ", b"")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data


def test_the_same_review_gives_the_same_bytes_and_no_hour_of_writing(any_audience: Review) -> None:
    for one in RENDERERS:
        if one.file_name.endswith(".pdf"):
            data = one.render(given_for(any_audience))
            assert data == one.render(given_for(any_audience))
            assert set(re.findall(rb"D:(\d{14})", data)) == {b"20260514000000"}


def test_the_title_is_what_an_audience_may_know(review: Review) -> None:
    data = pdf(given_for(redact(review, "public")))
    with pypdfium2.PdfDocument(data) as opened:
        assert opened.get_metadata_dict()["Title"].startswith("A program in Xanadia")
    assert "Resilient borders" not in words(data)
    assert b"Resilient borders" not in data


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_inert(kind: str) -> None:
    data = pdf(given_for(filled_everywhere(HOSTILE)), kind)
    assert letters(SHOWN) in letters(words(data))
    assert "#panic" in words(data)
    for act in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/GoToR", b"/EmbeddedFile", b"/AA", b"/OpenAction"):
        assert act not in data


@settings(max_examples=3, deadline=None)
@given_(st.text(alphabet=st.characters(exclude_categories=()), max_size=120))
def test_any_text_everywhere_is_written(text: str) -> None:
    for kind in KINDS:
        assert pdf(given_for(filled_everywhere(text)), kind).startswith(b"%PDF-")


# Letters


def test_a_sign_that_no_font_has_is_told_and_is_no_box(review: Review, monkeypatch: Any) -> None:
    monkeypatch.setattr(fonts, "_of_machine", lambda missing: ([], missing))
    made = dataclasses.replace(review, program=dataclasses.replace(review.program, title="Wells \U0001fae5 \U00012000"))
    for kind in KINDS:
        said = words(pdf(given_for(made), kind))
        assert "Wells [U+1FAE5] [U+12000]" in said
        assert "No font here has 2 of the signs that this document holds." in said


def test_a_language_without_its_letters_says_what_to_install(review: Review, monkeypatch: Any) -> None:
    monkeypatch.setattr(fonts, "_PACKAGES", fonts._PACKAGES[:2])
    monkeypatch.setattr(fonts, "_of_machine", lambda missing: ([], missing))
    with pytest.raises(MissingExtraError, match=r"pip install 'atrocity-lens\[cjk\]'"):
        pdf(in_("zh", review))


def test_an_agencys_own_fonts_come_first(tmp_path: Path, review: Review) -> None:
    import importlib.util
    import shutil
    from pathlib import Path as Folder

    spec = importlib.util.find_spec("fontpkg_noto_sans")
    assert spec
    assert spec.submodule_search_locations
    (tmp_path / "fonts").mkdir()
    for file in (Folder(next(iter(spec.submodule_search_locations))) / "files").iterdir():
        shutil.copy(file, tmp_path / "fonts" / file.name)
    found = fonts.letters_for(["a", "ب"], "a", "ar", tmp_path)
    assert found.families[:2] == ("Noto Sans", "IBM Plex Sans Arabic")
    assert fonts.letters_for(["a", "ب"], "a", "ar", None).families[0] == "IBM Plex Sans Arabic"
    assert len(pages(pdf(given_for(review, templates=tmp_path), "brief"))) == 1


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: Any, review: Review) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'atrocity-lens\[pdf\]'"):
        pdf(given_for(review))


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_blank_and_text_is_not_lost(kind: str, code: str, review: Review) -> None:
    """Rendered to pictures: each page has ink, and the words of the language come back out of it."""
    data = pdf(in_(code, review), kind)
    with pypdfium2.PdfDocument(io.BytesIO(data)) as opened:
        for page in opened:
            picture = bytes(page.render(scale=1, grayscale=True).buffer)
            assert sum(one < 128 for one in picture) > 200
    if code == "zh":
        assert re.sub(r"\s", "", language(code).text("marking.restricted")) in re.sub(r"\s", "", words(data))
