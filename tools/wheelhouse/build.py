"""Gather everything for an install without a network: `make wheelhouse`.

It writes a folder and a zip of it: the wheels of lens with all extras, of the three packs and of everything they need,
for every system and version of Python below; a file of requirements with hashes; checksums; the guide as text and as a
page; and the installer, which needs only Python. The same versions of everything are taken for all systems, so that
two laptops in one office give the same review. Made again from the same wheels it is the same to the byte.

Only this needs the package index, through pip. Nothing is installed here but what pip downloads is read.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GUIDE = ROOT / "docs" / "how-to" / "install-offline.md"
PYTHONS = ("3.11", "3.12", "3.13")
OWN = "atrocity-lens"
EPOCH = "315619200"
"""2 January 1980: the day that our own wheels and the zip carry, as a zip cannot hold an earlier one."""


@dataclass(frozen=True, slots=True)
class System:
    """A kind of laptop."""

    name: str
    sys_platform: str
    os_name: str
    platform_system: str
    platform_machine: str
    platforms: tuple[str, ...]
    """What pip calls it, newest first."""


# Linux with glibc 2.28 of 2018 and later; macOS 12 of 2021 and later; Windows 10 and 11.
_GLIBC = ("_2_28", "_2_27", "_2_26", "_2_24", "2014", "_2_17", "2010", "_2_12", "1", "_2_5")
SYSTEMS = (
    System("linux-x86_64", "linux", "posix", "Linux", "x86_64", tuple(f"manylinux{glibc}_x86_64" for glibc in _GLIBC)),
    System("macos-x86_64", "darwin", "posix", "Darwin", "x86_64", ("macosx_12_0_x86_64",)),
    System("macos-arm64", "darwin", "posix", "Darwin", "arm64", ("macosx_12_0_arm64",)),
    System("windows-x86_64", "win32", "nt", "Windows", "AMD64", ("win_amd64",)),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A system with a version of Python."""

    system: System
    python: str

    def __str__(self) -> str:
        return f"{self.system.name}, Python {self.python}"

    def environment(self, extra: str = "") -> dict[str, str]:
        """What conditions of requirements are held against. pip takes the machine it runs on, so we do it ourselves."""
        return {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            "platform_machine": self.system.platform_machine,
            "platform_system": self.system.platform_system,
            "os_name": self.system.os_name,
            "sys_platform": self.system.sys_platform,
            "extra": extra,
        }


TARGETS = tuple(Target(system, python) for system in SYSTEMS for python in PYTHONS)


def this_machine() -> Target:
    """The target that is this machine and this Python."""
    version = ".".join(platform.python_version_tuple()[:2])
    for one in TARGETS:
        system = one.system
        if (one.python, system.sys_platform, system.platform_machine) == (version, sys.platform, platform.machine()):
            return one
    raise SystemExit(f"Python {version} on {sys.platform} ({platform.machine()}) is none of the targets.")


def main() -> None:
    """Build the folder and its zip."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where the folder and the zip are put")
    parser.add_argument("--this", action="store_true", help="only for this machine and this Python")
    given = parser.parse_args()
    targets = (this_machine(),) if given.this else TARGETS
    with tempfile.TemporaryDirectory() as scratch:
        own = build_own(Path(scratch) / "own")
        folder = given.output / f"lens-wheelhouse-{version_of(own)}"
        shutil.rmtree(folder, ignore_errors=True)
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        found = gather(targets, own, Path(scratch))
        for file in sorted({file for files in found.values() for file in files.values()}):
            shutil.copyfile(file, wheels / file.name)
        shutil.copyfile(pip_wheel(Path(scratch)), wheels / pip_wheel(Path(scratch)).name)
        write(folder / "requirements.txt", requirements(found, own))
        resolves(targets, folder, Path(scratch))
    put_texts(folder, targets)
    write(folder / "SHA256SUMS", sums(folder))
    packed = pack(folder)
    write(packed.with_suffix(".zip.sha256"), f"{digest(packed)}  {packed.name}\n")
    size = packed.stat().st_size / 1_000_000
    print(f"{folder}: {len(list(wheels.iterdir()))} wheels; pip finds one of everything for {len(targets)} targets")
    print(f"{packed} ({size:.0f} MB), its checksum beside it")


# Wheels


def build_own(folder: Path) -> dict[str, Path]:
    """Our own wheels: lens and the packs, by name."""
    for old in (ROOT / "build", *ROOT.glob("plugins/*/build")):
        shutil.rmtree(old, ignore_errors=True)  # what an earlier build left would be taken along
    places = [
        ".",
        *(f"./{one.parent.relative_to(ROOT).as_posix()}" for one in sorted(ROOT.glob("plugins/*/pyproject.toml"))),
    ]
    pip("wheel", "--no-deps", "--wheel-dir", str(folder), *places)
    return {name_of(one): one for one in sorted(folder.glob("*.whl"))}


def version_of(own: dict[str, Path]) -> str:
    """The version of lens."""
    return str(parse_wheel_filename(own[OWN].name)[1])


def gather(targets: Iterable[Target], own: dict[str, Path], scratch: Path) -> dict[Target, dict[str, Path]]:
    """For each target every wheel that it needs, by name. The first one's versions hold for all."""
    found: dict[Target, dict[str, Path]] = {}
    pins: dict[str, str] = {}
    for target in targets:
        folder = scratch / f"{target.system.name}-{target.python}"
        found[target] = needed(target, own, folder, pins)
        for name, file in found[target].items():
            version = str(parse_wheel_filename(file.name)[1])
            if pins.setdefault(name, version) != version:
                raise SystemExit(f"{name}: {target} takes {version}, others take {pins[name]}.")
        print(f"{target}: {len(found[target])} wheels", flush=True)
    return found


