"""In which class a program falls and why: rules as data, the first class that has a rule that fits. Never a rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Class = Literal["look first", "look", "published data cannot tell", "watch"]

CLASSES: dict[Class, str] = {
    "look first": "A sign that goes to somebody senior, a severe concern, or things that together call for a look now.",
    "look": "A high or moderate concern.",
    "published data cannot tell": (
        "No such concern, and published data does not say enough on what is done, where, when, with whom or in words "
        "that can be read here, or a check failed. This is not better than a concern: it is not known."
    ),
    "watch": (
        "No high or moderate concern among the checks that could judge. This does not say that all is well: published "
        "data shows little of what a review asks, and what no context was given for was not judged."
    ),
}
"""The classes in their order, with what each means."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """What a check said of a program, told once for all its records."""

    check: str
    on: str
    outcome: str
    state: str
    because: str
    level: str
    escalates: bool
    what: str = ""
    """The factors or the kinds of bodies that it speaks of, where it tells several at once."""

    @property
    def about(self) -> str:
        """What it is on, in a few words."""
        return f"{self.on} ({self.what})" if self.on and self.what else self.on or self.what


SECTOR, PLACE, BODIES, TEXT, MEETS = (
    f"published.{name}" for name in ("sector", "place", "bodies", "text", "sector-meets-place")
)
"""The checks that say what is done, where, with whom and in what words, and where sector and place meet."""


UNTIMED = "time-not-published"
"""How the check of places comes out where a country is published and no time."""

EXPOSES = "published.exposes"
"""What a record gives away of places and people: told in counts, for each publisher, and never as a reason of a
program. Reasons are for everybody, and would list where people can be found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to be in a class. It fits where something said bears each of its signs."""

    id: str
    name: Class
    sentence: str
    signs: tuple[Callable[[Said], bool], ...] = ()
    unless: Callable[[Said], bool] | None = None
    """It does not fit where anything said is of this kind."""


def _is_concern(said: Said) -> bool:
    return said.state == "concern" and said.check != EXPOSES


def _concern(*levels: str, check: str = "") -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return _is_concern(said) and (not levels or said.level in levels) and check in ("", said.check)

    return fits


def _escalates(said: Said) -> bool:
    return _is_concern(said) and said.escalates


def _severe(said: Said) -> bool:
    return _is_concern(said) and said.level == "severe" and not said.escalates


def _came_out(check: str, *outcomes: str) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return said.state == "concern" and said.check == check and said.outcome in outcomes

    return fits


def _unpublished(check: str) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return said.check == check and said.state == "open" and said.because == "not_published"

    return fits


def _open(check: str) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return said.check == check and said.state == "open"

    return fits


def _failed(said: Said) -> bool:
    return said.state == "error"


def _judged(said: Said) -> bool:
    return said.state in ("concern", "nothing_seen", "addressed")


RULES: tuple[Rule, ...] = (
    Rule("escalating-sign", "look first", "A sign that goes to an escalation route.", (_escalates,)),
    Rule(
        "severe-concern",
        "look first",
        "A severe concern, other than a sign that goes to an escalation route.",
        (_severe,),
    ),
    Rule(
        "force-where-risk",
        "look first",
        "A body that bears arms or commands those who do, and not only pays, is named, and a risk factor is in play in "
        "a country of the program.",
        (_came_out(BODIES, "force", "guards"), _concern(check=PLACE)),
    ),
    Rule(
        "force-place-not-known",
        "look first",
        "A force, a militia, a de facto authority or a ministry behind a force is named, and not only as one who pays, "
        "and what is in play in the countries of the program is not known.",
        (_came_out(BODIES, "force"), _open(PLACE)),
    ),
    Rule(
        "force-pays-for-force",
        "look first",
        "A body that bears arms or commands those who do pays for it, and its text speaks of forces or of "
        "watching people.",
        (_came_out(BODIES, "force-pays"), _came_out(TEXT, "forces", "watching")),
    ),
    Rule(
        "words-where-risk",
        "look first",
        "Its text speaks of forces, of watching, moving, confining or listing people, or of their return, and a risk "
        "factor that somebody senior should look at is in play in a country of the program.",
        (
            _came_out(TEXT, "forces", "watching", "moving-people", "camps", "return", "lists"),
            _concern("high", "severe", check=PLACE),
        ),
    ),
    Rule(
        "sector-meets-place",
        "look first",
        "What its sectors could worsen meets a sign of the gravest kind that is in play in its countries.",
        (_concern("high", check=MEETS),),
    ),
    Rule("high-concern", "look", "A high concern.", (_concern("high"),)),
    Rule("moderate-concern", "look", "A moderate concern.", (_concern("moderate"),)),
    Rule(
        "what-not-published",
        "published data cannot tell",
        "What is done: no sector is published that says it.",
        (_unpublished(SECTOR),),
    ),
    Rule(
        "where-not-published",
        "published data cannot tell",
        "Where: no country is published.",
        (lambda said: _unpublished(PLACE)(said) and said.outcome != UNTIMED,),
    ),
    Rule(
        "when-not-published",
        "published data cannot tell",
        "When: neither its end, nor lately that it goes on, nor any day of its money is published, so nothing that is "
        "known of its countries can be held beside it.",
        (lambda said: said.check == PLACE and said.outcome == UNTIMED,),
    ),
    Rule(
        "who-not-published",
        "published data cannot tell",
        "With whom: the bodies, or what kinds they are, are not published.",
        (_unpublished(BODIES),),
    ),
    Rule(
        "text-not-published",
        "published data cannot tell",
        "In words: no description of its own, long enough and in a language that can be read here, to look for signs.",
        (_open(TEXT),),
    ),
    Rule("check-failed", "published data cannot tell", "A check failed on it.", (_failed,)),
    Rule("nothing-judged", "published data cannot tell", "No check could judge it.", unless=_judged),
    Rule("nothing-moderate", "watch", "No high or moderate concern among the checks that could judge."),
)


def classify(said: Iterable[Said]) -> tuple[Class, tuple[tuple[Rule, tuple[Said, ...]], ...]]:
    """The class of a program, with each rule of that class that fits and what it rests on, in order."""
    known = sorted(said)
    fitting = []
    for rule in RULES:
        found = [tuple(one for one in known if sign(one)) for sign in rule.signs]
        if all(found) and not (rule.unless and any(map(rule.unless, known))):
            fitting.append((rule, tuple(sorted({one for part in found for one in part}))))
    first = next(rule.name for rule, _ in fitting)
    return first, tuple((rule, on) for rule, on in fitting if rule.name == first)
