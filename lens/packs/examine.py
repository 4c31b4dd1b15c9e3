"""A pack read as a reviewer reads it: what would keep people from relying on it, and what its author should weigh.

What nothing could do without (prefix, source, option, known ids) is refused on loading already, see lens.packs.load.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.packs.form import PACK_FILE
from lens.packs.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.checks.model import Check, Question
    from lens.packs.load import Pack

_CORE_ID = re.compile(r"(RF\d+(\.\w+)?|INH\d+|AH-\d+|HRDDP-\d+|DNH-[A-Z]|RAFT-[A-Z])")


def examine(pack: Pack) -> list[Remark]:
    """Every remark about a pack, errors first, then by file and line."""
    from lens.packs.near import near_duplicates
    from lens.packs.reach import reach
    from lens.packs.sentences import sentences

    found = [*_head(pack), *_beside(pack), *near_duplicates(pack)]
    for check in pack.checks:
        for what, fix, is_error in (
            *_whole(check, pack),
            *(_question(check, check.question) if check.question else _computed(check)),
            *reach(check, pack),
            *((what, fix, False) for what, fix in sentences(check)),
        ):
            file, line = pack.lines[check.id]
            found.append(Remark(file, line, check.id, what, fix, is_error))
    return sorted(found, key=lambda one: (not one.is_error, one))


Said = tuple[str, str, bool]
"""What, what to do, and whether it is an error."""


def _head(pack: Pack) -> Iterator[Remark]:
    """Who answers for the pack, which version it is, and in which languages it speaks."""
    from lens.languages import files

    file = f"{pack.called}/{PACK_FILE}"
    needed = (
        ("title", pack.title, "Say in a few words what it is about."),
        ("owner", pack.owner, "Say who answers for it: a body, and a role in it."),
        ("version", pack.version, 'Give it one, such as version: "0.1".'),
        ("license", pack.license, "Say under which license others may use it, such as CC-BY-4.0."),
    )
    for name, value, fix in needed:
        if not value.strip():
            yield Remark(file, 1, name, "This is empty.", fix, is_error=True)
    if not pack.checks:
        yield Remark(file, 1, "questions", "The pack asks nothing.", "Give it a question.", is_error=True)
    if not files.codes_in(pack.folder):
        yield Remark(file, 1, "languages", "There is no translation, so it is told in English in every language.")
    cited = {one for check in pack.checks for one in check.sources}
    cited |= {check.case.source for check in pack.checks if check.case}
    for item in pack.items:
        if item.kind == "source" and item.id not in cited:
            where, line = pack.lines[item.id]
            yield Remark(where, line, item.id, "No check cites this source.", "Cite it, or take it out.")


def _beside(pack: Pack) -> Iterator[Remark]:
    """What lies beside the pack's files: translations that cannot be used, and files that nobody reads."""
    from lens.errors import InputError
    from lens.languages import files

    for code in sorted(files.codes_in(pack.folder)):
        for stem, file in files.translations_in(pack.folder, code):
            where = f"{pack.called}/{file.name}"
            if stem not in pack.files:
                fix = f"Call it after the file that it translates, or, if it is none, without the dot before {code}."
                yield Remark(where, 0, "languages", f"There is no {stem}.yaml.", fix, is_error=True)
            try:
                keys = files.read_translation(file, where).texts
            except InputError as reason:
                for one in reason.problems:
                    yield Remark(one.file, one.line, one.field or "languages", one.what, one.fix, is_error=True)
                continue
            for item in dict.fromkeys(item for item, _ in keys if not item.startswith(f"{pack.name}.")):
                what = "A pack is heard on its own ids alone."
                yield Remark(where, 0, item[:60], what, "Take this out; it is left out of every report.", is_error=True)
    for below in sorted(one for one in pack.folder.glob("*/*.yaml") if not one.parent.name.startswith(".")):
        name = f"{pack.called}/{below.parent.name}/{below.name}"
        yield Remark(name, 0, "file", "This is not read.", "Files of a pack lie beside pack.yaml.")


def _whole(check: Check, pack: Pack) -> Iterator[Said]:
    """What every check has, asked or computed."""
    from lens import catalog

    if not check.stages:
        yield "No stage is named, so it is asked at every stage.", "Name the stages at which it can be answered.", False
    if not any(_CORE_ID.fullmatch(one) for one in check.touches):
        yield "It touches nothing of the core's catalog.", "Name the factors, inhibitors or harm paths.", True
    if check.component == "harm" and check.verdict is None:
        yield "A harm check serves one of the two verdicts.", "Write verdict: risk, resilience or both.", True
    if all(source == "lens-judgement" for source in check.sources):
        yield "It rests on judgment alone.", "Cite what others have found, where there is something.", False
    if len(check.options) == 1:
        yield "There is one option only.", "Give a second one: people need a choice.", False
    if not check.others:
        yield "It does not say who else must act.", "Name them under others, or consider whether nobody must.", False
    for name in ("how", "limits"):
        if not getattr(check, name).strip():
            yield f"It has no {name}.", _MISSING[name], False
    if check.successor:
        known = check.successor in pack.lines or catalog.find(check.successor) is not None
        if not known and check.successor.partition(".")[0] == pack.name:
            yield f"Its successor {check.successor} is not in this pack.", "Correct the id.", True


_MISSING = {
    "how": "Say how an answer is judged.",
    "limits": "Say what it cannot see.",
}


def _question(check: Check, question: Question) -> Iterator[Said]:
    """What every question has."""
    if not question.settles.strip():
        yield "It does not say what evidence settles it.", "Write under settles what would.", True
    if not question.hold_safely.strip():
        yield (
            "It does not say how to hold that evidence.",
            "Write under hold_safely how, so that nobody is exposed.",
            False,
        )
    if not question.help.strip():
        yield (
            "It does not say what is meant.",
            "Write under help what is meant, what is not, and what partly means.",
            False,
        )
    if not question.documents:
        yield "No document is named that helps to answer it.", "Name some under documents, for `lens plan`.", False
    if question.examples is None:
        yield "It has no examples.", "Give a concern and an answer that is none; the test kit runs both.", True
    else:
        shown = question.examples
        if shown.addressed.answer != question.good:
            fix = f"Its answer must be the good one, which is {question.good}; or is good the wrong way round?"
            yield "The example of no concern is not answered well.", fix, True
        if shown.concern.answer == question.good:
            fix = f"Its answer may not be the good one, which is {question.good}; or is good the wrong way round?"
            yield "The example of a concern is answered well.", fix, True
    if check.can_escalate:
        fix = "Whoever reads this pack will look hard at it: only standing signs that people are in danger may."
        yield "It can go to the escalation route at once.", fix, False
        if "escalate-now" not in [one.id for one in check.options]:
            yield "It can escalate and does not propose it.", "Add the option escalate-now.", True


def _computed(check: Check) -> Iterator[Said]:
    """What every computed check has."""
    states = {one.state for one in check.outcomes.values()}
    if "open" not in states:
        yield "It cannot come out as not known.", "Add an outcome with state: open, and say why under because.", True
    for name, one in check.outcomes.items():
        if one.state == "open" and one.because is None:
            yield f"{name} is open and does not say why.", "Write because: not_known, not_published or another.", True
        if one.state in ("concern", "open") and one.level is None:
            yield f"{name} has no level.", "Write how worrying it is, or what is at stake.", True
