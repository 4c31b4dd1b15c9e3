"""The rows of a form's sheets, in several languages: what a phone shows, when, and what it refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from lens.languages.english import check_in
from lens.office.forms.names import CHOICES, CONSENT, DAY, FORM, PREFER_NOT, ROLE, Field
from lens.office.forms.relevance import bad_words, equals
from lens.reports.inert import clean
from lens.words import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lens.checks.model import Check, Question
    from lens.languages.language import Language
    from lens.office.forms.asked import Ask, FieldForm

LONGEST = 300
"""Characters of the one text that people write: room for a reason, not for a story."""

EARLIEST = "2000-01-01"

ANSWERS, MORE, ROLES, YES_NO = "lens_answers", "lens_more", "lens_roles", "lens_yes_no"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet `survey`; its texts are given by language."""

    type: str
    name: str = ""
    label: Callable[[Language], str] | None = None
    hint: Callable[[Language], str] | None = None
    guidance: Callable[[Language], str] | None = None
    relevant: str = ""
    constraint: str = ""
    constraint_message: Callable[[Language], str] | None = None
    appearance: str = ""
    default: str = ""
    calculation: str = ""


@dataclass(slots=True)
class Rows:
    """Makes the rows of one form. `titles` names activities by their titles, which are not for everyone."""

    form: FieldForm
    titles: bool = False
    _told: dict[tuple[str, str], Check] = field(default_factory=dict)

    def survey(self) -> Iterator[Row]:
        """The rows in their order: what must be known first, consent, who answers, the questions."""
        agreed = equals(CONSENT, ("yes",))
        yield Row("calculate", FORM, calculation=f"'{self.form.key}.{self.form.version}'")
        yield Row("note", "lens_safety", lambda t: t.text("xlsform.safety"))
        yield Row(f"select_one {YES_NO}", CONSENT, lambda t: t.text("xlsform.consent"))
        yield Row("note", "lens_stop", lambda t: t.text("xlsform.stop"), relevant=equals(CONSENT, ("no",)))
        yield Row("begin_group", "lens_person", lambda t: t.text("xlsform.person"), relevant=agreed)
        yield from self._person()
        yield Row("end_group")
        for about in self.form.subjects():
            name = f"lens_{about.replace(':', '_') or 'program'}"
            yield Row("begin_group", name, self._group(about), relevant=agreed)
            for one in self.form.asks:
                if one.about == about:
                    yield from self._question(one)
            yield Row("end_group")
        if self.form.later:
            yield Row("begin_group", "lens_later", lambda t: t.text("xlsform.later"), relevant=agreed)
            for one in self.form.later:
                yield from self._question(one)
            yield Row("end_group")
        yield Row("note", "lens_end", lambda t: t.text("xlsform.end"), relevant=agreed)

    def _person(self) -> Iterator[Row]:
        yield Row(
            "date",
            DAY,
            lambda t: t.text("xlsform.day"),
            constraint=f". <= today() and . >= date('{EARLIEST}')",
            constraint_message=lambda t: t.text("xlsform.day-wrong"),
            default="today()",
        )
        # An empty default asks; the role of a form for one role is set and can be changed.
        yield Row(f"select_one {ROLES}", ROLE, lambda t: t.text("xlsform.role"), default=self.form.role or "")

    def _question(self, one: Ask) -> Iterator[Row]:
        question = one.check.question
        assert question is not None  # noqa: S101 - only questions are in a form
        name = one.name
        yield Row(
            f"select_one {ANSWERS}",
            name,
            lambda t: self._asked(one, t),
            hint=lambda t: self._hint(one.check, t),
            guidance=lambda t: self._guidance(one.check, t),
            relevant=one.relevant,
        )
        for follow_up in question.follow_ups:
            yield Row(
                f"select_one {MORE}",
                Field(one.check.id, one.about or None, "follow_up", follow_up.id).name,
                self._follow_up(one.check, follow_up.id),
                relevant=equals(name, bad_words(question)),
            )
        yield Row(
            "text",
            Field(one.check.id, one.about or None, "reason").name,
            lambda t: t.text("xlsform.why"),
            relevant=equals(name, ("not_applicable",)),
            constraint=f"string-length(.) <= {LONGEST}",
            constraint_message=lambda t: t.text("xlsform.why-long", count=LONGEST),
        )

    def choices(self) -> Iterator[tuple[str, str, Callable[[Language], str]]]:
        """List, name and label of each choice."""
        for word in ("yes", "no"):
            yield YES_NO, word, answer_label(word)
        for list_name, words in ((ANSWERS, CHOICES), (MORE, CHOICES[:-1])):
            for word in (*words, PREFER_NOT):
                yield list_name, word, answer_label(word)
        for role in get_args(Role):
            yield ROLES, role, role_label(role)

    def subject(self, about: str, t: Language) -> str:
        """An activity or place by its number and what is public of it."""
        kind, _, number = about.partition(":")
        name = t.text(f"xlsform.{kind}", number=number)
        return t.text("xlsform.subject", subject=name, what=what) if (what := self._what(about, t)) else name

    def _what(self, about: str, t: Language) -> str:
        if (activity := self.form.case.activity(about)) is not None:
            if self.titles and activity.title.strip():
                return inert(activity.title)
            return t.words("provided", tuple(dict.fromkeys(one.what for one in activity.provides)))
        place = next((one for one in self.form.case.program.places if one.id == about), None)
        return (place.country or "") if place else ""

    def _group(self, about: str) -> Callable[[Language], str]:
        return lambda t: self.subject(about, t) if about else t.text("xlsform.program")

    def _in(self, check: Check, t: Language) -> Question:
        key = (check.id, t.code)
        if key not in self._told:
            self._told[key] = check_in(check, t)
        question = self._told[key].question
        assert question is not None  # noqa: S101 - only questions are in a form
        return question

    def _asked(self, one: Ask, t: Language) -> str:
        ask = self._in(one.check, t).ask
        return t.text("xlsform.of", subject=self.subject(one.about, t), ask=ask) if one.about else ask

    def _hint(self, check: Check, t: Language) -> str:
        who = t.text("scaffold.who", text=t.words("role", check.who))
        return " ".join(filter(None, (self._in(check, t).help.strip(), f"{who}.")))

    def _guidance(self, check: Check, t: Language) -> str:
        question = self._in(check, t)
        parts = {"settles": question.settles, "hold": question.hold_safely}
        return " ".join(t.text(f"scaffold.{name}", text=text.strip()) for name, text in parts.items() if text.strip())

    def _follow_up(self, check: Check, name: str) -> Callable[[Language], str]:
        return lambda t: next(one.ask for one in self._in(check, t).follow_ups if one.id == name)


def answer_label(word: str) -> Callable[[Language], str]:
    """How a choice of answer is told; each begins large, as a line of its own does."""
    if word == PREFER_NOT:
        return lambda t: t.opening(t.text("xlsform.prefer-not"))
    return lambda t: t.opening(t.word("answer", word))


def role_label(role: str) -> Callable[[Language], str]:
    """How a role is told."""
    return lambda t: t.opening(t.word("role", role))


_MARKS = re.compile(r"[<>&${}\[\]*_#`~|\\]")


def inert(text: str) -> str:
    """Text that a case or a pack brings, as a phone shows it: form builders read markup and references in labels."""
    return " ".join(_MARKS.sub(" ", clean(text)).split())
