"""Every example of the documentation runs, in the order of its page, in a folder that has the demo in it.

`console`: lines with `$` are run; a comment `# exit 1` says which code they end with, 0 if there is none.
`python`: run as it stands. `yaml`, `toml`, `jinja`, `xml`: a first line that names a file in a comment makes it that
file, and a file of ours has to be valid. `sh`, `powershell` and `text` are shown and not run.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

import lens
from lens.office.workbook.table import read_map
from lens.packs.load import load_pack
from lens.readers.boundary import validate
from lens.readers.case_files import read_policy
from lens.readers.text import load_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(one for one in (ROOT / "docs").rglob("*.md") if not {"generated", "_build"} & set(one.parts)),
)
EXECUTED = frozenset({"console", "python", "yaml", "toml", "jinja", "xml"})
SHOWN = frozenset({"sh", "powershell", "text", "{toctree}"})
NAMED = re.compile(r"(?:#|\{#|<!--) ([A-Za-z0-9_./-]+\.[a-z]+)(?: #\}| -->)?")
COUNTS = {"console": 23, "jinja": 2, "python": 16, "toml": 3, "xml": 1, "yaml": 11}
"""How many blocks there are, so that none is lost by a slip of a fence."""


@dataclass(frozen=True)
class Block:
    page: Path
    line: int
    language: str
    text: str

    def __str__(self):
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def blocks():
    found = []
    for page in PAGES:
        fence = None
        for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
            opened = re.fullmatch(r"```(\S*)(?:\s.*)?", line)
            if fence is None and opened:
                fence = (number, opened[1], [])
            elif fence is not None and line == "```":
                found.append(Block(page, fence[0], fence[1], "\n".join(fence[2]) + "\n"))
                fence = None
            elif fence is not None:
                fence[2].append(line)
        assert fence is None, f"a block of {page.name} is not closed"
    return found


BLOCKS = blocks()
RUN = [one for one in BLOCKS if one.language in EXECUTED]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "lens-demo"
    run_lens(["demo", "--folder", str(folder)], folder.parent, 0)
    shutil.rmtree(folder / "report")
    return folder


@pytest.fixture(scope="module")
def page(demo, tmp_path_factory):
    """Run the blocks of a page up to one of them, each once, in a folder of the page's own."""
    homes = {}
    done = set()

    def run(wanted):
        if wanted.page not in homes:
            homes[wanted.page] = tmp_path_factory.mktemp(wanted.page.stem)
            shutil.copytree(demo, homes[wanted.page] / "lens-demo")
        for block in RUN:
            if block.page == wanted.page and block.line <= wanted.line and block not in done:
                done.add(block)
                RUNNERS[block.language](block, homes[block.page])

    return run


def environment():
    programs = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join((programs, os.environ.get("PATH", "")))}


def run_lens(arguments, home, expected):
    done = subprocess.run(
        [sys.executable, "-m", "lens", *arguments],
        cwd=home,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == expected, f"lens {shlex.join(arguments)} ended with {done.returncode}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


def run_console(block, home):
    lines = block.text.splitlines()
    assert all(line.startswith("$ lens ") for line in lines), "a console block has only lines that begin with `$ lens`"
    for line in lines:
        code = re.search(r"# exit (\d)$", line)
        run_lens(shlex.split(line, comments=True)[2:], home, int(code[1]) if code else 0)


def run_python(block, home):
    # The blank lines make a traceback name the line of the page.
    (home / "example.py").write_text("\n" * block.line + block.text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", "example.py"],
        cwd=home,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def write_named(block, home, *, must=True):
    first = NAMED.fullmatch(block.text.splitlines()[0])
    assert first or not must, "the first line names the file in a comment"
    if first is None:
        return None
    path = home / first[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")
    return path


def run_yaml(block, home):
    path = write_named(block, home)
    if path.name == "pack.yaml":
        load_pack(path.parent)
    elif path.name == "mapping.yaml":
        read_map(path)
    elif path.name == "restricted.yaml":
        validate(lens.cases.Annex, load_yaml(path))
    else:
        name = path.stem
        kind = {
            "program": lens.Program,
            "context": lens.Context,
            "answers": lens.Answers,
            "decisions": lens.cases.Decisions,
        }[name]
        validate(kind, load_yaml(path), at=(name,))


def run_toml(block, home):
    tomllib.loads(block.text)
    path = write_named(block, home, must=False)
    if path is not None:
        read_policy(path)


RUNNERS = {
    "console": run_console,
    "python": run_python,
    "yaml": run_yaml,
    "toml": run_toml,
    "jinja": write_named,
    "xml": write_named,
}


@pytest.mark.parametrize("block", RUN, ids=str)
def test_the_example_runs(block, page):
    page(block)


def test_no_example_is_lost():
    assert Counter(one.language for one in RUN) == COUNTS
    assert {one.language for one in BLOCKS} <= EXECUTED | SHOWN


def test_the_decisions_of_the_examples_hold(demo, tmp_path):
    texts = {
        NAMED.fullmatch(one.text.splitlines()[0])[1]: one.text
        for one in RUN
        if one.page.name == "decide-and-escalate.md" and one.language in ("yaml", "toml")
    }
    (tmp_path / "decided").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    review = lens.review(tmp_path / "decided", as_of="2026-11-15", audience="internal")
    held = {one.check for one in review.findings if one.disposition and one.disposition.valid}
    sent = {one.check for one in review.findings if one.escalation and one.escalation.valid}
    assert held == {"harm.withholding-cost"}
    assert sent == {one.check for one in review.findings if one.escalates} == {"harm.reaches-force", "harm.force-known"}
    assert review.outcome != "escalate"
    assert review.decisions == ()
