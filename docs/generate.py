"""Write the reference pages from the code, so that they cannot drift from it: `make docs` runs this first.

The pages lie in docs/reference/generated and are not committed. The same code gives the same bytes.
"""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import re
import sqlite3
import tempfile
import types
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import click

from lens import catalog, words
from lens.cases.fields import Form, sensitivity_of
from lens.checks.when import NOT_KNOWN_ASKS, when
from lens.cli.pages import anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lens.catalog import Item
    from lens.checks.model import Check, Question
    from lens.portfolio.analysis.tables import Table

TARGET = Path(__file__).resolve().parent / "reference" / "generated"
NOTE = "*Made from the code by `docs/generate.py`.*"
NOT_COMPLETE = (
    "```{important}\n"
    "Risk factors and indicators are our paraphrase of the UN Framework of Analysis for Atrocity Crimes (2014), never "
    "its wording. **The list is not verified complete**: nobody here has held it against the original. The official "
    "text wins. A sign is not proof, and nothing seen is not absence. See "
    "[what could not be verified](../../explanation/limits-and-misuse.md#what-could-not-be-verified).\n"
    "```"
)
FEW = 12
"""So many words of a list stand beside a field that takes them."""
ESCALATION = {"at_once": "to the escalation route at once", "senior": "to a senior reviewer"}


def main() -> None:
    """Write every page; pages of an earlier run that are no longer made are taken away."""
    made = pages()
    for old in TARGET.rglob("*.md"):
        if old.relative_to(TARGET).with_suffix("").as_posix() not in made:
            old.unlink()
    for name, text in made.items():
        file = TARGET / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def pages() -> dict[str, str]:
    """Every generated page, by name."""
    makers: dict[str, Callable[[], Iterable[str]]] = {
        "checks": check_page,
        "commands": command_page,
        "coverage": coverage_page,
        "file-formats": format_page,
        "glossary": glossary_page,
        "harm-paths": harm_page,
        "hooks": hook_page,
        "inhibitors": inhibitor_page,
        "outcomes-and-exit-codes": outcome_page,
        "pack-format": pack_page,
        "portfolio-tables": portfolio_page,
        "remedies": remedy_page,
        "research": research_page,
        "risk-factors": factor_page,
        "sector-packs": sector_pack_page,
        "sectors": sector_page,
        "sources": source_page,
        "template-variables": variable_page,
        "words": word_page,
    }
    for check in checks():
        makers[f"checks/{check.id}"] = partial(_check, check)
    for factor in catalog.items("RF").values():
        makers[f"factors/{factor.id}"] = partial(_factor, factor)
    return {name: _joined(make()) for name, make in makers.items()}


@lru_cache(maxsize=1)
def checks() -> tuple[Check, ...]:
    """Every check of the core."""
    from lens.hooks.registry import Registry

    registry = Registry(only_core=True)
    if registry.faults:
        raise SystemExit(f"Not every check loads: {registry.faults}")
    return tuple(one.check for one in registry.checks.values())


@lru_cache(maxsize=1)
def touching() -> dict[str, tuple[Check, ...]]:
    """For each id of the catalog, the checks that touch it; a factor has those of its indicators too."""
    found: dict[str, dict[str, Check]] = {}
    for check in checks():
        for item in check.touches:
            for name in (item, item.partition(".")[0]):
                found.setdefault(name, {})[check.id] = check
    return {name: tuple(by_id.values()) for name, by_id in found.items()}


