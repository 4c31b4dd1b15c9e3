"""What `lens explain` says of a check: what it asks, when, of whom, how an answer is read, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens.cli import entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lens.catalog import Item
    from lens.checks.applies import Applies

_YES = ("yes", "true", True)


def explain_check(
    name: str, raw: Mapping[str, Any], of_pack: Applies | None, more: Mapping[str, Item] | None = None
) -> None:
    """Print a check as its file has it.

    `of_pack` says when any check of its pack applies; `more` holds what packs and plugins list beside the catalog.
    """
    from lens.words import MEANINGS, spoken

    entry.title(name, str(raw.get("title", "")))
    asked = raw.get("question") or {}
    if asked:
        _question(asked)
    for outcome, row in (raw.get("outcomes") or {}).items():
        level = f", {row['level']}" if row.get("level") else ""
        escalates = ", goes to the escalation route" if row.get("escalates") in _YES else ""
        entry.line(outcome, f"{row['says']} ({spoken(row['state'])}{level}{escalates})")
    _when(raw, of_pack)
    entry.line("why", raw.get("why"))
    entry.line("how judged", raw.get("how"))
    entry.line("limits", raw.get("limits"))
    entry.line("component", MEANINGS["component"].get(str(raw.get("component")), ""))
    entry.line("verdict", MEANINGS["due-diligence verdict"].get(str(raw.get("verdict")), ""))
    if raw.get("case"):
        entry.line("documented case", f"{raw['case']['text']} ({entry.source(raw['case']['source'], more)})")
    entry.line("who can answer", map(entry.role, raw.get("who", ())))
    entry.line("options", map(_option, raw.get("options", ())))
    entry.line("who else must act", raw.get("others", ()))
    entry.line("what would change it", raw.get("change_our_mind"))
    for what, one in _examples(asked):
        entry.line(what, one)
    entry.line("touches", (entry.named(one, more) for one in raw.get("touches", ())))
    entry.line("sources", (entry.source(one, more) for one in raw.get("sources", ())))
    if raw.get("lifecycle") in ("preview", "deprecated"):
        successor = f" Its successor is {raw['successor']}." if raw.get("successor") else ""
        entry.line("life cycle", MEANINGS["life cycle"][raw["lifecycle"]] + successor)


def _question(asked: Mapping[str, Any]) -> None:
    from lens.words import MEANINGS, spoken

    entry.line("asks", asked.get("ask"))
    entry.line("meant", asked.get("help"))
    for follow_up in asked.get("follow_ups", ()):
        entry.line(f"then ({follow_up['id']})", follow_up["ask"])
    entry.line("good answer", asked.get("good"))
    escalates = ", goes to the escalation route" if asked.get("escalates") in _YES else ""
    entry.line("if answered otherwise", f"{asked.get('if_bad')}{escalates}; partly is one level lower")
    for one in asked.get("readings", ()):
        held = " and ".join(f"{name} is {' or '.join(map(spoken, said))}" for name, said in one["when"].items())
        route = ", goes to the escalation route" if one.get("escalates") in _YES else ""
        entry.line(f"where {held}", f"{one['level']}{route}")
    opens = "; opens the full review" if asked.get("opens_full") in _YES else ""
    entry.line("if not known", f"open, with {asked.get('if_not_known')} at stake{opens}")
    entry.line("what settles it", asked.get("settles"))
    entry.line("hold it safely", asked.get("hold_safely"))
    meanings = MEANINGS["document"]
    entry.line("documents", (f"{spoken(one)}: {meanings.get(one, '')}" for one in asked.get("documents", ())))
    entry.line("minutes", f"about {asked.get('minutes', 15)}, the documents at hand and people asked; a judgment")


def _when(raw: Mapping[str, Any], of_pack: Applies | None) -> None:
    """When it is asked or computed: depth, stages, what it is asked of, and what must hold."""
    from lens.checks.when import NOT_KNOWN_ASKS, form_of, when

    per = (raw.get("question") or {}).get("per", "program")
    entry.line("depth", "first look and full review" if raw.get("depth") == "first-look" else "full review")
    entry.line("stages", ", ".join(raw.get("stages", ())) or "all")
    if raw.get("question"):
        entry.line("asked of", "the program" if per == "program" else f"each {per} where it applies or may apply")
    entry.line("reads", ", ".join(raw.get("needs", ("program",))))
    told = (*when(of_pack), *when(form_of(raw.get("applies"))))
    for lead, conditions in told:
        entry.line(lead[:1].lower() + lead[1:], conditions)
    if told:
        entry.text(NOT_KNOWN_ASKS)
    else:
        entry.line("applies", "always")


def _option(option: Mapping[str, Any]) -> str:
    from lens.catalog import find_remedy
    from lens.words import spoken

    whole = {"effort": "days", "who": "program_manager", **option, **(find_remedy(option["id"]) or {})}
    return f"{whole.get('do', '')} ({whole['effort']}; {spoken(whole['who'])}; {whole['id']})"


def _examples(asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from lens.words import spoken

    both = asked.get("examples") or {}
    for name, what in (("concern", "example, a concern"), ("addressed", "example, no concern if in date")):
        if one := both.get(name):
            then = "".join(f"; {key}: {spoken(said)}" for key, said in (one.get("follow_ups") or {}).items())
            on = f", on {spoken(one['evidence'])} evidence" if one.get("evidence") else ""
            yield what, f"{one['tells']} Answer: {spoken(one['answer'])}{then}{on}."
