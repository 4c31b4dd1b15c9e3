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
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lens.errors import InputError, Problem
from lens.readers.iati.source import MAX_UNPACKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
HEAD = 65_536
_STEP = 1 << 20
MAX_MEMBERS = 200_000
"""What a zip file may hold: more would take hours to list and tells of a bomb."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file, or one member of a zip file; both may be packed with gzip."""

    path: str
    member: str = ""
    named: str = ""
    """How messages call it, where that is not its path."""

    @property
    def name(self) -> str:
        """How messages call it: its path as it was named, and for a member its name within."""
        return f"{self.named or self.path}: {self.member}" if self.member else self.named or self.path

    @property
    def size(self) -> int:
        """Bytes on the disk, packed as they are there; 0 where that cannot be told."""
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as packed:
                    return packed.getinfo(self.member).compress_size
            return Path(self.path).stat().st_size
        except (OSError, KeyError, zipfile.BadZipFile):
            return 0

    @property
    def stamp(self) -> tuple[int, int]:
        """What changes when the file on the disk is written to: the time of that, and its length."""
        try:
            found = Path(self.path).stat()
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_size)

    def open(self) -> BinaryIO:
        """Its bytes from the beginning, unpacked. InputError where it cannot be read, now or at any later read."""
        try:
            streams = self._raw()
        except (OSError, KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, ValueError) as reason:
            raise InputError(_unreadable(self.name, reason)) from None
        return cast("BinaryIO", io.BufferedReader(_Guarded(streams, self.name), _STEP))

    def _raw(self) -> list[BinaryIO]:
        """The stream to read, and those below it."""
        # Whoever asked for it closes it.
        made = _Member(self.path, self.member) if self.member else Path(self.path).open("rb")  # noqa: SIM115
        stream = cast("BinaryIO", made)
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


class _Member(io.RawIOBase):
    """A member of a zip file that keeps the zip file open as long as itself."""

    def __init__(self, path: str, member: str) -> None:
        self._packed = zipfile.ZipFile(path)
        self._stream = self._packed.open(member)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what BufferedReader hands in
        given = self._stream.read(len(buffer))
        buffer[: len(given)] = given
        return len(given)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        self._stream.close()
        self._packed.close()
        super().close()


class _Guarded(io.RawIOBase):
    """A stream whose faults are said in words, and which ends with an error where it grows too large."""

    def __init__(self, streams: list[BinaryIO], name: str) -> None:
        self._streams, self._name, self._given = streams, name, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what BufferedReader hands in
        try:
            given = self._streams[0].read(len(buffer))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as reason:
            raise InputError(_unreadable(self._name, reason)) from None
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


def _unreadable(name: str, reason: Exception) -> Problem:
    if isinstance(reason, RuntimeError):
        return Problem(name, what="It is locked with a password.", fix="Unpack it, and name the file that was in it.")
    if isinstance(reason, (gzip.BadGzipFile, EOFError, zlib.error, zipfile.BadZipFile, KeyError)):
        return Problem(name, what="The packed file is damaged or ends too early.", fix="Download or pack it again.")
    if isinstance(reason, NotImplementedError):
        return Problem(name, what="It is packed in a way that cannot be unpacked.", fix="Pack it as a plain zip file.")
    why = getattr(reason, "strerror", None) or "the name cannot be used"
    return Problem(name, what=f"The file cannot be read: {why}.", fix="Check its name and who may read it.")


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


def find(paths: Iterable[Path], output: Path | None = None) -> Iterator[FileSource | Problem]:
    """Every input behind what was named, in the order named, of a folder or zip file in order of name.

    The folder `output`, where a run is kept, is not gone into on the way: what lens wrote is not published data.

    What is there and is no input (a link, a pipe, a hidden file, a zip file in a zip file) comes as a Problem, so that
    it can be told. InputError where something was named that is not there.
    """
    missing = [_missing(path) for path in paths if not _exists(path)]
    if missing:
        raise InputError(missing)
    for path in paths:
        yield from _inside(path, output, is_named=True)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _missing(path: Path) -> Problem:
    return Problem(str(path), what="There is no such file or folder.", fix="Check its name.")


def _inside(path: Path, output: Path | None, *, is_named: bool) -> Iterator[FileSource | Problem]:
    try:
        mode = path.stat().st_mode if is_named else path.lstat().st_mode
        if stat.S_ISDIR(mode):
            if output is not None and not is_named and output.exists() and path.samefile(output):
                return
            for inner in sorted(path.iterdir(), key=lambda one: os.fsencode(one.name)):
                yield from _inside(inner, output, is_named=False)
            return
    except OSError as reason:
        yield _unreadable(str(path), reason)
        return
    if not is_named and path.name.startswith("."):
        yield Problem(str(path), what="A hidden file was left out.", fix="Name it if it is meant.")
    elif stat.S_ISLNK(mode):
        yield Problem(str(path), what="A link in a folder was left out.", fix="Name what it leads to.")
    elif not stat.S_ISREG(mode):
        yield Problem(str(path), what="This is no plain file, and was left out.", fix="Name a plain file.")
    else:
        yield from _file(path)


def _file(path: Path) -> Iterator[FileSource | Problem]:
    try:
        with path.open("rb") as stream:
            is_zip = stream.read(len(ZIP)) == ZIP
    except OSError as reason:
        yield _unreadable(str(path), reason)
        return
    if not is_zip:
        yield FileSource(str(path))
        return
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile) as reason:
        yield _unreadable(str(path), zipfile.BadZipFile() if isinstance(reason, ValueError) else reason)
        return
    if _is_workbook([one.filename for one in members]):
        yield FileSource(str(path))
    else:
        yield from _members(path, members)


def _is_workbook(names: list[str]) -> bool:
    return "[Content_Types].xml" in names or "mimetype" in names


def _members(path: Path, members: list[zipfile.ZipInfo]) -> Iterator[FileSource | Problem]:
    if len(members) > MAX_MEMBERS:
        what = f"The zip file holds more than {MAX_MEMBERS:,} files; none of them was read."
        yield Problem(str(path), what=what, fix="Check that it is the right file, or split it.")
        return
    seen: set[str] = set()
    for one in sorted(members, key=lambda one: one.filename):
        called = f"{path}: {one.filename}"
        hidden = any(_is_hidden(part) for part in one.filename.split("/"))
        if one.is_dir():
            continue
        if one.filename in seen:
            yield Problem(called, what="The zip file holds two files of this name; one was read.")
        elif hidden:
            yield Problem(called, what="A hidden file was left out.", fix="Unpack it and name it if it is meant.")
        else:
            yield FileSource(str(path), one.filename)
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
