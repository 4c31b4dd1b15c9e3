"""Show that the wheelhouse works here: `make wheelhouse-check`.

It is built for this machine and this Python alone, installed by its own installer into a new folder with every address
of a package index replaced by one that leads nowhere, and then lens reviews the demo with the packs. What other systems
do with their wheels can be seen only there; here it is only seen that pip finds one of everything for them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOWHERE = "http://127.0.0.1:9"


def main() -> None:
    """Build, install, run."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        run(sys.executable, str(HERE / "build.py"), "--this", "--output", str(place / "dist"))
        (folder,) = [one for one in (place / "dist").iterdir() if one.is_dir()]
        run(sys.executable, str(folder / "install.py"), "--to", str(place / "home" / "lens"))
        programs = place / "home" / "lens" / ("Scripts" if os.name == "nt" else "bin")
        lens = str(programs / "lens")
        run(lens, "demo", "--folder", str(place / "demo"), "--again")
        told = run(lens, "plugins")
        for pack in ("ict", "security-sector", "elections-and-registers"):
            assert pack in told, f"the pack {pack} is not there"
        assert (place / "demo" / "report" / "report.html").stat().st_size > 10_000
        run(str(programs / "python"), "-c", "import docxtpl, lxml, openpyxl, python_calamine, pyxform, typst")
    print("The wheelhouse for this machine installs without a network, and lens reviews the demo from it.")


def run(*command: str) -> str:
    """Run a program that can load nothing from anywhere; what it says. The build alone uses what pip is set to."""
    settings = dict(os.environ)
    if "build.py" not in command[1]:
        proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        settings |= dict.fromkeys(proxies, NOWHERE)
        settings |= {"PIP_INDEX_URL": NOWHERE, "NO_PROXY": "", "no_proxy": ""}
    done = subprocess.run(command, env=settings, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
