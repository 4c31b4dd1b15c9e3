"""Questions that ask nearly what the core, or the same pack, asks already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.packs.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.checks.model import Check
    from lens.packs.load import Pack

NEAR = 0.6
"""From this share of common words on, two questions are told of as near. Tried on the core's own: none reaches it."""

_SMALL = frozenset(
    """a an and any are as at be been by can could did do does for from had has have how if in into is it its may of on
    or program s say said so than that the their them then there these they this those through to was were what when
    where whether which who whom whose why will with would""".split()  # noqa: SIM905 - words read best as a text
)


def near_duplicates(pack: Pack) -> Iterator[Remark]:
    """Remarks on questions that ask nearly the same as another."""
    from lens.hooks.core import packs

    others: dict[str, frozenset[str]] = {}
    for check in (check for one in packs() if one.name != pack.name for check in one.checks):
        if check.question is not None:
            others[check.id] = words(check)
    for check in pack.checks:
        if check.question is None:
            continue
        own = words(check)
        likeness = {name: len(own & there) / len(own | there) for name, there in others.items() if own | there}
        nearest = max(likeness, key=lambda name: (likeness[name], name), default="")
        if nearest and likeness[nearest] >= NEAR:
            file, line = pack.lines[check.id]
            what = f"It asks nearly what {nearest} asks."
            yield Remark(file, line, check.id, what, f"See: lens explain {nearest}. Ask what that leaves open.")
        others[check.id] = own


def words(check: Check) -> frozenset[str]:
    """The words of a question that carry its meaning, without endings."""
    assert check.question is not None  # noqa: S101 - the caller has looked
    found = re.findall(r"[a-z]+", check.question.ask.lower())
    return frozenset(re.sub(r"(?:ing|ed|es|s|ly)$", "", one) for one in found if one not in _SMALL)
