"""The inputs of a run: files, everything in folders and in zip files, each opened as plain bytes, each named once.

Nothing of a zip file is ever put on the disk under the name that it has there, and what anything unpacks to is
limited.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lens.errors import InputError, Problem
from lens.portfolio.inputs.archives import DAMAGE, archive, member, stamp_of, unreadable
from lens.readers.iati.source import MAX_UNPACKED

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterable, Iterator

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
HEAD = 65_536
_STEP = 1 << 17
NAME_DATA = "Name a folder or a zip file that holds published data, or the files themselves."
MAX_MEMBERS = 200_000
"""What a zip file may hold: more would take hours to list and tells of a bomb."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file, or one member of a zip file; both may be packed with gzip."""

    path: str
    member: str = ""
    named: str = ""
    """How messages call it, where that is not its path."""
    is_inside: bool = False
    """Whether it was found in a folder or a zip file that was named, and not named itself."""

    @property
    def name(self) -> str:
        """How messages call it: its path as it was named, and for a member its name within."""
        called = f"{self.named or self.path}: {self.member}" if self.member else self.named or self.path
        return sayable(called)

    @property
    def size(self) -> int:
        """Bytes on the disk, packed as they are there; 0 where that cannot be told."""
        try:
            if self.member:
                return archive(self.path).getinfo(self.member).compress_size
            return Path(self.path).stat().st_size
        except (OSError, *DAMAGE):
            return 0

    @property
    def stamp(self) -> tuple[int, int]:
        """What changes when the file on the disk is written to: the time of that, and its length."""
        return stamp_of(self.path)

    def open(self) -> BinaryIO:
        """Its bytes from the beginning, unpacked. InputError where it cannot be read, now or at any later read."""
        try:
            streams = self._raw()
        except (OSError, *DAMAGE) as reason:
            raise InputError(unreadable(self.name, reason)) from None
        return cast("BinaryIO", io.BufferedReader(_Guarded(streams, self.name), _STEP))

    def _raw(self) -> list[BinaryIO]:
        """The stream to read, and those below it."""
        # Whoever asked for it closes it.
        stream = member(self.path, self.member) if self.member else Path(self.path).open("rb")  # noqa: SIM115
        head = stream.read(2)
        stream.seek(0)
        return [cast("BinaryIO", gzip.GzipFile(fileobj=stream)), stream] if head == GZIP else [stream]

    def local(self) -> str:
        """The path of a plain file with its bytes: itself, or a copy that is gone when this process ends."""
        with self.open() as stream:
            if not self.member and not _is_packed(self.path):
                return self.path
            return _copy(self.path, self.member, stream)

    def digest(self) -> tuple[str, int]:
        """The sha256 of its bytes unpacked, and how many they are."""
        seal, size = sha256(), 0
        with self.open() as stream:
            while piece := stream.read(_STEP):
                seal.update(piece)
                size += len(piece)
        return seal.hexdigest(), size


class _Guarded(io.RawIOBase):
    """A stream whose faults are said in words, and which ends with an error where it grows too large."""

    def __init__(self, streams: list[BinaryIO], name: str) -> None:
        self._streams, self._name, self._given = streams, name, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what BufferedReader hands in
        try:
            given = self._streams[0].read(len(buffer))
        except (OSError, *DAMAGE) as reason:
            raise InputError(unreadable(self._name, reason)) from None
        self._given += len(given)
        if self._given > MAX_UNPACKED:
            what = f"It unpacks to more than {MAX_UNPACKED // 1_000_000_000} GB."
            raise InputError(Problem(self._name, what=what, fix="Check that it is the right file, or split it."))
        buffer[: len(given)] = given
        return len(given)

    def close(self) -> None:
        for one in self._streams:
            one.close()
        super().close()


def _is_packed(path: str) -> bool:
    with Path(path).open("rb") as stream:
        return stream.read(2) == GZIP


