"""Everything about one program that a check may read, with the questions checks ask of it most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cases.fields import internal, public, record
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens.cases.program import Activity, Partner, Provision

from lens.cases.annex import Annex
from lens.cases.answers import Answer, Answers, agree, joined
from lens.cases.context import Context, Evidence, FactorJudgement, InhibitorJudgement
from lens.cases.decisions import Decisions
from lens.cases.program import Program
from lens.words import Grade

IN_PLAY = frozenset({"seen", "early_signs"})


@record
class Case:
    """One program with its context, answers and decisions; what is None was not handed in."""

    program: Program = public(help="The program.")
    context: Context | None = internal(default=None, help="The judgement of its places.")
    answers: Answers | None = internal(default=None, help="People's answers.")
    decisions: Decisions = internal(factory=Decisions, help="Dispositions and escalations.")
    annex: Annex | None = internal(default=None, help="The restricted annex, read only for that audience.")

    @property
    def is_published(self) -> bool:
        """Whether the program was read from published data."""
        return self.program.published is not None

    def activity(self, ref: str) -> Activity | None:
        """The activity behind a reference."""
        return next((one for one in self.program.activities if one.id == ref), None)

    def partner(self, ref: str) -> Partner | None:
        """The partner behind a reference."""
        return next((one for one in self.program.partners if one.id == ref), None)

    def chain(self, provision: Provision) -> Iterator[Partner]:
        """Every known body that something provided passes through or ends with."""
        for ref in (*provision.through, *((provision.to,) if provision.to else ())):
            if (partner := self.partner(ref)) is not None:
                yield partner

    def reaches_force(self, activity: Activity) -> bool | None:
        """Whether anything the activity provides reaches a force, also through others; None: not known.

        A partner of the activity that is a force counts, also where nothing is said of what it is given.
        """
        kinds = {partner.kind for provision in activity.provides for partner in self.chain(provision)}
        kinds |= {partner.kind for ref in activity.partners if (partner := self.partner(ref)) is not None}
        if kinds & FORCE_KINDS:
            return True
        return None if not activity.provides or "not_known" in kinds else False

    def answers_to(self, question: str, about: str | None = None) -> Answer | None:
        """The answer to a question about this very subject, if there is one that holds.

        What was settled comes first. Several that say the same count as one; where they differ, none holds.
        """
        given = self.voices(question, about)
        return joined(given) if given and agree(given) else None

    def answer_for(self, question: str, about: str | None = None) -> Answer | None:
        """The answer that holds for a subject: its own, or one that was given for the whole program."""
        given = self._speaking(question, about)
        return joined(given) if given and agree(given) else None

    def voices(self, question: str, about: str | None = None) -> tuple[Answer, ...]:
        """What everybody answered to a question about a subject; once it is settled, that alone."""
        if self.answers is None:
            return ()
        settled = tuple(a for a in self.answers.settled if a.question == question and a.about == about)
        return settled or tuple(
            a
            for given in (self.answers.answers, self.answers.others)
            for a in given
            if a.question == question and a.about == about
        )

    def differing(self, question: str, about: str | None = None) -> tuple[Answer, ...]:
        """What those answered who answer differently for a subject, or for the whole program; empty where none do."""
        given = self._speaking(question, about)
        return () if agree(given) else given

    def _speaking(self, question: str, about: str | None) -> tuple[Answer, ...]:
        """What speaks for a subject: what was answered about it, or else about the whole program.

        Who answered for the whole program can say otherwise of one subject; others who do contradict, and silence
        nobody.
        """
        own = self.voices(question, about) if about else ()
        contradicts = bool(own) and self.answers is not None and all(one in self.answers.others for one in own)
        return (*own, *self.voices(question)) if contradicts or not own else own

    def factors_in_play(self) -> dict[str, list[FactorJudgement]]:
        """Factors of which something is seen or shows early signs, each with those judgements."""
        found: dict[str, list[FactorJudgement]] = {}
        for judgement in self.context.factors if self.context else ():
            if judgement.state in IN_PLAY:
                found.setdefault(factor_of(judgement.id), []).append(judgement)
        return found

    def inhibitors_at_work(self) -> list[InhibitorJudgement]:
        """Inhibitors that the context says work or are strained."""
        return [
            one for one in (self.context.inhibitors if self.context else ()) if one.state in ("working", "strained")
        ]


def factor_of(item: str) -> str:
    """The factor an indicator belongs to: `RF7.10` gives `RF7`; anything else is itself."""
    return item.split(".")[0] if item.startswith("RF") else item


def grade_of(evidence: tuple[Evidence, ...], *, said: bool) -> Grade:
    """The best grade among pieces of evidence; `said` is whether at least somebody stated it."""
    if any(piece.checked_by and (piece.ref or piece.held_elsewhere) for piece in evidence):
        return "checked"
    if any(piece.ref or piece.held_elsewhere for piece in evidence):
        return "documented"
    return "stated" if said or evidence else "none"


def newest(evidence: tuple[Evidence, ...], otherwise: date | None) -> date | None:
    """The day of the newest dated evidence, or `otherwise`."""
    return max((piece.on for piece in evidence if piece.on), default=otherwise)
