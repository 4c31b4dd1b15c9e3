from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from lens.errors import LensError
from lens.hooks.specs import Renderer
from lens.languages.language import language
from lens.reports import RENDERERS, write
from lens.reviews.redact import redact

from .conftest import make_checks, make_review

if TYPE_CHECKING:
    from pathlib import Path

    from lens.reviews.model import Review

ALL = ("html", "markdown", "json", "csv")


def registry(*more: Renderer) -> Any:
    checks = {name: SimpleNamespace(check=one) for name, one in make_checks().items()}
    return SimpleNamespace(renderers={one.name: one for one in (*RENDERERS, *more)}, checks=checks, catalog={})


def written(
    folder: Path, formats: tuple[str, ...] = ALL, review: Review | None = None, *more: Renderer
) -> tuple[Path, ...]:
    return write(review or make_review(), folder, formats, language(), registry(*more))


def test_one_file_is_written_for_each_format(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    assert [one.name for one in written(folder)] == ["report.html", "report.md", "review.json", "actions.csv"]
    assert sorted(one.name for one in folder.iterdir()) == ["actions.csv", "report.html", "report.md", "review.json"]


def test_the_same_review_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [one.read_bytes() for one in written(tmp_path / "a")]
    assert first == [one.read_bytes() for one in written(tmp_path / "b")]


def test_a_report_for_inside_is_closed_to_other_users(tmp_path: Path) -> None:
    assert written(tmp_path / "a")[0].stat().st_mode & 0o077 == 0
    public = written(tmp_path / "b", ALL, redact(make_review(), "public"))[0]
    assert public.stat().st_mode & 0o444


def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LensError, match=r"cannot be written to .*file"):
        written(tmp_path / "file")
    with pytest.raises(LensError, match=r"cannot be written to .*inside"):
        written(tmp_path / "file" / "inside")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.fdopen
    calls = []

    def full(handle: int, mode: str) -> Any:
        calls.append(handle)
        if len(calls) == 3:
            os.close(handle)
            raise OSError(28, "No space left on device")
        return opened(handle, mode)

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(LensError, match="No space left"):
        written(tmp_path / "report")
    assert not (tmp_path / "report").exists()


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(LensError, match=r'no format "htm"\. Did you mean "html"\? Known: html, markdown, json, csv'):
        written(tmp_path / "report", ("json", "htm"))
    assert not (tmp_path / "report").exists()


def broken(given: object) -> str:
    raise SystemExit(given)


@pytest.mark.parametrize(
    "bad",
    [
        Renderer("bad", "bad.txt", broken),
        Renderer("bad", "../bad.txt", lambda _: "x"),
        Renderer("bad", "report.html", lambda _: "x"),
        Renderer("bad", "bad.txt", lambda _: 1),  # type: ignore[arg-type,return-value]
    ],
)
def test_a_plugins_format_that_fails_fails_alone(bad: Renderer, tmp_path: Path) -> None:
    with pytest.raises(LensError, match=r"Could not be made: bad.* Written all the same: report\.html"):
        written(tmp_path / "report", ("html", "bad"), None, bad)
    assert [one.name for one in (tmp_path / "report").iterdir()] == ["report.html"]
