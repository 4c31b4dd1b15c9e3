"""Slips that LibreOffice opened and saved again come back whole; what people see of them is text on pages."""

import shutil
import subprocess
from pathlib import Path

import pytest

from lens.office.slips.read import read_slip

from .test_slips import FILLED, choose, fill_excel, fill_word, folder, held, merge, slip  # noqa: F401 - a fixture

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def soffice(tmp_path_factory, request):
    if "office" not in (request.config.option.markexpr or "") or shutil.which("soffice") is None:
        pytest.skip("wants LibreOffice, and -m office")
    profile = tmp_path_factory.mktemp("profile")

    def convert(path: Path, form: str) -> Path:
        target = path.parent / f"saved-as-{form}"
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form]
        subprocess.run([*command, "--outdir", target, path], check=True, capture_output=True, timeout=110)
        return target / f"{path.stem}.{form}"

    return convert


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_a_word_slip_saved_by_libreoffice_says_the_same(folder, soffice, lang):  # noqa: F811 - the fixture
    path = fill_word(slip(folder, "docx", lang), folder / "back.docx", **FILLED)
    choose(path, 8)
    merge(folder, path)
    before = held(folder).answers[0]
    again = soffice(path, "docx")
    code, _, err = merge(folder, again, more=["--afresh"])
    assert (code, err) == (0, "")
    (after,) = held(folder).answers
    assert after.taken_from != before.taken_from
    assert (after.answer, after.follow_ups, after.evidence, after.affected, after.dissent, after.on) == (
        before.answer,
        before.follow_ups,
        before.evidence,
        before.affected,
        before.dissent,
        before.on,
    )


@pytest.mark.parametrize("form", ["xlsx", "ods"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_excel_slip_saved_by_libreoffice_says_the_same(folder, soffice, lang, form):  # noqa: F811 - the fixture
    path = fill_excel(slip(folder, "xlsx", lang), folder / "back.xlsx", lang=lang, D=8, **FILLED)
    merge(folder, path)
    before = held(folder).answers[0]
    code, out, err = merge(folder, soffice(path, form), more=["--afresh"])
    assert (code, err) == (0, ""), out
    (after,) = held(folder).answers
    assert (after.answer, after.follow_ups, after.evidence, after.on) == (
        before.answer,
        before.follow_ups,
        before.evidence,
        before.on,
    )


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_drop_downs_and_boxes_are_still_there_after_libreoffice(folder, soffice, form):  # noqa: F811 - the fixture
    import zipfile

    with zipfile.ZipFile(soffice(slip(folder, form), form)) as packed:
        text = "".join(packed.read(one).decode("utf-8", "replace") for one in packed.namelist())
    for sign in ("w14:checkbox", "w:dropDownList") if form == "docx" else ('type="list"',):
        assert sign in text
    assert len(read_slip(slip(folder, form)).entries) == 1


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_slip_can_be_printed(folder, soffice, lang, form):  # noqa: F811 - the fixture
    if shutil.which("pdftotext") is None:
        pytest.skip("wants pdftotext")
    page = soffice(slip(folder, form, lang), "pdf")
    text = subprocess.run(["pdftotext", page, "-"], check=True, capture_output=True, timeout=60).stdout.decode()
    assert "lens-slip/1" in text
    assert "[harm.exposes-people" in text
