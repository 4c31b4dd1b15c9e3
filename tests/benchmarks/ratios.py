"""Start-up and a first look, each as a ratio to what its libraries cost alone. Prints; asserts nothing.

Whole processes, in turn, A B A B …; the median of the ratios pair by pair holds when the machine's speed drifts.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 15
PYTHON = sys.executable
LIBRARIES = "import pydantic, jinja2, click, pluggy\nclass M(pydantic.BaseModel):\n    a: int\n    b: str = ''\n"


def seconds(command: list[str]) -> float:
    """Wall seconds of one whole process."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begin


def ratio(name: str, ours: list[str], floor: list[str], goal: float) -> None:
    """Print the median ratio of two commands over pairs of runs, after one warm-up of each."""
    seconds(ours)
    seconds(floor)
    pairs = [(seconds(ours), seconds(floor)) for _ in range(RUNS)]
    ratios = sorted(a / b for a, b in pairs)
    ms = [statistics.median(one) * 1000 for one in zip(*pairs, strict=True)]
    print(
        f"{name}: {statistics.median(ratios):.2f} times (goal {goal}; {ratios[0]:.2f} to {ratios[-1]:.2f}), "
        f"{ms[0]:.0f} ms against {ms[1]:.0f} ms"
    )


def main() -> None:
    """Measure both."""
    lens = str(Path(PYTHON).with_name("lens"))
    with tempfile.TemporaryDirectory() as folder:
        demo, out = Path(folder, "demo"), Path(folder, "out")
        subprocess.run([lens, "demo", "--folder", str(demo)], stdout=subprocess.DEVNULL, check=True)
        review = [lens, "review", str(demo), "--depth", "first-look", "--as-of", "2026-11-15", "--output", str(out)]
        ratio("lens --help / import click", [lens, "--help"], [PYTHON, "-c", "import click"], 1.3)
        ratio("first look of the demo / its libraries", review, [PYTHON, "-c", LIBRARIES], 1.8)


if __name__ == "__main__":
    main()
