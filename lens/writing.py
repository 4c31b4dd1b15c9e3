"""Paths as they are handed in; files written whole or not at all, and never over somebody's work."""

from __future__ import annotations

import os
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lens.errors import LensError

if TYPE_CHECKING:
    from collections.abc import Callable


def path_of(given: str | os.PathLike[str]) -> Path:
    """A path that was handed in. An empty one would silently stand for the folder we are in."""
    if not os.fspath(given):
        raise LensError('A file or folder was named by an empty text (""). Write its name, or . for this folder.')
    return Path(given)


def put_files(folder: Path, texts: dict[str, bytes], *, option: str, closed: bool = False) -> tuple[Path, ...]:
    """Put files in a folder, each under a name of its own first, so that none is ever seen half-written.

    `closed` leaves them readable by their owner only. LensError where they cannot be written; `option` is what names
    another folder.
    """
    is_new = not folder.exists()
    ready: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            handle, temporary = tempfile.mkstemp(prefix=".lens-", dir=folder)
            ready.append((temporary, folder / name))
            with os.fdopen(handle, "wb") as stream:
                stream.write(text)
            if not closed:  # mkstemp closes a file to others, as a report for inside the agency should be
                Path(temporary).chmod(0o666 & ~_umask())
        for temporary, target in ready:
            os.replace(temporary, target)  # noqa: PTH105 - says what it does better than Path.replace
    except OSError as reason:
        for temporary, _ in ready:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - as above
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        why = reason.strerror or type(reason).__name__
        raise LensError(f"The files cannot be written to {folder}: {why}. Name another folder with {option}.") from None
    return tuple(target for _, target in ready)


def put_made(folder: Path, make: Callable[[Path], None], *, option: str, closed: bool = False) -> tuple[Path, ...]:
    """Have files written in a private folder inside `folder`, then give them their places there, by name.

    For files that are too large to be held in memory. What fails leaves `folder` as it was: none of the new files is
    there, and those of an earlier run stand whole. `closed` leaves them readable by their owner only. LensError where
    they cannot be written; `option` is what names another folder.
    """
    is_new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_TEMPORARY, dir=folder, ignore_cleanup_errors=True) as private:
            make(Path(private))
            made = sorted(one for one in Path(private).rglob("*") if one.is_file())
            placed = []
            for one in made:
                one.chmod(0o600 if closed else 0o666 & ~_umask())
            for one in made:
                target = folder / one.relative_to(private)
                target.parent.mkdir(exist_ok=True)
                _renamed(one, target)
                placed.append(target)
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        raise LensError(f"The files cannot be written to {folder}: {why}. Name another folder with {option}.") from None
    finally:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
    return tuple(placed)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def write_new(path: Path, text: str | bytes, *, option: str = "--folder", closed: bool = False) -> None:
    """Write a file that is not there yet, whole or not at all; `closed` makes it readable by its owner only.

    LensError where it is there already, or cannot be written.
    """
    temporary = path.with_name(f".lens-{os.getpid()}-{path.name}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if closed else 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text if isinstance(text, bytes) else text.encode())
        _claim(temporary, path)
    except FileExistsError:
        raise LensError(f"{_shown(path)} is there already and was left as it is.") from None
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        raise LensError(f"{_shown(path)} cannot be written: {why}. Name another with {option}.") from None
    finally:
        with suppress(OSError):
            temporary.unlink()


def write_over(path: Path, text: bytes) -> None:
    """Write a file anew, so that at every moment, also if the power fails, it holds either all of this or what it held.

    A link stays one. OSError where it cannot be written.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{_TEMPORARY}{os.getpid()}-{target.name}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(OSError):
            temporary.chmod(target.stat().st_mode & 0o7777)
        _renamed(temporary, target)
        _settled(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()


_TEMPORARY = ".lens-"
_PATIENCE = (0.05, 0.2, 0.5)


def _renamed(temporary: Path, target: Path) -> None:
    for pause in _PATIENCE:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(pause)  # Windows refuses while somebody, such as a virus scanner, looks at the file
        else:
            return
    temporary.replace(target)


def _settled(folder: Path) -> None:
    """Have the names of a folder reach the disk, where the system can be asked for that."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(path: Path) -> None:
    """Take away what writing a file left behind when it was cut short."""
    target = Path(os.path.realpath(path))
    with suppress(OSError):
        for one in target.parent.iterdir():
            if re.fullmatch(rf"{re.escape(_TEMPORARY)}\d+-{re.escape(target.name)}", one.name):
                one.unlink()


def _claim(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless something has that name. FileExistsError where it has."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks and some shares know no links; there, look first and then move.
        if os.path.lexists(path):
            raise FileExistsError from None
        temporary.replace(path)


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))
