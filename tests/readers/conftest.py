"""Made-up inputs for the tests of readers: sources held in memory, workbooks part by part."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


class Held:
    """A source that is held in memory."""

    def __init__(self, folder: Path, content: bytes, name: str = "table.csv") -> None:
        self.name = name
        self.content = content
        self._folder = folder

    def open(self) -> io.BytesIO:
        return io.BytesIO(self.content)

    def local(self) -> str:
        path = self._folder / self.name
        path.write_bytes(self.content)
        return str(path)


@pytest.fixture
def held(tmp_path):
    def made(content, name="table.csv"):
        return Held(tmp_path, content.encode() if isinstance(content, str) else content, name)

    return made


NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def cell(value, place):
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def rows_of(rows):
    return "".join(
        f'<row r="{number}">' + "".join(cell(one, f"{chr(65 + at)}{number}") for at, one in enumerate(row)) + "</row>"
        for number, row in enumerate(rows, 1)
    )


def workbook(sheets, *, parts=None):
    """A workbook; each sheet is a list of rows, or the XML between the tags of its data."""
    made = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + "</Relationships>",
    }
    for number, rows in enumerate(sheets.values(), 1):
        data = rows if isinstance(rows, str) else rows_of(rows)
        made[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{NAMESPACE}"><sheetData>{data}</sheetData></worksheet>'
        )
    made |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in made.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def xlsx():
    return workbook
