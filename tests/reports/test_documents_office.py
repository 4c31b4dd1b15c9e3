"""What people will see: Word files and the register opened by headless LibreOffice, and turned into pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from lens import api
from lens.cli.demo import AS_OF, FILES
from lens.hooks.registry import Registry
from lens.languages.language import language
from lens.reports import render
from lens.reports.files import template_text

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office
pytest.importorskip("docxtpl", reason="the extra [office] is not installed")

FORMATS = ("docx", "brief-docx", "actions-docx", "risk-register")
CODES = ("en", "ar", "zh")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """The demo in every format and three languages, as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        reason = "soffice is not on the PATH (apt-get install libreoffice-writer libreoffice-calc)."
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("office")
    for name in FILES:
        (folder / name).write_text(template_text("example", name), "utf-8")
    registry = Registry()
    made = api.review(folder, as_of=AS_OF, audience="internal", registry=registry)
    files = {}
    for form in FORMATS:
        for code in CODES:
            ending = registry.renderers[form].file_name.partition(".")[2]
            files[form, code] = folder / f"{form}-{code}.{ending}"
            files[form, code].write_bytes(bytes(render(made, form, registry.language(code, None), registry)))  # type: ignore[arg-type]
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*map(str, command), *map(str, files.values())], capture_output=True, timeout=110, check=True)
    return {key: file.with_suffix(".pdf").read_bytes() for key, file in files.items()}


def words(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as opened:
        return "".join(page.get_textpage().get_text_range() for page in opened)


def page_count(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as opened:
        return len(opened)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", FORMATS)
def test_no_page_is_blank(seen: dict[Any, bytes], form: str, code: str) -> None:
    with pypdfium2.PdfDocument(seen[form, code]) as opened:
        for page in opened:
            picture = bytes(page.render(scale=0.7, grayscale=True).buffer)
            assert sum(one < 160 for one in picture) > 150


@pytest.mark.parametrize("code", CODES)
def test_the_brief_is_one_page_and_the_others_are_as_long_as_they_should_be(seen: dict[Any, bytes], code: str) -> None:
    assert page_count(seen["brief-docx", code]) == 1
    assert 3 <= page_count(seen["actions-docx", code]) <= 8
    assert 40 <= page_count(seen["docx", code]) <= 160


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", FORMATS)
def test_no_sign_is_replaced(seen: dict[Any, bytes], form: str, code: str) -> None:
    if code == "zh" and not _has_fonts("zh"):
        pytest.skip("no font for Chinese is installed (apt-get install fonts-noto-cjk)")
    said = words(seen[form, code])
    assert "\ufffd" not in said
    marking = language(code).text("marking.internal")
    if code == "ar":  # joined letters come back in other forms; that they are Arabic letters is what can be told
        assert len(re.findall("[\u0621-\u064a\ufb50-\ufefc]", said)) > 300
    else:
        assert re.sub(r"\s", "", marking)[:12] in re.sub(r"\s", "", said)


def _has_fonts(code: str) -> bool:
    found = subprocess.run(["fc-list", f":lang={code}", "family"], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip())


@pytest.mark.parametrize("code", CODES)
def test_the_marking_is_on_each_page(seen: dict[Any, bytes], code: str) -> None:
    if code == "en":
        for form in FORMATS:
            with pypdfium2.PdfDocument(seen[form, code]) as opened:
                assert all("For use inside the agency" in page.get_textpage().get_text_range() for page in opened)


def test_a_template_that_libreoffice_saved_gives_the_same_words(tmp_path: Path) -> None:
    """As an agency would change it: opened, saved, and used again."""
    import io

    import docx

    from lens.reports.documents.word import write_docx
    from lens.reports.files import template_bytes

    from .conftest import given_for, make_review

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not on the PATH")
    (tmp_path / "ours").mkdir()
    names = ("report.docx", "brief.docx", "actions.docx")
    for name in names:
        (tmp_path / "ours" / name).write_bytes(template_bytes("office", name))
    profile = (tmp_path / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx", "--outdir", tmp_path]
    files = [str(tmp_path / "ours" / name) for name in names]
    subprocess.run([*map(str, command), *files], capture_output=True, timeout=110, check=True)
    for kind in ("report", "brief", "actions"):
        ours, theirs = (
            docx.Document(io.BytesIO(write_docx(given_for(make_review(), templates=folder), kind)))  # type: ignore[arg-type]
            for folder in (None, tmp_path)
        )
        texts = [
            [one.text for one in document.element.body.iter() if one.tag.endswith("}t")] for document in (ours, theirs)
        ]
        assert "".join(filter(None, texts[0])) == "".join(filter(None, texts[1]))
