"""Zip files: opened once for all their members, and what is wrong with anything packed said in words."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path
from typing import IO, BinaryIO, cast

from lens.errors import Problem

DAMAGE = (EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error)
"""What reading something packed can raise beside OSError."""


def stamp_of(path: str) -> tuple[int, int]:
    """What changes when a file on the disk is written to: the time of that, and its length."""
    try:
        found = Path(path).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def archive(path: str) -> zipfile.ZipFile:
    """A zip file, ready to be read; the last one is kept, since its list of members can be long.

    OSError or one of DAMAGE where it cannot be opened.
    """
    return _archive(path, stamp_of(path))


@lru_cache(maxsize=1)
def _archive(path: str, stamp: tuple[int, int]) -> zipfile.ZipFile:  # noqa: ARG001 - a changed file is another one
    return zipfile.ZipFile(path)


def member(path: str, name: str) -> BinaryIO:
    """One file in a zip file, unpacked as it is read. Raises what `archive` does; KeyError where it is not there."""
    return cast("BinaryIO", _Member(archive(path).open(name)))


class _Member(io.RawIOBase):
    """One file in a zip file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

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
        super().close()


def unreadable(name: str, reason: Exception) -> Problem:
    """Why a file, or something packed in it, could not be read."""
    if isinstance(reason, NotImplementedError):
        return Problem(name, what="It is packed in a way that cannot be unpacked.", fix="Pack it as a plain zip file.")
    if isinstance(reason, RuntimeError):
        return Problem(name, what="It is locked with a password.", fix="Unpack it, and name the file that was in it.")
    if isinstance(reason, (gzip.BadGzipFile, *DAMAGE)):
        return Problem(name, what="The packed file is damaged or ends too early.", fix="Download or pack it again.")
    why = getattr(reason, "strerror", None) or "the name cannot be used"
    return Problem(name, what=f"The file cannot be read: {why}.", fix="Check its name and who may read it.")
