"""Every example of the documentation runs, in the order of its page, in a folder that has the demo in it.

`console`: lines with `$` are run; a comment `# exit 1` says which code they end with, 0 if there is none. `output`:
what the last of them prints, line by line, where `…` stands for anything. `python`: run as it stands, or written where
its first line names a file in a comment. `yaml`, `toml`, `jinja`, `xml`: a first line that names a file makes it that
file, and a file of ours has to be valid. `diff`: what is changed in the file that the first line names. `sh`,
`powershell` and `text` are shown and not run. `sql` is run by tests/portfolio/report/test_sql_page.py.

`pip` is run for real only where packs are really installed (`make packs`); see tests/docs/machines.py.
"""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import lens
from lens.office.workbook.table import read_map
from lens.packs.load import load_pack
from lens.readers.boundary import validate
from lens.readers.case_files import read_policy
from lens.readers.register.load import from_yaml
from lens.readers.tables.layout import read_mapping
from lens.readers.text import load_yaml
from lens.testing import rows

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted(one for one in (ROOT / "docs").rglob("*.md") if not {"generated", "_build"} & set(one.parts)),
)
EXECUTED = frozenset({"console", "diff", "jinja", "output", "python", "toml", "xml", "yaml"})
SHOWN = frozenset({"sh", "powershell", "sql", "text", "{literalinclude}", "{toctree}"})
COMMANDS = ("lens", "pip", "pytest")
NAMED = re.compile(r"(?:#|\{#|<!--) ([A-Za-z0-9_./-]+\.[a-z]+)(?: #\}| -->)?")
PIPELINES = frozenset({".pre-commit-config.yaml", ".gitlab-ci.yml", "lens.yml"})
"""What hosts read; test_pipelines.py runs what stands in them."""
COUNTS = {"console": 61, "diff": 3, "jinja": 2, "output": 10, "python": 28, "toml": 4, "xml": 2, "yaml": 30}
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


