"""`lens templates`: what can be replaced, and copies that work as they are."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from lens.cli import run
from lens.cli.templates import TEMPLATES
from lens.reports.files import template_bytes

if TYPE_CHECKING:
    from pathlib import Path


def lens(*arguments: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


def test_without_a_name_the_templates_are_listed(tmp_path: Path) -> None:
    code, out, _ = lens("templates")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(TEMPLATES)


def test_every_template_can_be_copied_as_it_is(tmp_path: Path) -> None:
    code, out, _ = lens("templates", *TEMPLATES, "--folder", tmp_path / "house")
    assert code == 0
    assert out.count("Wrote ") == len(TEMPLATES)
    for name, (folder, _) in TEMPLATES.items():
        assert (tmp_path / "house" / name).read_bytes() == template_bytes(folder, name)


def test_a_template_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("mine")
    code, _, err = lens("templates", "report.md", "--folder", tmp_path)
    assert code == 2
    assert "is there already" in err
    assert (tmp_path / "report.md").read_text() == "mine"


def test_a_misspelled_name_is_told_before_anything_is_written(tmp_path: Path) -> None:
    code, _, err = lens("templates", "report.md", "reprt.docx", "--folder", tmp_path / "house")
    assert code == 2
    assert 'Did you mean "report.docx"' in err
    assert not (tmp_path / "house").exists()
