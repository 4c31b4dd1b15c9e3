"""The mark on the function of a computed check: which check it is the function of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from lens.checks.model import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens.checks.model import Run

    Marked = TypeVar("Marked", bound=Run)

_MARK = "__lens_checks__"


def check(of: str | Check) -> Callable[[Marked], Marked]:
    """Mark a function as that of a computed check.

    `of` is the id of a check that a pack of the same distribution describes, or the whole description. The function
    takes the case and the setting of the review, and gives at least one `Found`: one of the outcomes described, what
    it is about, and typed values. It never gives a sentence. A module that a plugin's entry point names gives all the
    marked functions in it, those it imports included.
    """
    if not isinstance(of, (str, Check)):
        raise TypeError("check() takes the id of a check, or a Check")

    def mark(run: Marked) -> Marked:
        setattr(run, _MARK, (*getattr(run, _MARK, ()), of))
        return run

    return mark


def marked(module: Any) -> Iterator[tuple[str | Check, Run]]:
    """Every marked function of a module with what it was marked for, in the order in which they stand there."""
    seen: set[int] = set()
    for one in list(getattr(module, "__dict__", {}).values()):
        if id(one) not in seen:
            seen.add(id(one))
            for of in _marks_of(one):
                yield of, one


def _marks_of(one: Any) -> tuple[str | Check, ...]:
    """The marks of anything that stands in a module; things that cannot be looked at, such as proxies, have none."""
    try:
        held = object.__getattribute__(one, "__dict__")
    except AttributeError:
        return ()
    found = held.get(_MARK, ()) if type(held) is dict else ()
    return found if isinstance(found, tuple) else ()