def machines():
    spec = importlib.util.spec_from_file_location("docs_machines", Path(__file__).with_name("machines.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MACHINES = machines()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "lens-demo"
    done = run([sys.executable, "-m", "lens", "demo", "--folder", str(folder)], folder.parent, os.environ)
    assert done.returncode == 0
    shutil.rmtree(folder / "report")
    return folder


@dataclass
class Place:
    """Where the examples of one page run: a folder with the demo in it, and a machine to install things on."""

    home: Path
    machine: object
    printed: str = ""


def places(demo, tmp_path_factory, machine):
    """Run the blocks of a page up to one of them, each once, in a folder of the page's own."""
    homes = {}
    done = set()

    def run_up_to(wanted):
        if wanted.page not in homes:
            home = tmp_path_factory.mktemp(wanted.page.stem)
            shutil.copytree(demo, home / "lens-demo")
            homes[wanted.page] = Place(home, machine(tmp_path_factory.mktemp("machine")))
        for block in RUN:
            if block.page == wanted.page and block.line <= wanted.line and block not in done:
                done.add(block)
                RUNNERS[block.language](block, homes[block.page])
        return homes[wanted.page].home

    return run_up_to


@pytest.fixture(scope="module")
def page(demo, tmp_path_factory):
    return places(demo, tmp_path_factory, MACHINES.StandIn)


@pytest.fixture(scope="module")
def installed_page(demo, tmp_path_factory):
    return places(demo, tmp_path_factory, MACHINES.Real)


def run(arguments, home, environment):
    return subprocess.run(
        arguments,
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def run_console(block, place):
    for line in block.text.splitlines():
        command, *arguments = shlex.split(line.removeprefix("$ "), comments=True)
        assert line.startswith("$ ") and command in COMMANDS, f"a line begins with `$` and one of {COMMANDS}: {line}"
        if command == "pip":
            place.machine.pip(arguments, place.home)
            continue
        code = re.search(r"# exit (\d)$", line)
        done = run([place.machine.python, "-m", command, *arguments], place.home, place.machine.environment)
        place.printed = done.stdout
        expected = int(code[1]) if code else 0
        assert done.returncode == expected, f"{line} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr


def run_output(block, place):
    """Each line stands in what was printed, in this order; a line of `…` alone stands for any lines between."""
    printed = iter(place.printed.splitlines())
    for wanted in block.text.splitlines():
        if wanted.strip() not in ("", "…"):
            form = re.compile(".*".join(map(re.escape, wanted.strip().split("…"))))
            assert any(form.fullmatch(line.strip()) for line in printed), f"{wanted}\nis not in\n{place.printed}"


def run_python(block, place):
    if NAMED.fullmatch(block.text.splitlines()[0]):
        write_named(block, place)
        return
    # The blank lines make a traceback name the line of the page.
    (place.home / "example.py").write_text("\n" * block.line + block.text, encoding="utf-8")
    done = run([place.machine.python, "-W", "error", "example.py"], place.home, place.machine.environment)
    assert done.returncode == 0, done.stderr


def run_diff(block, place):
    """Lines with a minus are there, and those with a plus take their place."""
    name, *lines = block.text.splitlines()
    path = place.home / NAMED.fullmatch(name)[1]
    signs = {"-": (True, False), "+": (False, True), " ": (True, True)}
    before, after = ("".join(line[1:] + "\n" for line in lines if signs[line[0]][side]) for side in (0, 1))
    text = path.read_text("utf-8")
    assert text.count(before) == 1, f"this stands in {path.name} {text.count(before)} times:\n{before}"
    path.write_text(text.replace(before, after), encoding="utf-8")


def write_named(block, place, *, must=True):
    first = NAMED.fullmatch(block.text.splitlines()[0])
    assert first or not must, "the first line names the file in a comment"
    if first is None:
        return None
    path = place.home / first[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")
    return path


def run_yaml(block, place):
    path = write_named(block, place)
    if (path.parent / "pack.yaml").is_file():
        load_pack(path.parent)
    elif path.name == "mapping.yaml":
        read_map(path)
    elif path.name == "table.yaml":
        read_mapping(path)
    elif path.name == "register.yaml":
        assert from_yaml(block.text, path.name)
    elif path.name == "cases.yaml":
        assert rows(path)
    elif path.name == "restricted.yaml":
        validate(lens.cases.Annex, load_yaml(path))
    elif path.name in PIPELINES:
        load_yaml(path)
    else:
        name = path.stem
        kind = {
            "program": lens.Program,
            "context": lens.Context,
            "answers": lens.Answers,
            "decisions": lens.cases.Decisions,
        }[name]
        validate(kind, load_yaml(path), at=(name,))


def run_toml(block, place):
    tomllib.loads(block.text)
    path = write_named(block, place, must=False)
    if path is not None and path.name != "pyproject.toml":
        read_policy(path)


RUNNERS = {
    "console": run_console,
    "diff": run_diff,
    "output": run_output,
    "python": run_python,
    "yaml": run_yaml,
    "toml": run_toml,
    "jinja": write_named,
    "xml": write_named,
}


@pytest.mark.parametrize("block", RUN, ids=str)
def test_the_example_runs(block, page):
    page(block)


@pytest.mark.installed
@pytest.mark.parametrize("block", [one for one in RUN if one.page.parent.name == "packs"], ids=str)
def test_the_example_runs_where_packs_are_really_installed(block, installed_page):
    try:
        version("atrocity-lens-example-card")
    except PackageNotFoundError:
        pytest.skip("nothing is really installed here (make packs)")
    installed_page(block)


def test_no_example_is_lost():
    assert Counter(one.language for one in RUN) == COUNTS
    assert {one.language for one in BLOCKS} <= EXECUTED | SHOWN


def test_the_first_pack_finds_what_its_page_says(page):
    last = [one for one in RUN if one.page.name == "first-pack.md"][-1]
    home = page(last)
    registry = lens.Registry(only_core=True, packs=[home / "herding" / "lens_herding"])
    made = lens.review(home / "herding-demo", as_of="2026-11-15", audience="internal", registry=registry)
    said = {one.check: (one.state, one.level) for one in made.findings if one.check.startswith("herding.")}
    assert said == {"herding.ways-open": ("concern", "moderate"), "herding.both-go-there": ("open", "moderate")}
    told = (home / "herding-report" / "report.md").read_text("utf-8")
    assert "The ways of the herds" in told
    assert "herding 0.1.0 (pack), digest " in told.replace("\\", "")
    again = lens.read_review(home / "installed-report" / "review.json")
    assert "herding.ways-open" in [one.check for one in again.findings]


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
