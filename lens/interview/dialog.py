"""The interview as a machine: what it asks now, and what follows from what is typed. It prints and reads nothing.

Where it stands is one word, a step, which is noted beside the file of answers after each entry; together with the
answers that is all there is to know, so that an interview goes on where it stopped, however it stopped.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lens.cases import Affected, Answer, Answers, Evidence
from lens.checks.setting import Setting
from lens.interview.items import described, for_role, items_of
from lens.interview.store import NotSavedError
from lens.interview.typed import ANSWERS, KINDS, LONGEST, YES_NO, clean, command, day_of, picked, plain
from lens.languages.english import check_in

if TYPE_CHECKING:
    from datetime import date

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.interview.items import Item
    from lens.interview.store import Store
    from lens.languages.language import Language
    from lens.words import Depth, Role, Stage

EVIDENCE = ("kind", "on", "ref", "held_elsewhere", "checked_by", "note")
AFFECTED = ("asked", "who", "how", "said")
_MORE = ("evidence", "affected", "dissent", "by", "clear")
"""What may be added to an answer, in the order of the numbers that the menu gives them."""
_KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked now: lines to show, and what stands before the place where people type."""

    lines: tuple[str, ...]
    label: str
    step: str
    """Where the interview stands, for programs: `word`, `follow:ID`, `evidence:1:ref` …"""
    question: str = ""
    about: str | None = None


