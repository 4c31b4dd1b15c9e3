"""What a template of a report can use. These names are public: they change only with the first number of the version.

Everything here is made once, after redaction, in the reader's language, and is shared by HTML and Markdown. A template
only lays it out. A test compares these fields with what the core's templates use.
"""

# ruff: noqa: RUF009 - `shown` makes a dataclasses.field; nothing is shared between instances
from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens.languages.language import Language
    from lens.reviews.model import Review


def shown(help: str, *, default: Any = dataclasses.MISSING) -> Any:  # noqa: A002 - reads as what it is at the point of use
    """Declare a field that templates can use."""
    return dataclasses.field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with a shape beside it, so that nothing is told by color alone."""

    word: str = shown("The word.")
    symbol: str = shown("A shape, for the eye only; empty for none.", default="")
    kind: str = shown("What it stands for: a CSS class.", default="")
    link: str = shown("The anchor on this page that it leads to; empty for none.", default="")


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what is told under it, a line each."""

    label: str = shown("The label.")
    lines: tuple[str, ...] = shown("What is told.")
    link: str = shown("The address of a reference page about it; empty where there is none.", default="")


@dataclass(frozen=True, slots=True)
class Banner:
    """Something nobody may overlook, above everything else."""

    kind: str = shown("draft, incomplete or recognized: a CSS class.")
    symbol: str = shown("A shape, for the eye only.")
    title: str = shown("A word or two.")
    text: str = shown("What it means.")


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """The outcome, or the next step of a first look."""

    kind: str = shown("The word of the list: a CSS class.")
    name: str = shown("The word as people read it.")
    text: str = shown("What it means.")
    reasons: tuple[str, ...] = shown("Why, a sentence each.")


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the panels of the ten-second box."""

    kind: str = shown("not-known, worrying or act: a CSS class.")
    title: str = shown("What it is about.")
    marks: tuple[Mark, ...] = shown("What matters most, each with a shape.")
    lines: tuple[str, ...] = shown("The rest, a line each.")


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is its heading."""

    kind: str = shown("actions, matrix, totals or context: a CSS class.")
    caption: str = shown("What the table shows.")
    heads: tuple[tuple[Mark, ...], ...] = shown("Column headings.")
    rows: tuple[tuple[tuple[Mark, ...], ...], ...] = shown("Rows of cells.")
    wide: bool = shown("Whether it needs a page across on paper.", default=False)


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, for one or many subjects."""

    sentence: str = shown("The sentence.")
    subjects: tuple[str, ...] = shown("What it is about, with the fingerprints, as far as they may be shown.")
    facts: tuple[Fact, ...] = shown("What was answered, evidence, dissent, decisions.")


@dataclass(frozen=True, slots=True)
class FindingShown:
    """What one check says in one state: once, with everything it is about."""

    anchor: str = shown("Its anchor on the page.")
    check: str = shown("The check's id.")
    title: str = shown("The check's title.")
    state: str = shown("The state: a CSS class.")
    marks: tuple[Mark, ...] = shown("State, level, evidence grade, escalation.")
    told: tuple[Told, ...] = shown("The sentences.")
    facts: tuple[Fact, ...] = shown("What can be done, who can find out, who else must act.")
    more: tuple[Fact, ...] = shown("Why it matters, limits, sources, what would change our mind.")
    above: tuple[Mark, ...] = shown("Where that is told already, because the check was met before; empty where not.")


@dataclass(frozen=True, slots=True)
class Bucket:
    """Findings in one state."""

    title: str = shown("The state and how many.")
    text: str = shown("What the state means.")
    collapsed: bool = shown("Whether they are folded away at first.")
    findings: tuple[FindingShown, ...] = shown("The findings, the gravest first.")


@dataclass(frozen=True, slots=True)
class Section:
    """A component of the lens, or one of the two verdicts of due diligence."""

    id: str = shown("Its anchor on the page.")
    title: str = shown("Its title.")
    text: str = shown("What it asks.")
    counts: tuple[str, ...] = shown("Counts, what is not known first.")
    buckets: tuple[Bucket, ...] = shown("Its findings by state.")
    parts: tuple[Section, ...] = shown("For due diligence: its two verdicts.", default=())


@dataclass(frozen=True, slots=True)
class Brief:
    """One page for whoever decides."""

    sought: str = shown("The decision sought, and of whom.")
    not_known: tuple[str, ...] = shown("What is open, the most at stake first.")
    worrying: tuple[str, ...] = shown("Concerns, the gravest first.")
    dissent: tuple[str, ...] = shown("Who sees it differently, as far as it may be shown.")
    options: tuple[str, ...] = shown("What can be done, most pressing first.")
    going_on: tuple[str, ...] = shown("What stands if nothing is changed.")
    withholding: tuple[str, ...] = shown("What people would lose if support were withheld, as far as anybody asked.")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One risk as a paragraph to paste into a design document."""

    title: str = shown("The concern or the open point, with its level.")
    text: str = shown("What was found or is not known, and how harm comes about.")
    measures: tuple[str, ...] = shown("What can be done, by whom, with what effort.")
    others: str = shown("Who else must act; empty where nobody is named.")
    by: str = shown("The day that is proposed for it.")
    sources: str = shown("The check's id.")


