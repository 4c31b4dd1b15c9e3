"""Questions that ask nearly what the core, or the same pack, asks already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.packs.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    from lens.checks.raw import raw_checks

    asked = {name: raw["question"]["ask"] for name, raw in raw_checks().items() if "question" in raw}
    others = {name: words(ask) for name, ask in asked.items() if name.partition(".")[0] != pack.name}
    for check in pack.checks:
        if check.question is None:
            continue
        own = words(check.question.ask)
        likeness = {name: len(own & there) / len(own | there) for name, there in others.items() if own | there}
        nearest = max(likeness, key=lambda name: (likeness[name], name), default="")
        if nearest and likeness[nearest] >= NEAR:
            file, line = pack.lines[check.id]
            what = f"It asks nearly what {nearest} asks."
            yield Remark(file, line, check.id, what, f"See: lens explain {nearest}. Ask what that leaves open.")
        others[check.id] = own


def words(ask: str) -> frozenset[str]:
    """The words of a question that carry its meaning, without endings."""
    found = re.findall(r"[a-z]+", ask.lower())
    return frozenset(re.sub(r"(?:ing|ed|es|s|ly)$", "", one) for one in found if one not in _SMALL)