def _joined(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


# Small pieces


def cell(text: object) -> str:
    """A text as it stands in a table cell or a sentence: on one line, and never read as markup."""
    flat = " ".join(str(text).split())
    return re.sub(r"([\\|<>*\[\]#])", r"\\\1", flat)


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table of cells that are ready."""
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def heading(level: int, text: str, item: str = "") -> Iterator[str]:
    """A heading, with the anchor of an id before it."""
    yield ""
    if item:
        yield f"({anchor(item)})="
    yield f"{'#' * level} {text}"
    yield ""


def link(item: str) -> str:
    """An id as a link to where it is explained, if it is."""
    found = catalog.find(item)
    if found is None or found.kind in ("view", "remedy"):
        return f"`{item}`"
    # An indicator stands in the table of its factor.
    return f"[{item}](#{anchor(item.split('.')[0])})"


def named(item: str) -> str:
    """An id with its name."""
    found = catalog.find(item)
    return f"{link(item)} {cell(found.name)}" if found else link(item)


def role(word: str) -> str:
    """A word of a list as people read it."""
    return words.spoken(word)


def sources(names: Iterable[str]) -> str:
    """Sources with title and status, each a link."""
    known = catalog.items("source")
    return "; ".join(
        f"[{cell(known[one].name)}](#{anchor(one)}) ({role(known[one].status)})" if one in known else f"`{one}`"
        for one in names
    )


def certain(item: Item) -> str:
    """Where a text comes from, and how sure that is."""
    parts = [f"origin: {role(item.origin)}", f"status: {role(item.status)}"]
    if item.certainty:
        parts.append(f"certainty: {item.certainty}")
    return ", ".join(parts)


def bullet(name: str, value: object) -> Iterator[str]:
    """A line of a list, if there is anything to say."""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(one) for one in value)
    if value:
        yield f"- **{name}:** {value}"


# Words and outcomes


def word_page() -> Iterator[str]:
    """Every closed list of words."""
    yield "# Words"
    yield NOTE
    yield ""
    yield "Every closed list of words that files, commands and reports use. Write them as they stand here."
    for name, meanings in words.MEANINGS.items():
        yield from heading(2, name.capitalize(), f"words-{name}")
        yield from table(("word", "meaning"), ((f"`{word}`", cell(text)) for word, text in meanings.items()))


def outcome_page() -> Iterator[str]:
    """What a review can come to, and how commands end."""
    yield "# Outcomes and exit codes"
    yield NOTE
    for name, before in (
        ("outcome", "The first that applies. There is none that says that all is well."),
        ("next step", "How a first look ends."),
        ("finding state", ""),
        ("open because", "Why a finding is open."),
        ("level", "How worrying. Open findings carry the level at stake."),
        ("evidence grade", "How well supported. Never mixed with the level."),
    ):
        yield from heading(2, name.capitalize())
        yield before
        yield from table(("word", "meaning"), ((f"`{w}`", cell(t)) for w, t in words.MEANINGS[name].items()))
    yield from heading(2, "Exit codes")
    yield "Of `lens review` and `lens report`:"
    yield from table(("code", "meaning"), ((code, cell(text)) for code, text in exit_codes()))
    yield "Other commands end with 0, with 2 for what you can mend, and with 3 where something did not load."
    yield "A command that you stop yourself ends with 130."


def exit_codes() -> list[tuple[str, str]]:
    """Code and meaning, as the help of `lens review` has them."""
    from lens.cli.review import review

    return re.findall(r"^\s+(\d)\s{2,}(\S.*)$", review.epilog or "", re.MULTILINE)


# Checks


def check_page() -> Iterator[str]:
    """The list of checks, each a link to its page."""
    yield "# Checks"
    yield NOTE
    yield ""
    asked = sum(one.question is not None for one in checks())
    first = sum(one.depth == "first-look" and one.question is not None for one in checks())
    yield f"{len(checks())} checks: {asked} are asked of people, {len(checks()) - asked} are computed from the files."
    yield f"{first} questions are the first look. No program is asked them all: each page says when it applies, and"
    yield "`lens plan` says which of them a case will be asked."
    for pack in dict.fromkeys(one.pack for one in checks()):
        yield from heading(2, f"Pack `{pack}`")
        yield from table(
            ("check", "", "what it asks or sees"),
            (
                (f"[`{one.id}`](#{anchor(one.id)})", _sort(one), cell(one.question.ask if one.question else one.title))
                for one in checks()
                if one.pack == pack
            ),
        )
    yield ""
    yield "```{toctree}"
    yield ":hidden:"
    yield ""
    yield from (f"checks/{one.id}" for one in checks())
    yield "```"


def _sort(check: Check) -> str:
    if check.question is None:
        return "computed"
    return "first look" if check.depth == "first-look" else "asked"


def coverage_page() -> Iterator[str]:
    """Which checks touch what: every factor, indicator, inhibitor, harm path and step."""
    yield "# Coverage"
    yield NOTE
    yield ""
    yield "Which checks touch which entry of the catalog. A test fails if one has none, so this page shows how much"
    yield "weight lies where, never that the field is covered: no list here is complete."
    for kind, title in (
        ("RF", "Risk factors, their indicators included"),
        ("indicator", "Indicators"),
        ("INH", "Inhibitors"),
        ("AH", "Harm paths"),
        ("DNH", "Effects of resource transfers"),
        ("RAFT", "RAFT"),
        ("HRDDP", "Steps of the human rights due diligence policy"),
    ):
        yield from heading(2, title)
        yield from table(
            ("entry", "checks", "which"),
            (
                (
                    named(item),
                    str(len(touching().get(item, ()))),
                    ", ".join(f"[`{one.id}`](#{anchor(one.id)})" for one in touching().get(item, ())),
                )
                for item in catalog.items(kind)
            ),
        )


def _check(check: Check) -> Iterator[str]:
    yield from heading(1, f"`{check.id}`: {check.title}", check.id)
    yield NOTE
    yield ""
    if check.question is not None:
        yield from _question(check.question)
    else:
        yield f"*Computed.* {cell(check.how)}"
    for name, text in (("Why", check.why), ("How it is judged", check.how if check.question else "")):
        if text:
            yield ""
            yield f"**{name}.** {cell(text)}"
    if check.outcomes:
        yield from table(
            ("outcome", "state", "level", "what the report says"),
            (
                (
                    f"`{name}`",
                    role(one.state) + (f" ({role(one.because)})" if one.because else ""),
                    (one.level or "") + (", escalates" if one.escalates else ""),
                    cell(one.says),
                )
                for name, one in check.outcomes.items()
            ),
        )
    yield ""
    yield from bullet("Depth", check.depth if check.depth == "full" else "first look and full")
    yield from bullet("Verdict", role(check.verdict) if check.verdict else "")
    yield from bullet("Stages", ", ".join(check.stages) or "all")
    yield from bullet("Applies", _applies(check))
    yield from bullet("Reads", ", ".join(check.needs))
    yield from bullet("Goes stale as", role(check.tendency))
    yield from bullet("Who can answer", ", ".join(role(one) for one in check.who))
    yield "- **Touches:**"
    yield from (f"  - {named(one)}" for one in check.touches)
    yield from bullet("Limits", cell(check.limits))
    if check.case is not None:
        yield from bullet("Documented case", f"{cell(check.case.text)} {sources([check.case.source])}")
    yield from bullet("Who else must act", cell(", ".join(check.others)))
    yield from bullet("What would change it", cell(check.change_our_mind))
    yield from bullet("Life cycle", check.lifecycle + (f", followed by {check.successor}" if check.successor else ""))
    yield from bullet("Sources", sources(check.sources))
    yield ""
    yield "What can be done:"
    yield ""
    for option in check.options:
        yield f"- {cell(option.do)} ({option.effort}; {role(option.who)}; `{option.id}`)"
    yield from _examples(check)


def _examples(check: Check) -> Iterator[str]:
    """A concern and what is none, each run by a test: of a question its own, of a computed check the test's table."""
    yield from heading(2, "Examples")
    if check.question is None:
        yield from _cases(check)
        return
    if check.question.examples is None:
        return
    both = check.question.examples
    for title, one in (("A concern", both.concern), ("No concern, if the evidence is in date", both.addressed)):
        then = "".join(f"; {name}: {role(answer)}" for name, answer in one.follow_ups.items())
        yield f"**{title}.** {cell(one.tells)} Answer: *{role(one.answer)}*{then}, on {role(one.evidence)} evidence."
        yield ""


def _cases(check: Check) -> Iterator[str]:
    for states, title in ((("concern",), "A concern"), (("addressed", "nothing_seen"), "No concern")):
        outcomes = [name for name, one in check.outcomes.items() if one.state in states]
        rows = ((row, told) for row in _rows(check.id) for told in row["found"] if told.split()[0] in outcomes)
        row, told = next(rows, ({}, ""))
        if not row:
            continue
        when = "" if len(row["found"]) > 1 else f", when {cell(row['when'])}"
        yield f"**{title}**{when}."
        yield ""
        yield from _fenced(_plain(_about(row, told)))
        yield ""


def _about(row: Mapping[str, Any], told: str) -> dict[str, Any]:
    """What a row of the tests hands in, its activities without those that the finding is not about."""
    given = {name: row[name] for name in ("program", "context", "answers", "escalations") if name in row}
    about = next((word for word in told.split() if word.startswith("activity:")), "")
    if about and len(activities := given["program"]["activities"]) > 1:
        own = [one for one in activities if one["id"] == about]
        given["program"] = {**given["program"], "activities": own}
    return given


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    from lens.readers.text import load_yaml

    folder = Path(__file__).resolve().parents[1] / "tests" / "checks"
    return {name: rows for file in sorted(folder.glob("*.yaml")) for name, rows in load_yaml(file).data.items()}


def _rows(name: str) -> list[Any]:
    own = list(_tables().get(name, ()))
    path = next((one for one in touching_of(name) if one.startswith("AH-")), "")
    return [*own, *(_turned(row, path) for row in _tables()["every-path"])] if path else own


def touching_of(name: str) -> tuple[str, ...]:
    """What a check touches."""
    return next(one.touches for one in checks() if one.id == name)


def _turned(data: Any, path: str) -> Any:
    if isinstance(data, dict):
        return {key: _turned(value, path) for key, value in data.items()}
    if isinstance(data, list):
        return [_turned(value, path) for value in data]
    return data.replace("PATH", path)


def _plain(data: Any) -> str:
    import yaml

    told: str = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
    told = re.sub(r"'(on|yes|no|\d{4}-\d\d-\d\d)'", r"\1", told)
    return told.replace("Canary", "…")


def _question(question: Question) -> Iterator[str]:
    yield f"> {cell(question.ask)}"
    yield ""
    yield cell(question.help)
    yield ""
    escalates = ", goes to the escalation route" if question.escalates else ""
    yield from bullet("Asked of", {"program": "the program"}.get(question.per, f"each {question.per}"))
    yield from bullet("Good answer", role(question.good))
    yield from bullet("If answered otherwise", f"{question.if_bad}{escalates}; *partly* is one level lower")
    opens = ", and opens the full review" if question.opens_full else ""
    yield from bullet("If not known", f"open, with {question.if_not_known} at stake{opens}")
    for one in question.follow_ups:
        yield from bullet(f"Then asked (`{one.id}`)", cell(one.ask))
    for one in question.readings:
        when = " and ".join(f"`{name}` is {' or '.join(role(w) for w in said)}" for name, said in one.when.items())
        yield from bullet(f"Where {when}", one.level + (", goes to the escalation route" if one.escalates else ""))
    yield from bullet("What settles it", cell(question.settles))
    yield from bullet("How to hold it safely", cell(question.hold_safely))


def _applies(check: Check) -> str:
    told = when(check.applies)
    said = " ".join(f"{lead}: {' · '.join(held)}." for lead, held in told)
    return f"{cell(said[:1].lower() + said[1:])} {NOT_KNOWN_ASKS}" if told else "always"


# Catalog


def factor_page() -> Iterator[str]:
    """The list of risk factors, and other ways to read them."""
    yield "# Risk factors"
    yield NOTE
    yield ""
    yield NOT_COMPLETE
    yield ""
    yield from heading(2, "How the Framework says to use them")
    yield "In our words."
    yield ""
    yield from (f"- {cell(one['text'])} ({role(one['status'])})" for one in catalog.around("RF")["guidance"])
    yield from _views()
    yield from heading(2, "The factors")
    yield from table(
        ("factor", "set", "crime", "leverage of a program", "checks that touch it"),
        (
            (
                named(factor.id),
                str(factor.more.get("set", "")),
                role(str(factor.more.get("crime", ""))),
                role(str(factor.more.get("leverage", ""))),
                str(len(touching().get(factor.id, ()))),
            )
            for factor in catalog.items("RF").values()
        ),
    )
    yield ""
    yield "```{toctree}"
    yield ":hidden:"
    yield ""
    yield from (f"factors/{name}" for name in catalog.items("RF"))
    yield "```"


def _factor(factor: Item) -> Iterator[str]:
    yield from heading(1, f"{factor.id}: {cell(factor.name)}", factor.id)
    yield NOTE
    yield ""
    yield NOT_COMPLETE.replace("](../../", "](../../../")
    yield ""
    yield cell(factor.text)
    yield ""
    yield from bullet("Text", certain(factor))
    yield from bullet("Tendency", f"{role(factor.tendency)} ({_marked(factor, 'tendency_status')})")
    yield from bullet("Set", f"{factor.more.get('set', '')}; crime: {role(str(factor.more.get('crime', '')))}")
    leverage = f"{role(str(factor.more.get('leverage', '')))}: how far an aid program can change it (our judgment)."
    yield from bullet("Leverage", f"{leverage} {cell(factor.more.get('leverage_note', ''))}".strip())
    yield from bullet("What programs do", [cell(one) for one in factor.texts("families")])
    yield from bullet("Who else must act", [cell(one) for one in factor.texts("others")])
    yield from bullet("Women and men", cell(factor.more.get("gender_note", "")))
    yield from bullet("Number of indicators", cell(factor.more.get("count_status", "")))
    yield from bullet("Sources", sources(factor.sources))
    yield from table(
        ("indicator", "in our words", "tendency", "escalates", "status"),
        (
            (
                one.id,
                cell(one.text) + (f" *Our own part: {cell(part)}*" if (part := one.more.get("own_part")) else ""),
                role(one.tendency),
                _escalates(one),
                ", ".join(part for part in (role(one.status), one.certainty) if part),
            )
            for one in catalog.indicators_of(factor.id)
        ),
    )
    yield from heading(2, "Checks that touch it")
    for check in touching().get(factor.id, ()):
        own = ", ".join(item for item in check.touches if item.partition(".")[0] == factor.id)
        yield f"- [`{check.id}`](#{anchor(check.id)}): {cell(check.title)} ({own})"
    yield from heading(2, "What can be done")
    options = {one.id: one for check in touching().get(factor.id, ()) for one in check.options}
    for option in options.values():
        yield f"- {cell(option.do)} ({option.effort}; {role(option.who)})"


def _escalates(indicator: Item) -> str:
    other = indicator.more.get("at_once_with")
    return f"{ESCALATION['at_once']}, with {other}" if other else ESCALATION.get(indicator.escalation, "")


def _marked(item: Item, name: str) -> str:
    return role(str(item.more.get(name, "judgement")))


def _views() -> Iterator[str]:
    yield from heading(2, "Other ways to read them")
    yield "Which indicators belong to each is our judgment."
    yield from table(
        ("view", "what it is", "research", "indicators"),
        (
            (
                cell(one.name),
                cell(one.text),
                cell(one.more.get("research", "")),
                ", ".join(link(member) for member in one.texts("members")),
            )
            for one in catalog.items("view").values()
        ),
    )


def inhibitor_page() -> Iterator[str]:
    """Inhibitors."""
    yield "# Inhibitors"
    yield NOTE
    yield ""
    yield "What restrains atrocity crimes. Beside these, a context can name local ones of any kind (`local:1`)."
    yield "INH1 to INH7 are named after the UN Secretary-General's report of 2014. Their names are recalled, not seen,"
    yield "and everything else here is our judgment. The list is not complete."
    for one in catalog.items("INH").values():
        yield from heading(2, f"{one.id}: {cell(one.name)}", one.id)
        yield cell(one.text)
        yield ""
        yield from bullet("Name", certain(one))
        yield from bullet("What programs do", [cell(text) for text in one.texts("programs_do")])
        yield from bullet("What shows it in a design", [cell(text) for text in one.texts("evidence")])
        yield from bullet("Hollow or harmful versions", [cell(text) for text in one.texts("hollow")])
        yield from bullet("Women and men", cell(one.more.get("gender_note", "")))
        yield from bullet("Risk factors it bears on", [named(text) for text in one.texts("factors")])
        yield from bullet("Sources", sources(one.sources))


def harm_page() -> Iterator[str]:
    """Harm paths and the other lists of due diligence."""
    yield "# Harm paths and due diligence"
    yield NOTE
    policy = catalog.around("HRDDP")
    scope = f"In its scope: {'; '.join(policy['in_scope'])}. Outside it: {'; '.join(policy['out_of_scope'])}."
    for kind, title, before in (
        ("AH", "Harm paths", "Ways in which aid can have a part in atrocity crimes. Our judgment."),
        (
            "HRDDP",
            "Support to security forces",
            f"Eight questions after the UN [Human Rights Due Diligence Policy](#{anchor('TERM-hrddp')}). {cell(scope)}",
        ),
        ("DNH", "Effects of what is brought in", "After CDA's Do No Harm, in our words."),
        ("RAFT", "How people are met", "After CDA's Do No Harm, in our words."),
    ):
        yield from heading(2, title)
        yield before
        for one in catalog.items(kind).values():
            yield from heading(3, f"{one.id}: {cell(one.name)}" if len(one.name) < 60 else one.id, one.id)
            yield cell(one.text)
            yield ""
            yield from bullet("The question", cell(one.more.get("question", "")))
            yield from bullet("Questions", [cell(text) for text in one.texts("questions")])
            yield from bullet("Remedy", cell(one.more.get("remedy", "")))
            yield from bullet("Where from", certain(one))
            yield from bullet("Stages", ", ".join(one.texts("stages")))
            yield from bullet("Risk factors", [named(text) for text in one.texts("factors")])
            yield from bullet("Inhibitors", [named(text) for text in one.texts("inhibitors")])
            yield from bullet("Who can best tell", ", ".join(role(text) for text in one.texts("who")))
            yield from bullet("Sources", sources(one.sources))


def research_page() -> Iterator[str]:
    """What research says on tools, and on how aid is designed."""
    tools, factors = catalog.items("TOOL").values(), catalog.items("DESIGN").values()
    around = catalog.around("TOOL")
    yield "# What research says"
    yield NOTE
    yield ""
    yield f"Counted by us from {sources(around['source'])}, version of {around['version']}. A finding is one"
    yield "report's on one outcome: *less* means that the tool goes with less of it, *more* with more."
    yield from heading(2, "Tools")
    yield from table(
        ("tool", "findings", "less", "no clear difference", "more"),
        (
            (named(one.id), *(one.more[part] for part in ("rows", "decrease", "no_or_mixed", "increase")))
            for one in tools
        ),
    )
    yield "What the counts cannot say:"
    yield ""
    yield from (f"- {cell(one)}" for one in around["caveats"])
    for one in tools:
        yield from heading(3, f"{one.id}: {cell(one.name)}", one.id)
        yield cell(one.text)
        yield ""
        yield from bullet("Reports", f"{one.more['reports']}, published {one.more['years']}")
        yield from (f"- {cell(note)}" for note in one.texts("notes"))
        yield from table(
            ("outcome", "less", "no clear difference", "more"),
            ((row["outcome"], row["decrease"], row["no_or_mixed"], row["increase"]) for row in one.more["outcomes"]),
        )
    yield from heading(2, "What goes with aid that works better")
    yield cell(around["rating"]["text"])
    yield ""
    yield "What these cannot say:"
    yield ""
    yield from (f"- {cell(one)}" for one in around["design_caveats"])
    for one in factors:
        counts = f"{one.more['supporting']} for it, {one.more['opposing']} against, {one.more['no_or_mixed']} mixed"
        yield from heading(3, f"{one.id}: {cell(one.name)}", one.id)
        yield cell(one.text)
        yield ""
        yield from bullet("Strength", f"{one.more['strength']} ({counts})")
        yield from bullet("To ask of a program", cell(one.more["asks"]))
        if one.more.get("studied_as"):
            yield from bullet("How studied", "by its opposite, with which aid works less well")
        if one.more.get("filed_as"):
            yield from bullet("Where filed", "with the context in the data, not with the design")


def glossary_page() -> Iterator[str]:
    """The field's words as this project uses them."""
    yield "# Glossary"
    yield NOTE
    yield ""
    yield "The definitions are ours and short; where a term has a home, its own text wins. Words that files and"
    yield "commands take are on the page [Words](words.md)."
    for one in catalog.items("TERM").values():
        yield from heading(2, cell(one.name), one.id)
        yield cell(one.text)
        yield ""
        yield from bullet("Also", ", ".join(one.texts("also")))
        yield from bullet("Text", certain(one))
        yield from bullet("Home", sources(one.sources))


def remedy_page() -> Iterator[str]:
    """Remedies that checks share."""
    yield "# Shared remedies"
    yield NOTE
    yield ""
    yield "What several checks propose. A pack may name one by its id alone; one action then serves all findings."
    yield "Wording, effort and role are our judgment."
    sharing: dict[str, list[str]] = {}
    for check in checks():
        for option in check.options:
            sharing.setdefault(option.id, []).append(f"[`{check.id}`](#{anchor(check.id)})")
    yield from table(
        ("id", "what to do", "effort", "who", "proposed by"),
        (
            (
                f"`{one.id}`",
                cell(one.text),
                one.more["effort"],
                role(one.more["who"]),
                ", ".join(sharing.get(one.id, ())),
            )
            for one in catalog.items("remedy").values()
        ),
    )


def sector_page() -> Iterator[str]:
    """The sector map."""
    yield "# Sectors"
    yield NOTE
    yield ""
    yield "DAC codes read through the lens, all of it our judgment: what a sector can do, for good or ill, never what a"
    yield "country is. A code of three digits stands for every code that begins with it. A broad or withdrawn code that"
    yield "is not here is looked at as all that it may stand for, at the gravest scrutiny; any other as usual, which"
    yield "says nothing against it."
    yield from table(
        ("codes", "sector", "can lower", "can support", "concerns", "harm paths", "scrutiny"),
        (
            (
                ", ".join(codes),
                cell(row.name),
                ", ".join(map(link, row.lowers)),
                ", ".join(map(link, row.inhibitors)),
                cell("; ".join(row.concerns)),
                ", ".join(map(link, row.harm_paths)),
                row.scrutiny,
            )
            for codes, row in catalog.sectors()
        ),
    )
    yield from heading(2, "Withdrawn codes")
    yield "Old data still has them. That they are withdrawn is in the DAC list; what took their place is recalled."
    gone = [code for code in catalog.dac_codes() if catalog.withdrawn(code) is not None]
    yield from table(
        ("code", "name", "now"),
        ((one, cell(catalog.dac_codes()[one]), ", ".join(catalog.withdrawn(one) or ()) or "not known") for one in gone),
    )


def source_page() -> Iterator[str]:
    """Every source with its status."""
    yield "# Sources"
    yield NOTE
    yield ""
    yield "*Seen* mostly means its opening part. *Recalled* means from knowledge of the field, not seen again."
    for one in catalog.items("source").values():
        yield from heading(2, cell(one.name), one.id)
        yield from bullet("Id", f"`{one.id}`")
        yield from bullet("Symbol", cell(one.more.get("symbol") or ""))
        yield from bullet("Year", cell(one.more.get("year") or ""))
        yield from bullet("Publisher", cell(one.more.get("publisher") or ""))
        yield from bullet("What we take from it", cell(one.more.get("what") or ""))
        yield from bullet("Status", role(one.status) + (f", certainty {one.certainty}" if one.certainty else ""))


# File formats


def format_page() -> Iterator[str]:
    """Every field of every file."""
    from lens.cases import Annex, Answers, Context, Decisions, Program
    from lens.cases.policy import Policy
    from lens.readers.boundary import class_in, hints_of

    yield "# Every field of every file"
    yield NOTE
    yield ""
    yield "[File formats](../file-formats.md) has the rules. **Who may see it**: *public* everyone; *shared* a partner"
    yield "about its own activities; *internal* the agency; *restricted* named readers. *Coarse* means that outside the"
    yield "agency only a year or a band is shown."
    parts: tuple[tuple[str, type[Any]], ...] = (
        ("program.yaml, under `program`", Program),
        ("context.yaml, under `context`", Context),
        ("answers.yaml, under `answers`", Answers),
        ("decisions.yaml, under `decisions`", Decisions),
        ("restricted.yaml", Annex),
        ("lens.toml", Policy),
    )
    seen: set[type[Any]] = set()
    for title, whole in parts:
        yield from heading(2, title)
        queue = [whole]
        while queue:
            kind = queue.pop(0)
            if kind in seen or kind.__name__ == "Published":
                continue
            seen.add(kind)
            yield from _class(kind)
            hints = hints_of(kind)
            inner = (class_in(hints[field.name]) for field in dataclasses.fields(kind))
            queue.extend(one for one in inner if one is not None)


def _class(kind: type[Any]) -> Iterator[str]:
    from lens.readers.boundary import hints_of

    yield from heading(3, kind.__name__, f"field-{kind.__name__}")
    yield cell((kind.__doc__ or "").split("\n\n")[0])
    hints = hints_of(kind)
    rows = []
    for field in dataclasses.fields(kind):
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if field.name == "published" and kind.__name__ == "Program":
            continue  # filled by readers of published data, never typed by hand
        who = sensitivity_of(field) + (", coarse" if field.metadata.get("band") else "")
        rows.append(
            (
                f"`{field.name}`" + (" (needed)" if needed else ""),
                type_in_words(hints[field.name]),
                who,
                cell(field.metadata.get("help", "")),
            )
        )
    yield from table(("field", "what it holds", "who may see it", "meaning"), rows)


def type_in_words(hint: Any) -> str:
    """A type as people say it: a list of activities, a date, one of a list of words."""
    for name, listed in words.TYPES.items():
        if hint == listed:
            return f"one of [{name}](#{anchor(f'words-{name}')})"
    if get_origin(hint) is Annotated:
        form = next((one for one in hint.__metadata__ if isinstance(one, Form)), None)
        return f"{cell(form.name.lower())}: {cell(form.example)}" if form else type_in_words(hint.__origin__)
    inner = [one for one in get_args(hint) if one not in (type(None), Ellipsis)]
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return " or ".join(type_in_words(one) for one in inner)
    if origin is tuple:
        return f"a list; each {type_in_words(inner[0])}"
    if origin is dict:
        return f"a mapping; each name {type_in_words(inner[0])}; each value {type_in_words(inner[1])}"
    if origin is Literal:
        return "one of " + ", ".join(f"`{one}`" for one in inner)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return f"[{hint.__name__}](#{anchor(f'field-{hint.__name__}')})"
    return {str: "text", int: "a whole number", bool: "yes or no"}.get(hint, str(getattr(hint, "__name__", hint)))


# Portfolios


def portfolio_page() -> Iterator[str]:
    """Every table and column of a portfolio's report, as an empty run has them."""
    from lens.portfolio.report import SQL_TYPES

    yield "# Tables of a portfolio"
    yield NOTE
    yield ""
    yield "What `lens portfolio report` gives: a file each in CSV and Parquet, a sheet each in the workbook, a table"
    yield "each in the DuckDB file, and each in HTML and Markdown, where long ones are cut. How to use them:"
    yield "[Ask your own questions of a portfolio](../../how-to/portfolio-sql.md). Columns marked *internal* are left"
    yield "out for everyone outside the agency. With `--rates`, tables of money have columns with what was converted;"
    yield "with `--by publisher`, the column `donor` is called `publisher`. Types are those of the DuckDB file; where a"
    yield "number has more decimal places, its column has them too."
    for made in portfolio_tables():
        yield from heading(2, f"`{made.name}`", f"table-{made.name}")
        yield f"**{cell(made.title)}.** {cell(made.help)}"
        yield from table(
            ("column", "type", "meaning"),
            (
                (f"`{one.name}`", SQL_TYPES[one.kind], cell(one.help) + (" *Internal.*" if one.internal else ""))
                for one in made.columns
            ),
        )


def portfolio_tables() -> tuple[Table, ...]:
    """The tables of a run with nothing in it; those that come with rates last."""
    from importlib import resources

    from lens.portfolio.analysis.analyze import analyze
    from lens.portfolio.analysis.rates import Rates

    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run.sqlite"
        with contextlib.closing(sqlite3.connect(run)) as connection:
            connection.executescript(resources.files("lens.portfolio.runs").joinpath("schema.sql").read_text("utf-8"))
        made = analyze(run, audience="internal", self_check=True).tables
        names = {one.name for one in made}
        with_rates = analyze(run, audience="internal", rates=Rates("USD", {})).tables
        return (*made, *(one for one in with_rates if one.name not in names))


# Packs


def pack_page() -> Iterator[str]:
    """Every field of a pack's files."""
    from lens.packs.form import HEAD, PackFile
    from lens.readers.boundary import class_in, hints_of

    yield "# Every field of a pack"
    yield NOTE
    yield ""
    yield "[The form of a pack](../../packs/format.md) has the rules. A field without a default has to be there. Words"
    yield "that a list allows stand where there are few; others are on the page [Words](words.md)."
    yield f"{', '.join(f'`{one}`' for one in HEAD)} stand in `pack.yaml` alone."
    seen: set[type[Any]] = set()
    queue: list[type[Any]] = [PackFile]
    while queue:
        kind = queue.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        yield from heading(2, kind.__name__, f"pack-field-{kind.__name__}")
        yield cell((kind.__doc__ or "").split("\n\n")[0])
        yield from table(("field", "what it holds", "default", "meaning"), _pack_rows(kind))
        hints = hints_of(kind)
        inner = (class_in(hints[field.name]) for field in dataclasses.fields(kind))
        queue.extend(one for one in inner if one is not None)


def sector_pack_page() -> Iterator[str]:
    """Every question and computed check of this project's own packs."""
    from lens.packs.load import load_pack

    yield "# What the three packs ask"
    yield NOTE
    yield ""
    yield "[The three packs](../../packs/three-packs.md) says what each is for. Each question says by itself when it"
    yield "applies: `lens explain ID` tells, where the pack is installed."
    for folder in sorted((Path(__file__).resolve().parents[1] / "plugins").glob("*/lens_*")):
        pack = load_pack(folder)
        yield from heading(2, f"`{pack.name}`: {cell(pack.title.lower())}")
        told = " ".join(f"{lead}: {' · '.join(held)}." for lead, held in when(pack.applies))
        yield f"{cell(told)} {NOT_KNOWN_ASKS}"
        yield from table(
            ("check", "", "what it asks or sees", "first asked at"),
            (
                (
                    f"`{one.id}`",
                    f"{one.component}, {_sort(one)}",
                    cell(one.question.ask if one.question else one.title),
                    one.stages[0] if one.stages else "any stage",
                )
                for one in sorted(pack.checks, key=lambda one: (words.COMPONENTS.index(one.component), one.order))
            ),
        )


def _pack_rows(kind: type[Any]) -> Iterator[tuple[str, ...]]:
    from lens.readers.boundary import hints_of

    hints = hints_of(kind)
    for field in dataclasses.fields(kind):
        held = type_in_words(hints[field.name]).replace(f"#{anchor('field-')}", f"#{anchor('pack-field-')}")
        yield f"`{field.name}`", held + _few(hints[field.name]), _default(field), cell(field.metadata.get("help", ""))


def _few(hint: Any) -> str:
    """The words that a list allows, where they are few enough to read in a table."""
    listed = next((one for one in _within(hint) if any(one == known for known in words.TYPES.values())), None)
    allowed = get_args(listed)
    return ": " + ", ".join(f"`{one}`" for one in allowed) if 0 < len(allowed) <= FEW else ""


def _within(hint: Any) -> Iterator[Any]:
    yield hint
    for one in get_args(hint):
        yield from _within(one)


def _default(field: dataclasses.Field[Any]) -> str:
    """The value of a field that is left out; nothing where it has to be there."""
    if field.default is not dataclasses.MISSING:
        value = field.default
    elif field.default_factory is not dataclasses.MISSING:
        value = field.default_factory()
    else:
        return "**needed**"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{one}`" for one in value) or "none"
    return "none" if value in (None, "", {}) else f"`{value}`"


# Commands, templates, hooks


def command_page() -> Iterator[str]:
    """The help of every command."""
    from lens.cli import COMMANDS, group

    yield "# Commands"
    yield NOTE
    around = click.Context(group, info_name="lens", terminal_width=100, max_content_width=100)
    yield from heading(2, "lens")
    yield from _fenced(group.get_help(around))
    for name in COMMANDS:
        command = group.get_command(around, name)
        if command is None:
            raise SystemExit(f"There is no command {name}.")
        inside = click.Context(command, info_name=name, parent=around, terminal_width=100, max_content_width=100)
        yield from heading(2, f"lens {name}")
        yield from _fenced(command.get_help(inside))


def _fenced(text: str) -> Iterator[str]:
    yield "```text"
    yield "\n".join(line.rstrip() for line in click.unstyle(text).splitlines())
    yield "```"


def variable_page() -> Iterator[str]:
    """What a report template can use."""
    from lens.reports.variables import variables_documented

    yield "# Template variables"
    yield NOTE
    yield ""
    yield "What the templates can use, those for Word too: the fields of `ReportVariables`, by their names. The other"
    yield "sections say what those are made of. See [own templates](../../how-to/own-templates.md)."
    rows: dict[str, list[tuple[str, str]]] = {}
    for kind, field, meaning in variables_documented():
        rows.setdefault(kind, []).append((f"`{field}`", cell(meaning)))
    for kind, fields in rows.items():
        yield from heading(2, kind)
        yield from table(("name", "meaning"), fields)


def hook_page() -> Iterator[str]:
    """The hooks and the classes they take, as declared."""
    from lens.hooks import specs

    yield "# Hooks as declared"
    yield NOTE
    yield ""
    yield "[Plugin hooks](../hooks/index.md) has a page for each, with a worked example."
    for name, signature, text in hooks():
        yield from heading(2, f"{name}{signature}", f"hook-{name}")
        yield from _docstring(text)
    yield from heading(2, "What hooks take and give")
    for name in specs.__all__:
        kind = getattr(specs, name)
        if not dataclasses.is_dataclass(kind):
            continue
        yield from heading(3, name)
        yield cell((kind.__doc__ or "").split("\n\n")[0])
        yield from table(
            ("field", "type"),
            ((f"`{one.name}`", f"`{str(one.type).replace('|', chr(92) + '|')}`") for one in dataclasses.fields(kind)),
        )


def hooks() -> list[tuple[str, str, str]]:
    """Name, signature as written and docstring of every hook."""
    from lens.hooks import specs

    found = []
    for name in specs.__all__:
        if name.startswith("lens_"):
            function = getattr(specs, name)
            signature = str(inspect.signature(function)).replace("'", "")
            found.append((name, signature, inspect.getdoc(function) or ""))
    return found


def _docstring(text: str) -> Iterator[str]:
    for part in text.split("\n\n"):
        flat = " ".join(part.split())
        if found := re.fullmatch(r":param (\w+): (.*)", flat):
            yield f"- `{found[1]}`: {found[2]}"
        elif found := re.fullmatch(r"\.\. versionadded:: (.*)", flat):
            yield f"New in version {found[1]}."
        else:
            yield flat
        yield ""


if __name__ == "__main__":
    main()
