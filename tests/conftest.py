"""What every test may lean on: real data when it lies beside the checkout, and an environment that no test changes."""

import dataclasses
import os
import types
import typing
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

# Shared machines stall; a property is about what is true, not how fast.
settings.register_profile("lens", deadline=None, derandomize=True)
settings.load_profile("lens")


def pytest_collection_modifyitems(items, config):
    # They want LibreOffice, which `make test` must not need; `make office` runs them.
    if "office" not in (config.option.markexpr or ""):
        items[:] = [item for item in items if item.get_closest_marker("office") is None]
    if not DATA.is_dir():
        skip = pytest.mark.skip(reason="real data (../shared/data) is not beside this checkout")
        for item in items:
            if "data" in item.keywords:
                item.add_marker(skip)


def pytest_ignore_collect(collection_path, config):
    # The browser tests want packages that `make test` does not; they are a target of their own.
    if collection_path.name == "browser" and "browser" not in (config.option.markexpr or ""):
        return True
    return None


def pytest_terminal_summary(terminalreporter, config):
    if "browser" not in (config.option.markexpr or ""):
        terminalreporter.write_line("not run here: the report in a browser (make browser)")
    if "office" not in (config.option.markexpr or ""):
        terminalreporter.write_line("not run here: files in LibreOffice (make office)")


@pytest.fixture(scope="session")
def words_in():
    """Reads a file as people would: DOCX and XLSX unpacked, the text and the properties of a PDF."""

    def read(path):
        data = path.read_bytes()
        if data[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(path) as package:
                return "\n".join(f"{name}\n{package.read(name).decode('utf-8')}" for name in package.namelist())
        if data[:5] == b"%PDF-":
            import pypdfium2  # not there where only packs are tested

            with pypdfium2.PdfDocument(path) as opened:
                told = [str(opened.get_metadata_dict()), *(one.get_title() for one in opened.get_toc())]
                return "\n".join([*told, *(page.get_textpage().get_text_range() for page in opened)])
        return data.decode("utf-8")

    return read


@pytest.fixture(scope="session")
def values():
    """Makes a strategy for the values of a field or class of the model, from its types and the forms of its texts."""
    from lens.cases.fields import Form
    from lens.readers.boundary import hints_of

    days = st.dates(date(1900, 1, 1), date(2100, 12, 31))

    def made(hint, text, most=2):
        origin, inside = typing.get_origin(hint), typing.get_args(hint)
        if dataclasses.is_dataclass(hint):
            hints = hints_of(hint)
            return st.builds(hint, **{one.name: made(hints[one.name], text, most) for one in dataclasses.fields(hint)})
        if origin is typing.Annotated:
            (form,) = (one for one in inside[1:] if isinstance(one, Form))
            return days if inside[0] is date else st.from_regex(form.pattern, fullmatch=True).map(form.value)
        if origin is typing.Literal:
            return st.sampled_from(inside)
        if origin is tuple:
            return st.lists(made(inside[0], text, most), max_size=most).map(tuple)
        if origin is dict:
            return st.dictionaries(made(inside[0], text, most), made(inside[1], text, most), max_size=most)
        if origin in (typing.Union, types.UnionType):
            return st.one_of(*(st.none() if one is type(None) else made(one, text, most) for one in inside))
        return {str: text, int: st.integers(0, 999_999), bool: st.booleans()}[hint]

    return made


@pytest.fixture(autouse=True)
def environment_unchanged():
    before = dict(os.environ)
    yield
    after = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    assert after == {name: value for name, value in before.items() if name != "PYTEST_CURRENT_TEST"}


@pytest.fixture
def data() -> Path:
    return DATA
