"""The installed command, run where nothing of the checkout can be seen."""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _is_installed():
    try:
        version("atrocity-lens-example-card")
    except PackageNotFoundError:
        pytest.skip("the examples are not installed here (make packs)")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the demo's case in it."""
    place = tmp_path_factory.mktemp("installed")
    subprocess.run([Path(sys.executable).with_name("lens"), "demo"], cwd=place, check=True, capture_output=True)
    return place


@pytest.fixture
def lens(folder):
    """Run the installed command in that folder."""

    def run(*arguments, **environment):
        return subprocess.run(
            [Path(sys.executable).with_name("lens"), *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )

    return run
