"""Made-up IATI files for the tests of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

pytest.importorskip("lxml", reason="needs the extra iati")

from lens.readers.iati import PublishedActivity, read_activities

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = """
  <iati-identifier>XA-1-A</iati-identifier>
  <reporting-org ref="XA-1" type="10"><narrative>Aid of Xanadia</narrative></reporting-org>
"""


class Write(Protocol):
    def __call__(self, content: str | bytes, name: str = "activities.xml") -> Path: ...


class One(Protocol):
    def __call__(self, body: str, attributes: str = "", version: str = "2.03") -> PublishedActivity: ...


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and give its path."""

    def written(content: str | bytes, name: str = "activities.xml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.fixture
def one(write: Write) -> One:
    """Read one activity of which only the body and the attributes are given."""

    def read(body: str, attributes: str = "", version: str = "2.03") -> PublishedActivity:
        stated = f' version="{version}"' if version else ""
        text = f"<iati-activities{stated}><iati-activity {attributes}>{NEEDED}{body}</iati-activity></iati-activities>"
        (found,) = read_activities(write(text))
        return found

    return read
