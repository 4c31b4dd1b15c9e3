"""Start-up is a contract: what each command may import, and that nothing of it reaches for a network."""

import subprocess
import sys

import pytest

HEAVY = ("pydantic", "jinja2", "lxml", "pluggy", "importlib.metadata", "lens.hooks.registry")


def loaded_by(code):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n'.join(sorted(sys.modules)), file=sys.stderr)"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stderr.splitlines())


RUN = "from lens.cli import run\nimport contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n    run({!r})"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["explain", "RF7.10"],
        ["explain", "harm.reaches-force"],
        ["explain", "15210"],
        ["explain", "leverage"],
        ["explain", "horizontal inequality"],
    ],
    ids=" ".join,
)
def test_what_starts_at_once_imports_little(arguments):
    assert [name for name in HEAVY if name in loaded_by(RUN.format(arguments))] == []


def test_import_lens_costs_nothing():
    ours = {name for name in loaded_by("import lens") if name.startswith("lens")}
    assert ours == {"lens"}


def test_completion_imports_little(monkeypatch):
    code = (
        "import os\nos.environ.update(_LENS_COMPLETE='bash_complete', COMP_WORDS='lens exp', COMP_CWORD='1')\n"
        "from lens.cli import group\n"
        "import contextlib, io\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):\n"
        "    group.main([], prog_name='lens', complete_var='_LENS_COMPLETE')"
    )
    assert [name for name in HEAVY if name in loaded_by(code)] == []


def test_reading_published_data_never_imports_pydantic():
    pytest.importorskip("lxml")
    code = (
        "import pathlib, tempfile\n"
        "from lens.readers.iati import read_activities\n"
        "path = pathlib.Path(tempfile.mkdtemp()) / 'a.xml'\n"
        "path.write_text('<iati-activities version=\"2.03\"><iati-activity><iati-identifier>XA-1</iati-identifier>'"
        "'<title><narrative>Roads</narrative></title></iati-activity></iati-activities>')\n"
        "assert [one.program.title for one in read_activities(path)] == ['Roads']"
    )
    assert "pydantic" not in loaded_by(code)


def test_screening_published_data_never_imports_pydantic():
    code = (
        "from datetime import date\n"
        "from lens.cases import Published\n"
        "from lens.cases.annex import Annex\n"
        "from lens.cases.policy import Policy\n"
        "from lens.cases.program import Program\n"
        "from lens.hooks.registry import Registry\n"
        "from lens.portfolio.runs.screen import Screen\n"
        "from lens.readers.published import PublishedActivity\n"
        "record = PublishedActivity('XA-1', Program(published=Published(standard='IATI')), Annex(), 1)\n"
        "told = Screen(Registry(only_core=True), date(2026, 6, 1), Policy()).of(record)\n"
        "assert len(told) >= 14 and not [one for one in told if one.state == 'error']"
    )
    assert not {"pydantic", "jinja2", "lxml", "openpyxl"} & loaded_by(code)


def test_a_review_opens_no_connection(tmp_path):
    code = (
        "import socket\n"
        "def refuse(*a, **k):\n    raise AssertionError('a connection was opened')\n"
        "socket.socket.connect = refuse\nsocket.create_connection = refuse\nsocket.getaddrinfo = refuse\n"
        f"from lens.cli import run\nassert run(['demo', '--folder', {str(tmp_path / 'demo')!r}]) == 0"
    )
    assert "lens.reviews.run" in loaded_by(code)
