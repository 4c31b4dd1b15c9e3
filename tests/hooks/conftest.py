"""Distributions as pip would leave them, on a path of their own, and the command line run beside them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parent.parent / "fixtures" / "case"


@pytest.fixture
def site(tmp_path):
    """Lay down distributions; then run `lens` where Python can see them."""
    place = tmp_path / "site"
    place.mkdir()

    class Site:
        folder = place

        def plugin(self, name, source, *, group="lens", value=None):
            module = name.replace("-", "_")
            (place / f"{module}.py").write_text(source)
            self.metadata(name, group, value or module)

        def pack(self, name, **files):
            folder = place / f"lens_{name}"
            folder.mkdir()
            (folder / "__init__.py").write_text("raise RuntimeError('a pack is never imported')\n")
            for file, text in files.items():
                (folder / f"{file}.yaml").write_text(text)
            self.metadata(name, "lens.packs", f"lens_{name}")

        def metadata(self, name, group, value):
            info = place / f"{name.replace('-', '_')}-1.0.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {value}\n")

        def run(self, *arguments):
            path = os.pathsep.join(one for one in (str(place), os.environ.get("PYTHONPATH", "")) if one)
            return subprocess.run(
                [sys.executable, "-m", "lens", *arguments],
                capture_output=True,
                text=True,
                timeout=100,
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": path},
                check=False,
            )

        def review(self, *options):
            return self.run("review", str(EXAMPLE), "--as-of", "2026-11-15", "--audience", "internal", *options)

    return Site()