@dataclass(frozen=True, slots=True)
class ReportVariables:
    """The variables of the templates: the report, the brief and the risk section."""

    t: Callable[..., str] = shown("`t('id', name=value)` gives a text of the language file.")
    language: Language = shown("The language: its code, name and direction.")
    review: Review = shown("The review itself, redacted; see the reference of its fields.")
    style: str = shown("The style sheet, for HTML.")
    title: str = shown("The program's title, or what it is by kind.")
    subtitle: tuple[str, ...] = shown("Day, stage, depth.")
    marking: str = shown("For whom the report is, and how to handle it.")
    banners: tuple[Banner, ...] = shown("Draft, incomplete, can be recognized.")
    outcome: OutcomeShown = shown("The outcome with its reasons.")
    panels: tuple[Panel, ...] = shown("What is not known, what is worrying, who must act.")
    next_step: OutcomeShown | None = shown("How a first look ends.")
    actions: Table | None = shown("What to do, most pressing first; None for nothing.")
    actions_note: str = shown("Where the days of the actions come from.")
    matrix: Table | None = shown("Activities against factors and inhibitors, or its totals; None where there is none.")
    matrix_notes: tuple[str, ...] = shown("What is not known of the matrix.")
    legend: tuple[Mark, ...] = shown("The shapes of the matrix.")
    sections: tuple[Section, ...] = shown("Findings by component.")
    program: tuple[Fact, ...] = shown("The program, as far as it may be shown.")
    context: Table | None = shown("What is known of the places; None where there is nothing.")
    context_notes: tuple[str, ...] = shown("What is not known of the places.")
    not_checked: tuple[str, ...] = shown("What failed, and counts as not checked.")
    packs_missing: tuple[Fact, ...] = shown("Sector packs that the program calls for and that are not installed.")
    not_asked: tuple[Fact, ...] = shown("Checks not asked, by reason.")
    decisions: tuple[Fact, ...] = shown("Decisions that do not hold, or fit no finding.")
    unused_answers: tuple[str, ...] = shown("Answers to questions that no check asked.")
    notes: tuple[str, ...] = shown("Further things to be told.")
    provenance: tuple[Fact, ...] = shown("What made this review.")
    limits: tuple[str, ...] = shown("What this report does not say.")
    brief: Brief = shown("One page for whoever decides.")
    paragraphs: tuple[Paragraph, ...] = shown("Paragraphs for the risk section of a design document.")


def variables_documented() -> list[tuple[str, str, str]]:
    """Rows for the docs: class, field, meaning. The variables themselves first, then what they are made of."""
    classes = (
        ReportVariables,
        Brief,
        Paragraph,
        OutcomeShown,
        Panel,
        Banner,
        Section,
        Bucket,
        FindingShown,
        Told,
        Table,
        Fact,
        Mark,
    )
    return [(one.__name__, field.name, field.metadata["help"]) for one in classes for field in dataclasses.fields(one)]