def needed(target: Target, own: dict[str, Path], folder: Path, pins: dict[str, str]) -> dict[str, Path]:
    """Download what a target needs, until nothing is missing."""
    roots = roots_of(own)
    # By their place, so that no index can slip in another; lens by its bare name too, as the packs ask for it.
    wanted = {f"{one} @ {own[project(one)].as_uri()}" for one in (*roots, OWN)}
    for _ in range(5):
        download(target, wanted, folder, pins)
        there = {name_of(one): one for one in sorted(folder.glob("*.whl"))}
        reached, missing = reach(target, roots, there)
        if not missing:
            return {name: there[name] for name in sorted(reached)}
        # What pip left out, because a condition does not hold on this machine but does on that one.
        wanted = missing
        pins = {**{name: str(parse_wheel_filename(one.name)[1]) for name, one in there.items()}, **pins}
    raise SystemExit(f"{target}: could not be gathered; still missing: {', '.join(sorted(missing))}")


def resolves(targets: Iterable[Target], folder: Path, scratch: Path) -> None:
    """Show that the folder alone is enough for every target: pip finds one of everything, with its hash."""
    for target in targets:
        pip(
            "download",
            "--no-index",
            f"--find-links={folder / 'wheels'}",
            "--require-hashes",
            f"--requirement={folder / 'requirements.txt'}",
            *on(target),
            f"--dest={scratch / 'resolved' / target.system.name / target.python}",
        )


def on(target: Target) -> tuple[str, ...]:
    """What tells pip to choose wheels for a target, whatever this machine is."""
    return (
        "--only-binary=:all:",
        "--implementation=cp",
        f"--python-version={target.python}",
        *(f"--platform={one}" for one in target.system.platforms),
    )


def roots_of(own: dict[str, Path]) -> tuple[str, ...]:
    """What is installed on every laptop: lens with every extra, and the packs."""
    return (f"{OWN}[all]", *(name for name in own if name != OWN))


def download(target: Target, wanted: Iterable[str], folder: Path, pins: dict[str, str]) -> None:
    """Have pip download wheels for a target, whatever this machine is."""
    folder.mkdir(parents=True, exist_ok=True)
    constraints = folder / "constraints.txt"
    write(constraints, "".join(f"{name}=={pins[name]}\n" for name in sorted(pins) if not name.startswith(OWN)))
    pip(
        "download",
        *on(target),
        f"--constraint={constraints}",
        f"--dest={folder}",
        *sorted(wanted),
    )


def reach(target: Target, roots: Iterable[str], there: dict[str, Path]) -> tuple[set[str], set[str]]:
    """Which wheels a target needs of those that are there, and what it needs that is not."""
    reached: set[str] = set()
    missing: set[str] = set()
    ahead = [Requirement(one) for one in roots]
    seen: set[tuple[str, str]] = set()
    while ahead:
        one = ahead.pop()
        name = canonicalize_name(one.name)
        if name not in there:
            missing.add(f"{one.name}{one.specifier}")
            continue
        reached.add(name)
        for extra in ("", *sorted(one.extras)):
            if (name, extra) not in seen:
                seen.add((name, extra))
                ahead += requires(there[name], target, extra)
    return reached, missing


def requires(wheel: Path, target: Target, extra: str) -> Iterator[Requirement]:
    """What a wheel requires on a target; with an extra, only what that adds."""
    with zipfile.ZipFile(wheel) as packed:
        (name,) = [one for one in packed.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one)]
        told = HeaderParser().parsestr(packed.read(name).decode("utf-8"))
    for text in told.get_all("Requires-Dist", []):
        one = Requirement(text)
        marker = one.marker or Marker('python_version > "3"')
        if marker.evaluate(target.environment(extra)) and not (extra and marker.evaluate(target.environment())):
            yield one


def pip_wheel(scratch: Path) -> Path:
    """The newest pip, so that no machine's own one matters."""
    folder = scratch / "pip"
    if not folder.exists():
        pip("download", "--no-deps", "--only-binary=:all:", f"--dest={folder}", "pip")
    (found,) = folder.glob("pip-*.whl")
    return found


