"""The pages, and what Chromium saw of them: one run of look.mjs for all tests."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

from lens import api
from lens.cli.demo import AS_OF, FILES
from lens.portfolio.analysis.tables import Column, Table
from lens.portfolio.report import write as write_portfolio
from lens.reports.files import template_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens.portfolio.analysis.tables import ColumnKind
    from lens.portfolio.report.given import Given

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parent.parent / ".cache" / "browser"  # ignored by git

HOSTILE = "<script>window.ran=1</script>{{7*7}}<img src=x onerror=window.ran=2>"

PUBLISHED = """<iati-activities version="2.03"><iati-activity default-currency="USD" xml:lang="en">
  <iati-identifier>XA-1-A</iati-identifier>
  <reporting-org ref="XA-1" type="10"><narrative>Aid of Xanadia</narrative></reporting-org>
  <title><narrative>Border markets and patrols</narrative></title>
  <description type="1"><narrative>Training and radios for the border service.</narrative></description>
  <participating-org role="4" type="10"><narrative>Border service of Xanadia</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="2" iso-date="2026-01-01"/>
  <recipient-country code="XA"/>
  <sector code="15210" vocabulary="1"/>
</iati-activity></iati-activities>
"""


def _demo(folder: Path) -> Path:
    for name in FILES:
        (folder / name).write_text(template_text("example", name), "utf-8")
    return folder


def _published(folder: Path) -> Path:
    path = folder / "activities.xml"
    path.write_text(PUBLISHED, "utf-8")
    return path


def _hostile(folder: Path) -> Path:
    """The demo with a hostile title, of the program and of its first activity."""
    path = _demo(folder) / "program.yaml"
    titled, count = re.subn(
        r"(?m)^(\s+title: ).+$", lambda m: m[1] + json.dumps(HOSTILE), path.read_text("utf-8"), count=2
    )
    assert count == 2
    path.write_text(titled, "utf-8")
    return folder


PAGES: dict[str, tuple[Callable[[Path], Path], dict[str, Any]]] = {
    "internal": (_demo, {"audience": "internal"}),
    "public": (_demo, {"audience": "public"}),
    "first-look": (_demo, {"audience": "internal", "depth": "first-look"}),
    "published": (_published, {}),
    "hostile": (_hostile, {"audience": "internal", "depth": "first-look"}),
}


PORTFOLIOS: dict[str, dict[str, Any]] = {
    "portfolio": {"audience": "internal", "rows": 32},
    "portfolio-of-little": {"audience": "public", "rows": 0},
}
"""Reports of portfolios: one with much in it, all of it hostile, and one with next to nothing."""


def _table(name: str, columns: str, rows: list[tuple[Any, ...]]) -> Table:
    made = [one.partition(":") for one in columns.split()]
    heads = tuple(Column(name, cast("ColumnKind", kind or "text"), f"What {name} is.") for name, _, kind in made)
    return Table(name, name.replace("_", " ").capitalize(), "What it holds.", heads, lambda: iter(rows))


def _portfolio(folder: Path, audience: str, rows: int) -> Path:
    classes = ("look first", "look", "watch", "published data cannot tell")
    counts = (
        "concern nothing_seen addressed open_not_published open_not_asked open_not_known open_stale open_other error"
    )
    numbers = " ".join(f"{one}:count" for one in f"{counts} not_applicable no_result".split())
    kinds = ("commitment", "disbursement")
    named = [(f"XA-1-{n:04}", "XA-1", classes[n % 4], "A severe concern.", HOSTILE) for n in range(rows)]
    some = range(min(rows, 24))
    tables = (
        _table("summary", "item meaning number:count", [("programs", "Programs", rows)]),
        _table("coverage_by_check", f"check {numbers}", [("published.place", *range(1, 12)), (HOSTILE, *range(11))]),
        _table("programs", "identifier donor class reasons title", named),
        _table(
            "money_by_year",
            "kind currency year:year amount:money",
            [(kind, "USD", 1980 + n, Decimal((n - 3) * 10**6)) for kind in kinds for n in some],
        ),
        _table(
            "money_flows",
            "donor kind currency sector amount:money",
            [(HOSTILE, kinds[1], "USD", f"{n}{n}", Decimal(n + 1)) for n in range(10, 10 + len(some))],
        ),
        _table(
            "money_by_country",
            "place_kind place kind currency amount:money",
            [("country", f"X{n}", kind, "USD", Decimal((n - 3) * 10**n)) for kind in kinds for n in some],
        ),
        _table("comparability", "id sentence", [("years-differ", "Their money is of different years.")]),
    )
    facts = {"as_of": AS_OF, "lens": "0.0", "by": HOSTILE}
    given = cast("Given", SimpleNamespace(facts=facts, tables=tables, audience=audience))
    (path,) = write_portfolio(given, folder / "report", ("html",))
    return path


def missing(reason: str) -> NoReturn:
    """In CI what is missing is a failure; on a machine that never promised it, a reason to skip."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} In CI it has to be there.", pytrace=False)
    pytest.skip(reason)


def _program(name: str) -> str:
    return shutil.which(name) or missing(f"{name} is not on the PATH (apt-get install chromium nodejs npm).")


def _tools() -> Path:
    """The packages that package-lock.json pins by hash, installed beside the repository's other caches."""
    lock = (HERE / "package-lock.json").read_text("utf-8")
    stamp = TOOLS / "installed"
    if not stamp.exists() or stamp.read_text("utf-8") != lock:
        npm = _program("npm")
        TOOLS.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, TOOLS / name)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(TOOLS)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        except subprocess.TimeoutExpired:
            missing("npm could not install axe-core and playwright-core within two minutes.")
        if done.returncode:
            missing(f"npm could not install axe-core and playwright-core: {done.stderr[-800:]}")
        stamp.write_text(lock, "utf-8")
    return TOOLS / "node_modules"


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where each page's PDF goes."""
    folder = tmp_path_factory.mktemp("printed")
    return {name: folder / f"{name}.pdf" for name in (*PAGES, *PORTFOLIOS)}


@pytest.fixture(scope="session")
def looked(tmp_path_factory: pytest.TempPathFactory, printed: dict[str, Path]) -> dict[str, Any]:
    chromium, node, tools = _program("chromium"), _program("node"), _tools()
    pages = {}
    for name, (write, options) in PAGES.items():
        folder = tmp_path_factory.mktemp(name)
        review = api.review(write(folder), as_of=AS_OF, **options)
        (path,) = api.write(review, folder / "report", ("html",))
        pages[name] = {"url": path.as_uri(), "pdf": str(printed[name])}
    for name, options in PORTFOLIOS.items():
        path = _portfolio(tmp_path_factory.mktemp(name), **options)
        pages[name] = {"url": path.as_uri(), "pdf": str(printed[name])}
    order = tmp_path_factory.mktemp("order") / "order.json"
    order.write_text(json.dumps({"tools": str(tools), "chromium": chromium, "pages": pages}), "utf-8")
    command = [node, str(HERE / "look.mjs"), str(order)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(params=[*PAGES, *PORTFOLIOS])
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def seen(looked: dict[str, Any], name: str) -> dict[str, Any]:
    """What was seen of one page."""
    return looked[name]
