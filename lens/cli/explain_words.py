"""What `lens explain` says of sectors, of words, and of what is told as a table: leverage, tools, design factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cli import entry, paint, say

if TYPE_CHECKING:
    from collections.abc import Callable


def explain_sector(code: str) -> None:
    """Print what the sector map says of a DAC code: its own row, or those of all that it may stand for."""
    from lens import catalog

    row = catalog.row_of(code)
    entry.title(code, catalog.dac_codes().get(code, row.name if row else ""))
    successors = catalog.withdrawn(code)
    if successors is not None:
        now = f"now {' or '.join(successors)} (recalled; look it up)" if successors else "no successor recorded"
        entry.line("withdrawn", now)
    if row is None:
        _around(code)
        return
    entry.line("can lower", map(entry.named, row.lowers))
    entry.line("can support", map(entry.named, row.inhibitors))
    entry.line("concerns", row.concerns)
    entry.line("harm paths", map(entry.named, row.harm_paths))
    _scrutiny(row.scrutiny)
    entry.line("withdrawn names of it", catalog.replaced_by(code))
    entry.text("The map is our judgment, open to challenge.")


def _around(code: str) -> None:
    """What can be said of a code without a row: all that it may stand for."""
    from lens import catalog

    whole = catalog.sector(code)
    if whole is None:
        entry.text("The sector map says nothing of this code; it is looked at as usual, which says nothing against it.")
        return
    rows = [(one, found) for one in catalog.mapped_within(code) if (found := catalog.row_of(one)) is not None]
    entry.line(
        "look up",
        (f"{one} {catalog.dac_codes().get(one, found.name)}, scrutiny {found.scrutiny}" for one, found in rows),
    )
    entry.line("harm paths", map(entry.named, whole.harm_paths))
    _scrutiny(whole.scrutiny)
    entry.text(
        "The code itself says too little: until the one that is meant is named, it is looked at as all of these, at "
        "the gravest scrutiny."
    )


def _scrutiny(scrutiny: str) -> None:
    from lens.words import MEANINGS

    entry.line("scrutiny", f"{scrutiny}: {MEANINGS['scrutiny'][scrutiny]} Of the sector, never of a country.")


def explain_word(word: str) -> bool:
    """Print the meanings of a word of the closed lists, or a list whole; whether there was any."""
    from lens.words import MEANINGS, spoken

    wanted = spoken(word).casefold().strip()
    for name, words in MEANINGS.items():
        if name.casefold() == wanted:
            entry.title(name, "one of these words")
            entry.table((spoken(one), meaning) for one, meaning in words.items())
            return True
    rows = [(of, one, text) for of, words in MEANINGS.items() for one, text in words.items() if spoken(one) == wanted]
    for of, one, meaning in rows:
        say(f"{paint(spoken(one))} ({of}): {meaning}")
    return bool(rows)


def _leverage() -> None:
    from lens import catalog
    from lens.words import MEANINGS, spoken

    entry.title("leverage", "what an aid program can move, and who else must act")
    entry.table((spoken(one), meaning) for one, meaning in MEANINGS["leverage"].items())
    for factor in catalog.items("RF").values():
        say()
        entry.title(factor.id, factor.name)
        note = factor.more.get("leverage_note")
        entry.line("leverage", spoken(factor.more["leverage"]) + (f". {note}" if note else ""))
        entry.line("what a program can do", "; ".join(factor.texts("families")))
        entry.line("who else must act", "; ".join(factor.texts("others")))
    say()
    entry.text(
        "All of it is our judgment. Signs under RF7 and RF10 to RF14 are escalated first; what a design can do about "
        "them comes second."
    )


def _tools() -> None:
    from lens import catalog

    entry.title("tools", "how often each went with less conflict or abuse, made no clear difference, or with more")
    entry.table(
        (
            ("", "findings", "less", "no clear difference", "more"),
            *(
                (one.id, *(one.more[part] for part in ("rows", "decrease", "no_or_mixed", "increase")))
                for one in catalog.items("TOOL").values()
            ),
        )
    )
    entry.line("what the counts cannot say", catalog.around("TOOL")["caveats"])
    entry.line("source", entry.source(catalog.around("TOOL")["source"][0]))


def _design() -> None:
    from lens import catalog

    entry.title("design factors", "what goes with aid that works better")
    entry.table(
        (
            ("", "strength", "for", "against", "mixed", "what"),
            *(
                (one.id, *(one.more[part] for part in ("strength", "supporting", "opposing", "no_or_mixed")), one.name)
                for one in catalog.items("DESIGN").values()
            ),
        )
    )
    entry.line("how it is rated", catalog.around("DESIGN")["rating"]["text"])
    entry.line("what the counts cannot say", catalog.around("DESIGN")["design_caveats"])
    entry.line("source", entry.source(catalog.around("TOOL")["source"][0]))


def _framework() -> None:
    from lens import catalog
    from lens.words import spoken

    around = catalog.around("RF")
    entry.title("framework", entry.source("un-framework-2014"))
    entry.table((one.id, one.name) for one in catalog.items("RF").values())
    entry.line(
        "how it says to use it, in our words",
        (f"{one['text']} [{spoken(one['status'])}]" for one in around["guidance"]),
    )
    entry.text(around["note"])
    entry.text("The official text wins.")


TOPICS: dict[str, Callable[[], None]] = {
    "framework": _framework,
    "leverage": _leverage,
    "tools": _tools,
    "design factors": _design,
}
"""What is told as a table of its own."""


def explain_class(asked: str) -> bool:
    """Explain a class of a screened portfolio, or a rule that puts programs in one; whether there is any.

    `asked` is in small letters, with spaces for hyphens.
    """
    from lens.portfolio.programs.classes import CLASSES, RULES

    if asked in CLASSES:
        entry.title(asked, "a class of lens screen")
        entry.text(CLASSES[asked])
        entry.line(
            "a program is in it where one of these holds, and no class before it fits",
            [f"{one.id}: {one.sentence}" for one in RULES if one.name == asked],
        )
        return True
    rule = next((one for one in RULES if one.id.replace("-", " ") == asked), None)
    if rule is not None:
        entry.title(rule.id, f"why a program is in the class {rule.name!r} of lens screen")
        entry.text(rule.sentence)
    return rule is not None