class Interview:
    """One session of questions and answers about one case.

    `prompt()` says what to ask, None once there is nothing more; `hear()` takes a line that was typed and gives what
    to say about it. Every entry is saved before `hear` returns.
    """

    def __init__(
        self,
        case: Case,
        registry: Registry,
        store: Store,
        t: Language,
        *,
        policy: Policy,
        as_of: date,
        depth: Depth = "full",
        stage: Stage | None = None,
        role: Role | None = None,
    ) -> None:
        self.store, self.t, self.registry, self.role = store, t, registry, role
        self.setting = Setting(as_of=as_of, stage=stage or case.program.stage, depth=depth, policy=policy)
        self._case = case
        self._others = without(case.answers, store.answers)
        self._said: list[str] = []
        self._typed = self._retry = ""
        """What could not be saved; Enter tries it again."""
        self._is_told_who = False
        self._given: tuple[Answers, frozenset[tuple[str, str | None]]] = (Answers(), frozenset())
        self._skipped: set[tuple[str, str | None]] = set()
        self.is_over = False
        self.items: tuple[Item, ...] = self._items()
        self.by = t.word("role", role) if role else self._last_role()
        self.at: Item | None = None
        self.step = ""
        self._begin()

    # The case as it stands, and what is still to be asked

    @property
    def case(self) -> Case:
        """The case with every answer that was given so far."""
        own, others = self.store.answers, self._others
        return replace(
            self._case,
            answers=Answers(
                answers=(*others.answers, *own.answers),
                others=(*others.others, *own.others),
                settled=(*others.settled, *own.settled),
            ),
        )

    def _items(self) -> tuple[Item, ...]:
        s = self.setting
        found = items_of(self.case, self.registry, as_of=s.as_of, policy=s.policy, depth=s.depth, stage=s.stage)
        return for_role(found, self.role) if self.role else found

    def is_open(self, item: Item) -> bool:
        """Whether nobody has answered it, neither here nor in another file."""
        if self._given[0] is not self.store.answers:
            given = (*self._others.all, *self.store.answers.all)
            self._given = (self.store.answers, frozenset((one.question, one.about) for one in given))
        return not {item.key, (item.check.id, None)} & self._given[1]

    def _is_own(self, item: Item) -> bool:
        return self.store.answer_to(item.key) is not None

    @property
    def is_unsaved(self) -> bool:
        """Whether the last entry could not be saved."""
        return bool(self._retry)

    @property
    def minutes(self) -> int:
        """Rough minutes for what is still open."""
        return sum(one.check.question.minutes for one in self.items if one.check.question and self.is_open(one))

    @property
    def open_count(self) -> int:
        """How many answers are still to be given."""
        return sum(self.is_open(one) for one in self.items)

    def _last_role(self) -> str:
        return next((one.by for one in reversed(self.store.answers.answers) if one.by), "")

    # Where it stands

    def _begin(self) -> None:
        place = self.store.place()
        there = next(
            (
                one
                for one in self.items
                if one.check.id == place.get("question") and one.about == (place.get("about") or None)
            ),
            None,
        )
        step = place.get("step", "")
        if there is None:
            self._go(self._next_open(None))
        else:
            # An answer may have been saved, and the power failed before its place was noted: then it is asked again,
            # with what was saved, and nothing that belongs to it is left out.
            self._go(there, step if self._is_step(there, step) else "word")

    def _is_step(self, item: Item, step: str) -> bool:
        """Whether a noted step still fits the answer: both may have been changed by hand."""
        head, *rest = step.split(":")
        answer = self.store.answer_to(item.key)
        if answer is None:
            return False
        if head == "follow":
            return len(rest) == 1 and rest[0] in self._follow_ups(item)
        if head == "evidence":
            number = rest[0] if rest else ""
            return (
                len(rest) == 2
                and number.isdecimal()
                and len(number) < 4
                and rest[1] in EVIDENCE
                and int(number) <= len(answer.evidence)
                and (rest[1] == "kind" or int(number) < len(answer.evidence))
            )
        if head == "affected":
            return len(rest) == 1 and rest[0] in AFFECTED and (rest[0] == "asked" or answer.affected is not None)
        return step in ("reason", "more", "dissent", "by", "day")

    def _go(self, item: Item | None, step: str = "word") -> None:
        self.at, self.step = item, step if item else ""
        self.is_over = item is None
        place = {"question": item.check.id, "about": item.about or "", "step": step} if item else {}
        self.store.note_place(place)

    def _next_open(self, after: Item | None) -> Item | None:
        """The next open question that was not skipped: behind this one, else the first of all."""
        wanted = [
            (place, one) for place, one in enumerate(self.items) if self.is_open(one) and one.key not in self._skipped
        ]
        here = next((place for place, one in enumerate(self.items) if after and one.key == after.key), -1)
        return next((one for place, one in wanted if place > here), wanted[0][1] if wanted else None)

    def _follow_ups(self, item: Item) -> dict[str, str]:
        question = item.check.question
        return {one.id: one.ask for one in question.follow_ups} if question else {}

    # What is asked

    def opening(self) -> tuple[str, ...]:
        """What is said before the first question."""
        from lens.cli.plan import told_time

        t = self.t
        lines = [t.text("marking.internal")]
        count = sum(not self.is_open(one) and not self._is_own(one) for one in self.items)
        if count:
            lines.append(t.many("ask.elsewhere", count))
        case = self.case
        apart = sum(bool(case.differing(one.check.id, one.about)) for one in self.items)
        if apart:
            lines.append(t.many("ask.differing", apart))
        lines.append(t.text("ask.start", count=self.open_count, time=told_time(self.minutes, t)))
        lines.append(t.text("ask.roles-only"))
        return tuple(lines)

    def closing(self) -> tuple[str, ...]:
        """What is said at the end, or where it is stopped."""
        t = self.t
        lines = [] if self.at is not None else [t.text("ask.end")]
        left = sum(self.is_open(one) for one in self.items)
        if self.at is None and left:
            lines.append(t.many("ask.still-open", left))
        lines.append(t.text("ask.stopped", count=len(self.store.answers.answers)))
        return tuple(lines)

    def prompt(self) -> Prompt | None:
        """What is asked now; None once there is nothing more to ask."""
        if self.at is None or self.is_over:
            return None
        if not self._is_told_who and self.step == "word":
            return self._made(self._now(self.by), "ask.field.by", "by-first")
        head, *rest = self.step.split(":")
        if head == "word":
            return self._made(self._question(self.at), "ask.answer", self.step)
        if head == "follow":
            ask = self._in_words(self.at)[1][rest[0]]
            given = self._answer.follow_ups.get(rest[0])
            return self._made(
                (ask, self._choices(ANSWERS, "answer"), *self._now(given, "answer")), "ask.answer", self.step
            )
        if head == "more":
            return self._made((*self._added(), self.t.text("ask.more")), "ask.answer", self.step)
        return self._field(rest[-1] if rest else head)

    def _made(self, lines: tuple[str, ...], label: str, step: str) -> Prompt:
        item = self.at
        return Prompt(
            tuple(one for one in lines if one),
            self.t.text(label),
            step,
            item.check.id if item else "",
            item.about if item else None,
        )

    def _in_words(self, item: Item) -> tuple[Any, dict[str, str]]:
        """A check in the reader's language, and its follow-ups by their names."""
        check = check_in(item.check, self.t)
        asked = check.question
        return check, {one.id: one.ask.strip() for one in asked.follow_ups} if asked else {}

    def _question(self, item: Item) -> tuple[str, ...]:
        from lens.cli.plan import told_time

        t = self.t
        check, _ = self._in_words(item)
        keys = [one.key for one in self.items]
        number = keys.index(item.key) + 1 if item.key in keys else len(keys)
        given = self.store.answer_to(item.key)
        return (
            t.text("ask.progress", number=number, total=len(keys), time=told_time(self.minutes, t)),
            described(item.about, self._case, t),
            check.question.ask.strip(),
            self._choices(ANSWERS, "answer"),
            t.text("ask.commands"),
            *self._now(given.answer if given else None, "answer"),
        )

    def _choices(self, words: tuple[str, ...], kind: str) -> str:
        t = self.t
        return "; ".join(
            t.text("ask.label", number=number, answer=t.word(kind, word)) for number, word in enumerate(words, 1)
        )

    def _now(self, given: object, kind: str = "") -> tuple[str, ...]:
        if given in (None, ""):
            return ()
        told = self.t.word(kind, str(given)) if kind else str(given)
        return (self.t.text("ask.now", answer=told),)

    def _field(self, name: str) -> Prompt:
        """A field to fill in: its choices, what it holds now."""
        lines: tuple[str, ...] = ()
        held = self._held()
        kind = {"kind": "kind", "asked": "answer"}.get(name, "")
        if name == "kind":
            hold = self._in_words(self.at)[0].question.hold_safely if self.at else ""
            lines = (self.t.text("scaffold.hold", text=hold.strip()) if hold.strip() else "",)
            lines += (self._choices(KINDS, "kind"),)
        elif name == "asked":
            lines = (self._choices(YES_NO, "answer"),)
        lines += (self.t.text("ask.fields"),) if name in ("kind", "asked", "dissent", "by") else ()
        return self._made((*lines, *self._now(held, kind)), f"ask.field.{name}", self.step)

    def _held(self) -> object:
        """What the field of this step holds now."""
        answer = self._answer
        head, *rest = self.step.split(":")
        if head == "evidence":
            number, name = int(rest[0]), rest[1]
            return getattr(answer.evidence[number], name) if number < len(answer.evidence) else None
        if head == "affected":
            return getattr(answer.affected, rest[0]) if answer.affected else None
        return getattr(answer, "on" if head == "day" else head)

    def _added(self) -> tuple[str, ...]:
        """What stands beside the answer, a line each, so that it can be heard back."""
        t, answer = self.t, self._answer
        lines = []
        for piece in answer.evidence:
            parts = [t.word("kind", piece.kind), piece.on.isoformat() if piece.on else "", piece.ref]
            parts += [piece.held_elsewhere, piece.checked_by, piece.note]
            lines.append(f"{t.text('fact.evidence')}: {t.listed(one for one in parts if one)}")
        if affected := answer.affected:
            parts = [t.word("answer", affected.asked), affected.who, affected.how, affected.said]
            lines.append(f"{t.text('fact.affected')}: {t.listed(one for one in parts if one)}")
        if answer.dissent:
            lines.append(f"{t.text('fact.dissent')}: {answer.dissent}")
        if not answer.evidence and answer.answer in ("yes", "partly", "no"):
            lines.append(t.text("ask.rests-on-nothing"))
        return tuple(lines)

    @property
    def _answer(self) -> Answer:
        found = self.store.answer_to(self.at.key) if self.at else None
        if found is None:
            raise ValueError("there is no answer yet")  # pragma: no cover - steps behind the word have one
        return found

    # What was typed

    def hear(self, line: str) -> tuple[str, ...]:
        """Take a line that was typed, and say what there is to say about it; the next prompt says what follows."""
        self._said = []
        line = line.rstrip("\r\n")
        text, retry = clean(line), self._retry
        self._retry = ""
        if len(text) > LONGEST:
            self._said.append(self.t.text("ask.too-long", count=LONGEST))
        else:
            if text != line.replace("\t", " "):
                self._said.append(self.t.text("ask.signs-left-out"))
            self._heard(text.strip() or retry)
        if self.store.was_changed:
            self.store.was_changed = False
            self._said.append(self.t.text("ask.changed"))
        return tuple(self._said)

    def _heard(self, text: str) -> None:
        prompt = self.prompt()
        if prompt is None or self.at is None:
            return
        is_choice = prompt.step in ("word", "more") or prompt.step.startswith("follow:")
        # In the menu its own numbers come first; 7, 8, 9 and 0 are none of them.
        named = command(text, self.t, is_choice=is_choice)
        if named is not None:
            self._commanded(named, prompt.step)
        elif prompt.step == "by-first":
            self.by = (text or self.by) if not plain(text).isdecimal() else ""
            self._is_told_who = bool(self.by)
            self._said += () if self.by else (self.t.text("ask.needed"),)
        else:
            head, *rest = self.step.split(":")
            heard: Any = {
                "word": self._heard_word,
                "follow": self._heard_follow_up,
                "more": self._heard_more,
                "evidence": self._heard_evidence,
                "affected": self._heard_affected,
            }.get(head, self._heard_field)
            self._typed = text
            heard(text, *rest)

    def _commanded(self, name: str, step: str) -> None:
        assert self.at is not None  # noqa: S101 - _heard has looked
        if name == "help":
            self._said += self._help(self.at)
        elif name == "stop":
            self.is_over = True
        elif name == "skip" and step == "by-first":
            self._said.append(self.t.text("ask.needed"))
        elif name == "skip" and step == "word":
            if self.is_open(self.at):
                self._skipped.add(self.at.key)
            self._go(self._next_open(self.at))
        elif name == "skip":
            self._heard_nothing()
        elif name == "back":
            self._back(step)

    def _heard_nothing(self) -> None:
        head, *rest = self.step.split(":")
        if head == "more":
            self._finish()
        elif head == "follow":
            self._go(self.at, self._after_follow_up(rest[0]))
        else:
            self._go(self.at, self._after_field(keep=True))

    def _help(self, item: Item) -> list[str]:
        t = self.t
        check, _ = self._in_words(item)
        asked = check.question
        told = {
            "scaffold.meant": asked.help,
            "scaffold.who": t.words("role", check.who),
            "scaffold.settles": asked.settles,
            "scaffold.hold": asked.hold_safely,
        }
        lines = [t.text(name, text=text.strip()) for name, text in told.items() if text.strip()]
        documents = t.words("document", asked.documents)
        lines.append(f"{t.text('fact.why')}: {check.why.strip()}")
        if documents:
            lines.append(f"{t.text('plan.documents')}: {documents}")
        return [*lines, f"lens explain {check.id}"]

    def _back(self, step: str) -> None:
        """To what was asked before: within the question, else the question before."""
        head, *rest = step.split(":")
        if head in ("word", "by-first"):
            keys = [one.key for one in self.items]
            here = keys.index(self.at.key) if self.at and self.at.key in keys else len(keys)
            before = [one for one in self.items[:here] if self.is_open(one) or self._is_own(one)]
            if before:
                self._skipped.discard(before[-1].key)
                self._go(before[-1])
            else:
                self._said.append(self.t.text("ask.first"))
            return
        fields = {"evidence": EVIDENCE, "affected": AFFECTED}.get(head)
        if fields and (index := fields.index(rest[-1])):
            self._go(self.at, ":".join((head, *rest[:-1], fields[index - 1])))
        elif fields or head in ("dissent", "by"):
            self._go(self.at, "more")
        elif head == "day":
            self._go(self.at, "by")
        else:
            self._go(self.at)

    def _heard_word(self, text: str) -> None:
        assert self.at is not None  # noqa: S101 - _heard has looked
        given = self.store.answer_to(self.at.key)
        if not text and given is not None:
            self._go(self.at, self._after_word(given))
            return
        word = picked(text, ANSWERS, "answer", self.t)
        if word is None:
            self._said.append(self.t.text("ask.not-understood"))
            return
        new = given or Answer(question=self.at.check.id, about=self.at.about, answer="not_known", by=self.by)
        new = replace(new, answer=word, on=self.setting.as_of, by=new.by or self.by)  # type: ignore[arg-type] # one of ANSWERS
        if word != "not_applicable":
            new = replace(new, reason="")
        if not self._is_bad(word):
            new = replace(new, follow_ups={})
        if word == "known_not_safe_to_record":
            if given is not None and (given.evidence or given.affected or given.dissent or given.reason):
                self._said.append(self.t.text("ask.withheld"))
            new = Answer(
                question=new.question, about=new.about, answer="known_not_safe_to_record", by=new.by, on=new.on
            )
        before = {one.key for one in self.items}
        if not self._saved(new):
            return
        self.items = self._items()
        self._tell_of_others(before)
        if word == "not_known":
            self._said.append(self.t.text("scaffold.who", text=self.t.words("role", self.at.check.who)))
        step = self._after_word(new)
        if word in ("not_known", "known_not_safe_to_record"):
            self._finish()
        else:
            self._go(self.at, step)

    def _tell_of_others(self, before: set[tuple[str, str | None]]) -> None:
        """Questions that an answer calls for, or makes needless."""
        now = {one.key for one in self.items}
        if more := len(now - before):
            self._said.append(self.t.many("ask.calls-for", more))
        if fewer := len(before - now):
            self._said.append(self.t.many("ask.no-longer", fewer))

    def _is_bad(self, word: str) -> bool:
        """Whether an answer is a concern, so that follow-ups are asked."""
        asked = self.at.check.question if self.at else None
        return asked is not None and word in ("yes", "partly", "no") and word != asked.good

    def _after_word(self, answer: Answer) -> str:
        if answer.answer == "not_applicable":
            return "reason"
        names = list(self._follow_ups(self.at)) if self.at else []
        return f"follow:{names[0]}" if names and self._is_bad(answer.answer) else "more"

    def _heard_follow_up(self, text: str, name: str) -> None:
        answer = self._answer
        if text or name not in answer.follow_ups:
            word = picked(text, ANSWERS, "answer", self.t)
            if word is None:
                self._said.append(self.t.text("ask.not-understood"))
                return
            follow_ups: Any = {**answer.follow_ups, name: word}
            if not self._saved(replace(answer, follow_ups=follow_ups)):
                return
        self._go(self.at, self._after_follow_up(name))

    def _after_follow_up(self, name: str) -> str:
        names = list(self._follow_ups(self.at)) if self.at else []
        rest = names[names.index(name) + 1 :]
        return f"follow:{rest[0]}" if rest else "more"

    def _heard_more(self, text: str) -> None:
        if not text:
            self._finish()
            return
        typed = plain(text)
        number = int(typed) if typed.isdecimal() and len(typed) == 1 else 0
        if not 1 <= number <= len(_MORE):
            self._said.append(self.t.text("ask.not-understood"))
            return
        wanted = _MORE[number - 1]
        if wanted == "clear":
            self._saved(replace(self._answer, evidence=(), affected=None, dissent=""))
            return
        steps = {"evidence": f"evidence:{len(self._answer.evidence)}:kind", "affected": "affected:asked"}
        self._go(self.at, steps.get(wanted, wanted))

    def _finish(self) -> None:
        self._go(self._next_open(self.at))

    def _heard_evidence(self, text: str, number: str, name: str) -> None:
        answer, place = self._answer, int(number)
        is_new = place >= len(answer.evidence)
        if name == "kind":
            if not text:
                self._go(self.at, "more" if is_new else self._after_field(keep=True))
                return
            kind: Any = picked(text, KINDS, "kind", self.t)
            if kind is None:
                self._said.append(self.t.text("ask.not-understood"))
                return
            piece = Evidence(kind=kind) if is_new else replace(answer.evidence[place], kind=kind)
        else:
            value = self._value(name, text)
            if value is None:
                return
            if name == "checked_by" and text and plain(text) == plain(answer.by):
                self._said.append(self.t.text("ask.checked-by-another"))
                return
            piece = answer.evidence[place] if value is _KEEP else replace(answer.evidence[place], **{name: value})
        pieces = list(answer.evidence)
        pieces[place : place + 1] = [piece]
        if self._saved(replace(answer, evidence=tuple(pieces))):
            self._go(self.at, self._after_field())

    def _heard_affected(self, text: str, name: str) -> None:
        answer = self._answer
        if name == "asked":
            if not text:
                self._go(self.at, "more" if answer.affected is None else self._after_field(keep=True))
                return
            asked: Any = picked(text, YES_NO, "answer", self.t)
            if asked is None:
                self._said.append(self.t.text("ask.not-understood"))
                return
            made = replace(answer.affected, asked=asked) if answer.affected else Affected(asked=asked)
        else:
            assert answer.affected is not None  # noqa: S101 - asked comes first
            told: Any = {name: text} if text else {}
            made = replace(answer.affected, **told)
        if self._saved(replace(answer, affected=made)):
            self._go(self.at, "more" if name == "asked" and made.asked != "yes" else self._after_field())

    def _heard_field(self, text: str) -> None:
        """The reason, the dissent, the respondent's role, the day: fields of the answer itself."""
        answer = self._answer
        name = "on" if self.step == "day" else self.step
        value = self._value(name, text)
        if value is None:
            return
        if name in ("reason", "by") and not text and not getattr(answer, name):
            self._said.append(self.t.text("ask.needed"))
            return
        if value is not _KEEP and not self._saved(replace(answer, **{name: value})):
            return
        self._go(self.at, self._after_field())

    def _value(self, name: str, text: str) -> Any:
        """The value of a text for a field; `keep` where it was left, None where it is none."""
        if not text:
            return _KEEP
        if name != "on":
            return text
        day = day_of(text)
        if day is None:
            self._said.append(self.t.text("ask.day-form"))
        return day

    def _after_field(self, *, keep: bool = False) -> str:
        head, *rest = self.step.split(":")
        if head == "reason" and not self._answer.reason:
            return "reason" if not keep else "more"
        fields = {"evidence": EVIDENCE, "affected": AFFECTED, "by": ("by", "day")}.get(head, (head,))
        name = rest[-1] if rest else head
        after = fields[fields.index(name) + 1 :] if name in fields else ()
        if not after:
            return "more"
        return after[0] if head == "by" else ":".join((head, *rest[:-1], after[0]))

    def _saved(self, answer: Answer) -> bool:
        """Save an answer; where that fails, say so and stay."""
        try:
            self.store.keep(answer)
        except NotSavedError as reason:
            self._said.append(self.t.text("ask.not-saved", why=reason.why))
            self._retry = self._typed
            return False
        return True


def without(everything: Answers | None, own: Answers) -> Answers:
    """The answers of a case that stand in other files than the interview's own."""
    if everything is None:
        return Answers()
    left: dict[str, Any] = {}
    for one in dataclasses.fields(Answers):
        mine = list(getattr(own, one.name))
        rest = []
        for answer in getattr(everything, one.name):
            if answer in mine:
                mine.remove(answer)
            else:
                rest.append(answer)
        left[one.name] = tuple(rest)
    return Answers(**left)
