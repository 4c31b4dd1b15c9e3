"""What made a review: versions, packs and plugins, what a policy changed, and which packs were missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.checks.applies import applies
from lens.reviews.model import PackMissing, PackUsed, Provenance
from lens.words import LEVELS, at_least

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.checks.setting import Setting
    from lens.hooks.registry import Registry
    from lens.words import Level


def provenance(
    registry: Registry, policy: Policy, checks: Mapping[str, Check], files: Sequence[tuple[str, str]]
) -> Provenance:
    """Versions, packs and plugins with digests, inputs as kind and digest, and what a policy changed."""
    from lens import __version__

    used = [
        PackUsed(
            name=pack.name,
            kind="core" if owner == "lens" else "pack",
            version=pack.version,
            digest=pack.digest,
        )
        for pack, owner in registry.packs
    ]
    used += [
        PackUsed(name=one.name, kind=one.kind, version=one.version, digest=one.digest)
        for _, one in sorted(registry.sources.items())
        if one.kind == "plugin" and not one.left_out
    ]
    off = [one.check for one in policy.off if one.check in checks]
    return Provenance(
        lens_version=__version__,
        used=tuple(used),
        blocked=tuple(sorted(one.name for one in registry.sources.values() if one.left_out)),
        input_kinds=tuple(sorted(kind for kind, _ in files)),
        input_digests=tuple(sorted(digest for _, digest in files)),
        pages=policy.pages,
        policy_changes=tuple(one.check for one in policy.levels if one.check in checks),
        policy_off=tuple(one for one in off if not checks[one].is_floored),
        policy_refused=_refused(policy, checks, off),
    )


def _refused(policy: Policy, checks: Mapping[str, Check], off: Sequence[str]) -> tuple[str, ...]:
    """Checks that a policy would have switched off or lowered, had there been no floor."""
    lowered = [
        one.check
        for one in policy.levels
        if one.check in checks and checks[one.check].is_floored and not at_least(one.level, _gravest(checks[one.check]))
    ]
    return tuple(dict.fromkeys([*(one for one in off if checks[one].is_floored), *lowered]))


def _gravest(check: Check) -> Level:
    """The gravest level that a check can come to by itself."""
    if check.question is not None:
        levels = [check.question.if_bad, check.question.if_not_known, *(one.level for one in check.question.readings)]
    else:
        levels = [one.level for one in check.outcomes.values() if one.level is not None]
    return next(level for level in LEVELS if level in levels) if levels else LEVELS[-1]


def packs_missing(registry: Registry, case: Case, setting: Setting) -> tuple[PackMissing, ...]:
    """The sector packs that a full review of a case calls for, or may call for, and that are not here."""
    from lens.catalog import known_packs
    from lens.checks.when import form_of

    if setting.depth != "full":
        return ()  # a first look asks the same of every sector
    here = {pack.name for pack, _ in registry.packs}
    found = []
    for one in known_packs():
        holds = one.name not in here and applies(form_of(one.applies), case, setting)
        if holds is not False:
            found.append(
                PackMissing(
                    name=one.name,
                    distribution=one.distribution,
                    title=one.title,
                    asks=one.asks,
                    surely=holds is True,
                )
            )
    return tuple(found)
