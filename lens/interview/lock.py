"""One session at a time: a lock that the system frees by itself when a process ends, however it ends."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from lens.errors import LensError

if TYPE_CHECKING:
    from pathlib import Path

_FAR = 1 << 30
"""Windows locks bytes; one far behind the text leaves the text readable."""


class LockedError(LensError):
    """Somebody else is at it."""


class Lock:
    """A lock file, held while a session runs.

    On one machine the system says whether its holder still lives. What a session on another machine left in it, on a
    shared folder, cannot be told from one that goes on: then a person decides, with `take_over`.
    """

    def __init__(self, path: Path, *, take_over: bool = False) -> None:
        self.path = path
        self.was_cut_short = False
        """Whether an earlier session on this machine ended without closing it."""
        self._handle = -1
        self._take(take_over=take_over)

    def _take(self, *, take_over: bool) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except OSError as reason:
            why = reason.strerror or type(reason).__name__
            raise LensError(f"{self.path} cannot be written: {why}. Answers could not be saved there either.") from None
        here = socket.gethostname()
        held = _locked(self._handle)
        left = self._left()
        if held is False:
            self._drop()
            raise LockedError(_busy(left, "on this machine"))
        if left and not take_over:
            if held is None or left.get("host") != here:
                self._drop()
                raise LockedError(_busy(left, f"on the machine {str(left.get('host', '?'))[:60]}", unsure=True))
            self.was_cut_short = True
        note = {"host": here, "process": os.getpid(), "since": datetime.now().isoformat(" ", "minutes")}  # noqa: DTZ005 - the officer's own clock
        self._write(json.dumps(note).encode())

    def _left(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            os.lseek(self._handle, 0, os.SEEK_SET)
            found = json.loads(os.read(self._handle, 2000) or b"{}")
            return found if isinstance(found, dict) else {"host": "?"}
        return {"host": "?"}

    def _write(self, text: bytes) -> None:
        with suppress(OSError):
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.ftruncate(self._handle, 0)
            os.write(self._handle, text)

    def release(self) -> None:
        """Leave it to others. The file stays, empty: taking it away could take it from somebody who just came."""
        if self._handle >= 0:
            self._write(b"")
            self._drop()

    def _drop(self) -> None:
        with suppress(OSError):
            os.close(self._handle)
        self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _busy(left: dict[str, Any], where: str, *, unsure: bool = False) -> str:
    since = f", since {str(left['since'])[:20]}" if "since" in left else ""
    if not unsure:
        return (
            f"Somebody is answering questions of this case already, {where}{since}. Two at once would write over each "
            "other. Close the other session first; every answer it saved is kept."
        )
    return (
        f"Somebody began to answer questions of this case {where}{since}, and did not close it. If that session is "
        "still open, wait for it. If you are sure that it has ended, write --take-over: every answer it saved is kept."
    )


def _locked(handle: int) -> bool | None:
    """Whether the system gave us the lock; None where it knows no locks here."""
    try:
        import fcntl
    except ImportError:
        return _locked_on_windows(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _locked_on_windows(handle: int) -> bool | None:
    import msvcrt

    windows: Any = msvcrt
    try:
        os.lseek(handle, _FAR, os.SEEK_SET)
        windows.locking(handle, windows.LK_NBLCK, 1)
    except PermissionError:
        return False
    except OSError:
        return None
    return True
