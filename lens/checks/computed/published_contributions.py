"""What a contribution register says of troops, police, mediation and the like, which aid data never holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.marks import check
from lens.checks.reading import found, kinds_among, lacking, words
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Case
    from lens.checks.model import Found
    from lens.checks.setting import Setting


@check("published.contribution-guarded")
def guarded(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether a safeguard is named, above all where an armed body is among those named."""
    kinds = kinds_among(case.program.partners, FORCE_KINDS)
    guards = [one.safeguard for each in case.program.activities for one in each.effects if one.safeguard is not None]
    lacks = [lacking(one) for one in guards] or ["safeguard"]
    missing = "" if "" in lacks else lacks[0]
    if not kinds:
        yield found("unguarded" if missing == "safeguard" else "named", on="HRDDP-4")
    elif missing == "safeguard":
        yield found("armed-unguarded", on="HRDDP-4", kinds=kinds)
    elif missing:
        yield found("armed-incomplete", on="HRDDP-4", kinds=kinds, missing=missing)
    else:
        yield found("guarded", on="HRDDP-4", kinds=kinds)


@check("published.contribution-meant")
def meant(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether an inhibitor is named that it is meant to support."""
    named = dict.fromkeys(
        one.on for each in case.program.activities for one in each.effects if one.kind == "intended_to_support"
    )
    own = sum(one.startswith("local:") for one in named)
    if named:
        yield found("named", inhibitors=words(named) or "none of the catalog", own=own)
    else:
        yield found("not-named")
