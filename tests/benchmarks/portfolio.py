"""Screening as ratios in one run: to a bare parser, to our own reader, to itself; and its memory. Asserts nothing.

Whole processes in turn, A B A B …, after one warm-up of each; the median of the ratios pair by pair holds when the
machine's speed drifts. The activities are made up (made_up.py) unless XML files are named:

    python tests/benchmarks/portfolio.py [--activities N] [--runs N] [FILE …]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made_up import write

BARE = """
import sys
from lxml import etree
for _, element in etree.iterparse(sys.argv[1], tag="iati-activity"):
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
"""
FIELDS = """
import sys
from pathlib import Path
from lens.portfolio.inputs.iati import FORMAT
from lens.portfolio.inputs.sources import FileSource
source = FileSource(sys.argv[1])
for piece in FORMAT.cut(source):
    for record in FORMAT.read(piece, source.name):
        pass
"""
SCREEN = """
import sys, tempfile
from lens.portfolio.screening import screen
if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        screen(*sys.argv[2:], output=folder, as_of="2026-06-30", jobs=int(sys.argv[1]))
"""
DITERATOR = """
import sys
from diterator import XMLIterator
for activity in XMLIterator(sys.argv[1]):
    activity.title, activity.description, activity.recipient_countries, activity.sectors, activity.transactions
"""
OKFN = """
import sys, tempfile
from okfn_iati import IatiMultiCsvConverter
with tempfile.TemporaryDirectory() as folder:
    IatiMultiCsvConverter().xml_to_csv_folder(sys.argv[1], folder)
"""


@dataclass(frozen=True, slots=True)
class Took:
    """What one whole process took."""

    seconds: float
    megabytes: float


def run(script: str, *arguments: str) -> Took:
    """One whole process: wall seconds, and the most memory it held."""
    begin = time.perf_counter()
    # From a file: processes that share the work start from the script again.
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:
        file.write(script)
    process = subprocess.Popen([sys.executable, file.name, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    Path(file.name).unlink()
    if process.returncode:
        raise SystemExit(f"a process failed: {script.strip().splitlines()[-1]}")
    return Took(time.perf_counter() - begin, usage.ru_maxrss / 1000)


def ratio(name: str, ours: tuple[str, ...], other: tuple[str, ...], runs: int, goal: str) -> None:
    """Print the median ratio of two processes over pairs of runs."""
    run(*ours)
    run(*other)
    pairs = [(run(*ours), run(*other)) for _ in range(runs)]
    ratios = sorted(a.seconds / b.seconds for a, b in pairs)
    mine, theirs = (statistics.median(one.seconds for one in side) for side in zip(*pairs, strict=True))
    print(
        f"| {name} | {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) | {goal} | "
        f"{mine:.2f} s, {theirs:.2f} s | {max(a.megabytes for a, _ in pairs):.0f} MB |"
    )


def memory(folder: Path, counts: tuple[int, ...]) -> None:
    """Print the most memory that screening files of growing size takes, and how the time grows with them."""
    took = []
    for count in counts:
        path = write(folder / f"{count}.xml", count)
        took.append(run(SCREEN, "1", str(path)))
        size = path.stat().st_size / 1e6
        rate = count / took[-1].seconds
        print(f"| {count:,} | {size:,.0f} MB | {took[-1].seconds:.1f} s | {rate:,.0f} | {took[-1].megabytes:.0f} MB |")
        path.unlink()


def main() -> None:
    """Measure and print two tables."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("files", nargs="*")
    reader.add_argument("--activities", type=int, default=6_000)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--growth", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    wanted = reader.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = wanted.files or [str(write(folder / "activities.xml", wanted.activities))]
        print("| file | what | ratio (least to most) | goal | medians | most memory |\n|---|---|---|---|---|---|")
        for file in files:
            called = Path(file).name

            def line(what: str, ours: tuple[str, ...], other: tuple[str, ...], goal: str, called: str = called) -> None:
                ratio(f"{called} | {what}", ours, other, wanted.runs, goal)

            line("field reader / bare iterparse", (FIELDS, file), (BARE, file), "1.8")
            line("screening / field reader", (SCREEN, "1", file), (FIELDS, file), "1.5")
            line("screening / bare iterparse", (SCREEN, "1", file), (BARE, file), "2.5")
            line("one process / two", (SCREEN, "1", file), (SCREEN, "2", file), "at least 1.7")
            for peer, script in (("diterator", DITERATOR), ("okfn_iati", OKFN)):
                if find_spec(peer):
                    line(f"{peer} / field reader", (script, file), (FIELDS, file), "")
                    line(f"{peer} / screening", (script, file), (SCREEN, "1", file), "")
                else:
                    print(f"| {called} | {peer} is not installed: not measured | | | | |")
        print("\n| activities | file | time | activities a second | most memory |\n|---|---|---|---|---|")
        memory(folder, tuple(wanted.growth))


if __name__ == "__main__":
    main()