def pip(*arguments: str) -> None:
    """Run pip, quietly; what goes wrong is shown."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"pip {arguments[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def project(requirement: str) -> str:
    """The name in a requirement without its extras."""
    return str(canonicalize_name(Requirement(requirement).name))


def name_of(wheel: Path) -> str:
    """The name of a wheel's project."""
    return str(parse_wheel_filename(wheel.name)[0])


# Files


def requirements(found: dict[Target, dict[str, Path]], own: dict[str, Path]) -> str:
    """Every package with its version, where it is needed, and the hashes of its wheels, in order of name."""
    lines = [
        "# Everything that lens needs, with hashes: pip installs nothing else.",
        "# On a laptop: python install.py. On a server: pip install --no-index --find-links wheels --require-hashes \\",
        "#   --requirement requirements.txt",
    ]
    for name in sorted({name for files in found.values() for name in files}):
        files = sorted({there[name] for there in found.values() if name in there})
        hashes = sorted({digest(one) for one in files})
        extra = "[all]" if name == OWN else ""
        where = condition({target for target, there in found.items() if name in there}, found)
        version = parse_wheel_filename(files[0].name)[1]
        head = f"{name}{extra}=={version}{f' ; {where}' if where else ''}"
        lines.append(" \\\n    ".join([head, *(f"--hash=sha256:{one}" for one in hashes)]))
    assert set(own) <= {re.split(r"[\[=]", line)[0] for line in lines}
    return "\n".join(lines) + "\n"


def condition(those: set[Target], of: Iterable[Target]) -> str:
    """The condition under which a package is needed; empty where it always is."""
    every = set(of)
    if those == every:
        return ""
    for name in ("sys_platform", "python_version"):
        values = {value_of(one, name) for one in those}
        if those == {one for one in every if value_of(one, name) in values}:
            return " or ".join(f'{name} == "{value}"' for value in sorted(values))
    pairs = sorted({(value_of(one, "sys_platform"), one.python) for one in those})
    return " or ".join(f'(sys_platform == "{system}" and python_version == "{python}")' for system, python in pairs)


def value_of(target: Target, name: str) -> str:
    """What a target says to the name in a condition."""
    return target.environment()[name]


def put_texts(folder: Path, targets: Iterable[Target]) -> None:
    """The installer, and the guide as text and as a page, which say what they are for."""
    for name in ("install.py", "install.cmd", "install.sh"):
        # A batch file wants the line ends of its system, a shell script those of its own.
        text = (HERE / name).read_text("utf-8")
        write(folder / name, text, newline="\r\n" if name.endswith(".cmd") else "\n")
    (folder / "install.sh").chmod(0o755)
    fits = "".join(f"- {one}\n" for one in targets)
    guide = offline(GUIDE.read_text("utf-8")).rstrip() + f"\n\n## This copy is for\n\n{fits}"
    write(folder / "INSTALL.txt", plain(guide), newline="\r\n")
    write(folder / "INSTALL.html", page(guide))


def offline(text: str) -> str:
    """The guide without links to pages that are not in the folder."""
    return re.sub(r"\[([^\]]+)\]\((?!https?://)[^)]*\)", r"\1", text)


def plain(text: str) -> str:
    """The guide for any text editor: lines of 78 signs, blocks set in, no marks."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = not inside
        elif inside:
            lines.append(f"    {line}")
        elif line.startswith("#"):
            title = line.lstrip("# ")
            top = line.startswith("# ")
            lines += [title.upper() if top else title, ("=" if top else "-") * len(title)]
        elif set(line) <= {"|", "-"} and line:
            continue
        elif line.startswith("|"):
            lines.append("    " + ": ".join(cell.strip() for cell in line.strip("|").split("|")))
        else:
            bare = re.sub(r"\*{1,2}([^*]+)\*{1,2}|`([^`]+)`", r"\1\2", line)
            lines += textwrap.wrap(bare, 78, subsequent_indent="  " if line.startswith("- ") else "") or [""]
    return "\n".join(lines) + "\n"


def page(text: str) -> str:
    """The guide as one page that loads nothing."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    title = text.partition("\n")[0].lstrip("# ")
    style = (
        "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif}"
        "pre{background:#eee;padding:.6rem;overflow:auto}table{border-collapse:collapse}"
        "td,th{border:1px solid #888;padding:.3rem .5rem;text-align:left}"
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}'
        "</main>\n</body>\n</html>\n"
    )


def sums(folder: Path) -> str:
    """The checksum of every file but this one, in order of name."""
    files = sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
    return "".join(f"{digest(folder / one)}  {one}\n" for one in files if one != "SHA256SUMS")


def digest(file: Path) -> str:
    """The checksum of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def pack(folder: Path) -> Path:
    """The folder as a zip: names in order, one day for all, nothing of the machine that made it."""
    target = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", (1980, 1, 2, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = (0o100755 if file.suffix == ".sh" else 0o100644) << 16
            packed.writestr(entry, file.read_bytes())
    return target


def write(file: Path, text: str, *, newline: str = "\n") -> None:
    """Write a text with the line ends it is to have, whatever system this is."""
    file.write_text(text, encoding="utf-8", newline=newline)


if __name__ == "__main__":
    main()
