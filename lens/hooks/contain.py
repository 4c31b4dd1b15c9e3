"""Code that is not ours, run so that what goes wrong in it stays in it.

What can be held: whatever it raises, exit included; what it prints; and, put back afterward, the working directory,
the locale, the precision of numbers, the depth of recursion, and the variables that lens itself reads. What cannot:
code that never ends, ends the process at once (`os._exit`), or changes lens in memory. Plugins are trusted code.
"""

from __future__ import annotations

import decimal
import io
import locale
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    T = TypeVar("T")

_OURS = "LENS_"
"""How the variables begin that lens reads."""
_name_of: Callable[[type], str] = type.__dict__["__name__"].__get__


def kind_of(reason: BaseException) -> str:
    """The name of an error's class; a class may claim any name, so only what looks like one is told."""
    name = _name_of(type(reason))
    return name if name.isascii() and name.isidentifier() and len(name) <= 60 else "an error without a proper name"


def contained(action: Callable[[], Any]) -> str:
    """Do something that is not ours; what it raised, as the name of the error, or nothing.

    Plugins may raise anything, exit included. Only the name is kept: a message could carry values of the case.
    """
    with _as_before():
        try:
            action()
        except BaseException as reason:  # a plugin must not take a review down
            if type(reason) is KeyboardInterrupt:  # the user's own wish; a plugin's own kind of it is an error
                raise
            return kind_of(reason)
    return ""


def quietly(action: Callable[[], T]) -> T | None:
    """What an action gives, or None where it raises."""
    given: list[T] = []
    contained(lambda: given.append(action()))
    return given[0] if given else None


class _Aside(io.TextIOBase):
    """Where plugins print: beside the output, so that what others read of it stays as it is. It cannot be closed."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    @property
    def buffer(self) -> Any:
        """For those who write bytes."""
        return self._stream.buffer

    def writable(self) -> bool:
        """It is for writing alone."""
        return True

    def write(self, text: str) -> int:
        """Write to the stream of errors, if there is one."""
        with suppress(OSError, ValueError, AttributeError):
            self._stream.write(text)
            self._stream.flush()
        return len(text)

    def close(self) -> None:
        """Stay open: the stream belongs to lens."""


@contextmanager
def _as_before() -> Iterator[None]:
    """Keep what is printed away from the output; leave the process as it was found."""
    out, err = sys.stdout, sys.stderr
    depth, place = sys.getrecursionlimit(), _here()
    numbers = decimal.getcontext().copy()
    language = locale.setlocale(locale.LC_ALL)
    ours = {name: text for name, text in os.environ.items() if name.startswith(_OURS)}
    sys.stdout = sys.stderr = _Aside(err)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
        with suppress(RecursionError):
            sys.setrecursionlimit(depth)
        if place and _here() != place:
            with suppress(OSError):
                os.chdir(place)
        decimal.setcontext(numbers)
        if locale.setlocale(locale.LC_ALL) != language:
            with suppress(locale.Error):
                locale.setlocale(locale.LC_ALL, language)
        for name in [one for one in os.environ if one.startswith(_OURS) and one not in ours]:
            del os.environ[name]
        os.environ.update(ours)


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - asked before and after each call, and needed as text
    except OSError:
        return ""