@lru_cache(maxsize=1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder of our own, readable by its owner only, that goes away with the process."""
    return tempfile.TemporaryDirectory(prefix="lens-")


@lru_cache(maxsize=1)
def _copied() -> dict[tuple[str, str], str]:
    return {}


def _copy(path: str, member: str, stream: BinaryIO) -> str:
    """The last copy is kept for whoever opens the same input again; the one before makes room."""
    kept = _copied()
    if (path, member) not in kept:
        for old in kept.values():
            Path(old).unlink(missing_ok=True)
        kept.clear()
        handle, copy = tempfile.mkstemp(dir=_folder().name)
        with os.fdopen(handle, "wb") as out:
            while piece := stream.read(_STEP):
                out.write(piece)
        kept[path, member] = copy
    return kept[path, member]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that was named, or is inside what was named, and is no input."""

    problem: Problem
    unread: bool = False
    """Whether it should have been read: then something is missing from the result."""


def sayable(name: str) -> str:
    """A name as it can be written down: bytes in it that are no text are shown by their numbers."""
    return name.encode("utf-8", "backslashreplace").decode()


def find(paths: Iterable[Path], *, besides: Path | None = None) -> Iterator[FileSource | Aside]:
    """Every input behind what was named, in the order named, of a folder or zip file in order of name.

    What is there and is no input (a link, a pipe, a hidden file, a zip file in a zip file) comes as an Aside, so that
    it can be told; the folder `besides`, which the run itself writes to, is passed over. InputError where something was
    named that is not there, or that is that folder.
    """
    wrong = [_missing(path) for path in paths if not _exists(path)]
    wrong += [_own(path) for path in paths if not wrong and besides and path.is_dir() and _is_same(path, besides)]
    if wrong:
        raise InputError(wrong)
    for path in paths:
        found = False
        for one in _inside(path, besides):
            found = True
            yield one
        if not found:
            what = "There is no file in it."
            yield Aside(Problem(sayable(str(path)), what=what, fix=NAME_DATA), unread=True)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _missing(path: Path) -> Problem:
    return Problem(str(path), what="There is no such file or folder.", fix="Check its name.")


def _own(path: Path) -> Problem:
    what = "What the run writes is put in this folder, and would be read as an input."
    return Problem(str(path), what=what, fix="Name another folder with --output.")


def _inside(named: Path, besides: Path | None) -> Iterator[FileSource | Aside]:
    # No recursion: folders can be nested deeper than Python calls.
    waiting = [named]
    while waiting:
        path = waiting.pop()
        is_named = path is named
        try:
            mode = path.stat().st_mode if is_named else path.lstat().st_mode
            if stat.S_ISDIR(mode):
                if besides is None or not _is_same(path, besides):
                    inner = sorted(path.iterdir(), key=lambda one: os.fsencode(one.name), reverse=True)
                    waiting += inner
                continue
        except OSError as reason:
            yield _not_read(path, reason)
            continue
        yield from _plain(path, mode, is_named=is_named)


def _plain(path: Path, mode: int, *, is_named: bool) -> Iterator[FileSource | Aside]:
    called = sayable(str(path))
    if not is_named and path.name.startswith("."):
        yield Aside(Problem(called, what="A hidden file was left out.", fix="Name it if it is meant."))
    elif stat.S_ISLNK(mode):
        yield Aside(Problem(called, what="A link in a folder was left out.", fix="Name what it leads to."))
    elif not stat.S_ISREG(mode):
        what = "This is no plain file, and was left out."
        yield Aside(Problem(called, what=what, fix="Name a plain file."), unread=is_named)
    else:
        yield from _file(path, is_named=is_named)


def _not_read(path: Path, reason: Exception) -> Aside:
    return Aside(unreadable(sayable(str(path)), reason), unread=True)


def _file(path: Path, *, is_named: bool) -> Iterator[FileSource | Aside]:
    try:
        with path.open("rb") as stream:
            is_zip = stream.read(len(ZIP)) == ZIP
        members = archive(str(path)).infolist() if is_zip else []
    except (OSError, *DAMAGE) as reason:
        yield _not_read(path, reason)
        return
    if not is_zip or _is_workbook([one.filename for one in members]):
        yield FileSource(str(path), is_inside=not is_named)
    else:
        yield from _members(path, members)


def _is_workbook(names: list[str]) -> bool:
    return "[Content_Types].xml" in names or "mimetype" in names


def _members(path: Path, members: list[zipfile.ZipInfo]) -> Iterator[FileSource | Aside]:
    if len(members) > MAX_MEMBERS:
        what = f"The zip file holds more than {MAX_MEMBERS:,} files; none of them was read."
        fix = "Check that it is the right file, or split it."
        yield Aside(Problem(sayable(str(path)), what=what, fix=fix), unread=True)
        return
    seen: set[str] = set()
    for one in sorted(members, key=lambda one: one.filename):
        called = sayable(f"{path}: {one.filename}")
        hidden = any(map(_is_hidden, one.filename.replace("\\", "/").split("/")))
        if one.is_dir():
            continue
        if one.filename in seen:
            what = "The zip file holds two files of this name; one was read."
            yield Aside(Problem(called, what=what, fix="Unpack it, and name both."), unread=True)
        elif hidden:
            fix = "Unpack it and name it if it is meant."
            yield Aside(Problem(called, what="A hidden file was left out.", fix=fix))
        else:
            yield FileSource(str(path), one.filename, is_inside=True)
        seen.add(one.filename)


def _is_hidden(part: str) -> bool:
    return part == "__MACOSX" or (part.startswith(".") and part.strip(".") != "")


def first_of(source: FileSource) -> bytes:
    """The first bytes of an input, for recognizing it. InputError where it cannot be read."""
    with source.open() as stream:
        return stream.read(HEAD)


class Watched:
    """An input that tells how much of it was read."""

    def __init__(self, source: FileSource, told: Callable[[int], None]) -> None:
        self._source, self._told = source, told

    @property
    def name(self) -> str:
        """How messages call it."""
        return self._source.name

    def open(self) -> BinaryIO:
        """Its bytes from the beginning, unpacked."""
        return cast("BinaryIO", io.BufferedReader(_Told(self._source.open(), self._told), _STEP))

    def local(self) -> str:
        """The path of a plain file with its bytes."""
        return self._source.local()


class _Told(io.RawIOBase):
    """A stream that tells how much was read of it."""

    def __init__(self, stream: BinaryIO, told: Callable[[int], None]) -> None:
        self._stream, self._say = stream, told

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what BufferedReader hands in
        given = self._stream.read(len(buffer))
        self._say(len(given))
        buffer[: len(given)] = given
        return len(given)

    def close(self) -> None:
        self._stream.close()
        super().close()
