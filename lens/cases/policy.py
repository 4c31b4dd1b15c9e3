"""An agency's own rules: who may decide what for how long, how fast things go stale, which levels it moves.

Read from `lens.toml`. A floor that nothing lowers: escalating outcomes and the HRDDP questions keep their level.
"""

from __future__ import annotations

from datetime import date, timedelta

from lens.cases.fields import CheckId, Days, WebAddress, internal, public, record
from lens.words import Decision, Level, Tendency, YesNo


@record
class Delegation:
    """What one role may decide alone, up to which level, for how long."""

    role: str = internal(help="The role; no names.")
    up_to: Level = public(help="The gravest level it may decide on.")
    decisions: tuple[Decision, ...] = public(
        default=("accept", "mitigate", "redesign", "dispute"), help="Which decisions."
    )
    longest_days: Days = public(default=180, help="Longest duration in days.")


@record
class Freshness:
    """Days after which a judgement or an answer is too old to rest on."""

    dynamic: Days = public(default=90, help="For what can change in days to months.")
    mixed: Days = public(default=180, help="For what has parts of both.")
    structural: Days = public(default=365, help="For what has been in place for years.")


@record
class Due:
    """Days within which something is to be done, by the gravest level it answers: our proposal, no deadline of law."""

    severe: Days = public(default=14, help="For what answers a severe finding.")
    high: Days = public(default=30, help="For what answers a high finding, and none graver.")
    moderate: Days = public(default=90, help="For what answers a moderate finding, and none graver.")
    minor: Days = public(default=180, help="For anything else.")

    def by(self, level: Level | None, as_of: date, *, escalates: bool) -> date:
        """The day by which: that of the review itself where something escalates."""
        return as_of if escalates else as_of + timedelta(days=getattr(self, level or "minor"))


@record
class LevelChange:
    """A level the agency moves, and why."""

    check: CheckId = public(help="The check.")
    level: Level = public(help="The level its concerns have here.")
    reason: str = internal(help="Why.")


@record
class SwitchedOff:
    """A check that the agency does not ask, and why."""

    check: CheckId = public(help="The check. What can escalate, and the HRDDP questions, cannot be switched off.")
    reason: str = internal(help="Why.")


@record
class PluginRules:
    """Which plugins and packs the agency lets in."""

    block: tuple[str, ...] = public(default=(), help="Names of plugins, packs or distributions that are left out.")
    allow: tuple[str, ...] | None = public(default=None, help="Only these are let in; left out: all but the blocked.")
    python: YesNo = public(default="yes", help="no: packs of questions alone, no plugin that is code.")
    preview: YesNo = public(default="no", help="yes: checks that are still being tried out are asked too.")


@record
class Policy:
    """An agency's rules for reviews."""

    reviewer: str = internal(default="", help="The role that answers for reviews, where a program names none.")
    escalation_route: str = internal(
        default="", help="The role an escalating sign goes to, where a program names none."
    )
    second_route: str = internal(default="", help="The role it goes to if the first is implicated.")
    delegations: tuple[Delegation, ...] = public(default=(), help="Who may decide what; empty: any named role.")
    freshness: Freshness = public(factory=Freshness, help="Days until something is stale.")
    due: Due = public(factory=Due, help="Days within which things are to be done, by level.")
    plugins: PluginRules = public(factory=PluginRules, help="Which plugins and packs are let in.")
    off: tuple[SwitchedOff, ...] = public(default=(), help="Checks that are not asked, with a reason.")
    levels: tuple[LevelChange, ...] = public(default=(), help="Levels raised or lowered, with a reason.")
    pages: WebAddress = internal(default="", help="Where your agency keeps the reference pages that reports link to.")
    floor: Level = public(default="minor", help="No change may put a level under this.")
    escalation_days: Days = public(default=90, help="Days an escalation record holds where it names no end.")

    def switches_off(self, check: str) -> bool:
        """Whether a check is named as not to be asked."""
        return any(one.check == check for one in self.off)

    def days(self, tendency: Tendency) -> int:
        """Days until something of this tendency is stale."""
        return int(getattr(self.freshness, tendency))

    def is_stale(self, day: date | None, tendency: Tendency, as_of: date) -> bool:
        """Whether something of a day is too old; what has no day is."""
        return day is None or day < as_of - timedelta(days=self.days(tendency))
