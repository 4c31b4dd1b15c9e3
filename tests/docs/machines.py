"""Where the `pip` lines of the documentation run: a stand-in that needs no network, and an environment of its own."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


class StandIn:
    """This very environment, with a folder on its path into which wheels are put by hand. Nothing is built."""

    def __init__(self, folder):
        self.python = sys.executable
        self.site = folder / "site"
        self.site.mkdir()
        self.paths = [self.site]

    @property
    def environment(self):
        programs = os.pathsep.join((str(Path(self.python).parent), os.environ.get("PATH", "")))
        return {**os.environ, "PATH": programs, "PYTHONPATH": os.pathsep.join(map(str, self.paths))}

    def pip(self, arguments, home):
        """The three forms that the pages use: install from a folder, make a wheel, install from a folder of wheels."""
        if arguments[:2] == ["install", "--editable"]:
            project = home / arguments[2].partition("[")[0]
            _unpack(_wheel(project, self.site.parent, only_metadata=True), self.site)
            self.paths.append(project)
        elif arguments[:3] == ["wheel", "--no-deps", "--wheel-dir"]:
            _wheel(home / arguments[4], home / arguments[3])
        elif arguments[:3] == ["install", "--no-index", "--find-links"]:
            (found,) = (home / arguments[3]).glob(f"{arguments[4].replace('-', '_')}-*.whl")
            _unpack(found, self.site)
        else:
            raise AssertionError(f"the stand-in knows no pip {arguments}")


class Real:
    """An environment of its own that sees what this one has; pip builds and installs with what is here already."""

    def __init__(self, folder):
        venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
        self.python = str(folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
        paths = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
        own = Path(sysconfig.get_path("purelib", "venv", vars=paths))
        (own / "around.pth").write_text(sysconfig.get_path("purelib") + "\n")
        self.environment = dict(os.environ)

    def pip(self, arguments, home):
        """The command as it stands; what it depends on is here, and nothing is fetched."""
        command, *rest = arguments
        build = [] if "--no-index" in rest else ["--no-build-isolation"]
        deps = [] if "--no-deps" in rest else ["--no-deps"]
        done = subprocess.run(
            [*PIP, "--python", self.python, command, *build, *deps, *rest],
            cwd=home,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def _wheel(project, into, *, only_metadata=False):
    """A wheel of a project, made from its `pyproject.toml` alone."""
    said = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    name, version = said["project"]["name"].replace("-", "_"), said["project"]["version"]
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{name}-{version}-py3-none-any.whl"
    points = [
        line
        for group, entries in said["project"]["entry-points"].items()
        for line in (f"[{group}]", *(f"{key} = {value}" for key, value in entries.items()))
    ]
    with zipfile.ZipFile(path, "w") as wheel:
        metadata = f"Metadata-Version: 2.1\nName: {said['project']['name']}\nVersion: {version}\n"
        wheel.writestr(f"{name}-{version}.dist-info/METADATA", metadata)
        wheel.writestr(f"{name}-{version}.dist-info/entry_points.txt", "\n".join(points) + "\n")
        for package in () if only_metadata else said["tool"]["setuptools"]["packages"]:
            for file in sorted((project / package).iterdir()):
                if file.suffix in (".py", ".yaml"):
                    wheel.write(file, f"{package}/{file.name}")
    return path


def _unpack(wheel, into):
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(into)
