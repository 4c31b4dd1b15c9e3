"""What `lens explain` says of an entry of the catalog, and which checks touch it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lens.cli import entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens.catalog import Item

_OFFICIAL = "This is our paraphrase. The official text wins. A sign is not proof, and nothing seen is not absence."
_JUDGED = "Leverage, what a program can do, who else must act, escalation, and women and men are our judgment."
_UNMEASURED = "What it is, what programs do, what shows it and what only looks like it is our judgment, never measured."
_ASIDE = frozenset(
    {
        *("title", "crime", "set", "leverage", "leverage_note", "also", "name_status", "tendency_status"),
        *("at_once_with", "families", "others"),
    }
)
"""What is told in a line of its own, or by the line on how sure a text is."""


def explain_item(item: Item) -> None:
    """Print an entry: what it is, what the list says of it, the checks that touch it, and what it rests on."""
    from lens import catalog
    from lens.words import MEANINGS

    entry.title(item.id, item.name)
    if item.text != item.name:
        entry.text(item.text)
    entry.line("also called", ", ".join(item.texts("also")))
    if item.tendency:
        own = " The Framework's own example." if item.more.get("tendency_status") == "seen" else ""
        entry.line("tendency", f"{item.tendency}: {MEANINGS['tendency'].get(item.tendency, '')}{own}")
    # A plugin's entry may have the kind of one of ours and not its fields.
    ours = catalog.find(item.id) is item
    if ours and item.kind == "indicator":
        factor = catalog.items("RF")[item.id.partition(".")[0]]
        entry.line("risk factor", entry.named(factor.id))
        _of_factor(factor)
        entry.line(_SPOKEN["gender_note"], factor.more["gender_note"])
    else:
        _of_factor(item)
    entry.line("escalation", _escalation(item))
    (_OWN.get(item.kind, _rest) if ours else _rest)(item)
    if ours:
        _related(item)
    entry.line("checks", _checks(item))
    _known(item)


def _of_factor(factor: Item) -> None:
    """Set, crime and leverage of a risk factor, told of its indicators too."""
    from lens.words import MEANINGS, spoken

    for name in ("set", "crime"):
        entry.line(name, spoken(str(factor.more.get(name, ""))))
    if leverage := factor.more.get("leverage"):
        note = f" {factor.more['leverage_note']}" if factor.more.get("leverage_note") else ""
        entry.line("leverage", f"{spoken(leverage)}: {MEANINGS['leverage'].get(leverage, '')}{note}")
    for name in ("families", "others"):
        entry.line(_SPOKEN[name], factor.texts(name))


def _escalation(item: Item) -> str:
    from lens.words import MEANINGS

    if other := item.more.get("at_once_with"):
        return f"{MEANINGS['escalation class']['at_once'].rstrip('.')} where this is present too: {entry.named(other)}"
    told = "" if item.escalation == "none" else item.escalation
    return MEANINGS["escalation class"].get(told, told)


def _related(item: Item) -> None:
    """Entries of other lists that name a factor or indicator, or the other way round."""
    from lens import catalog

    if item.kind not in ("RF", "indicator"):
        return
    for kind, name, field in (
        ("INH", "what holds it back", "factors"),
        ("AH", "harm paths to it", "factors"),
        ("view", "part of", "members"),
    ):
        found = (one for one in catalog.items(kind).values() if _names(one.texts(field), item))
        entry.line(name, (entry.named(one.id) for one in found))


def _names(listed: tuple[str, ...], item: Item) -> bool:
    """Whether a list names an entry, the factor it belongs to, or one of its indicators."""
    factor = item.id.partition(".")[0]
    return any(one in (item.id, factor) or (item.kind == "RF" and one.partition(".")[0] == factor) for one in listed)


def _rest(item: Item) -> None:
    """Whatever else the list says, in its order."""
    from lens import catalog
    from lens.words import spoken

    for name, value in item.more.items():
        if name in _ASIDE or not isinstance(value, (str, list)):
            continue
        if name == "who":
            value = [entry.role(one) for one in value]
        elif name in ("factors", "inhibitors", "members"):
            value = [entry.named(one) for one in value]
        elif name in ("sectors", "stages"):
            value = ", ".join(value)
        entry.line(_SPOKEN.get(name) or spoken(name), value)
    if item.kind == "RF":
        entry.line("indicators", (f"{one.id}: {one.text}" for one in catalog.indicators_of(item.id)))
    if item.kind == "HRDDP":
        policy = catalog.items("TERM")["TERM-hrddp"]
        entry.line("the policy", policy.text)
        entry.line("in the scope of the policy", catalog.around("HRDDP")["in_scope"])
        entry.line("outside it", catalog.around("HRDDP")["out_of_scope"])


_SPOKEN = {
    "own_part": "our own part",
    "number_known": "its number in the Framework is known",
    "families": "what a program can do",
    "others": "who else must act",
    "gender_note": "women and men",
    "programs_do": "what programs do",
    "evidence": "what shows it in a design",
    "hollow": "what only looks like it, or does harm",
    "count_status": "how many indicators",
    "factors": "risk factors",
    "who": "who can best tell",
    "what": "what we take from it",
}
"""Names of lines that say more than the name of the field."""


def _tool(tool: Item) -> None:
    from lens import catalog

    more = tool.more
    entry.line("findings", f"{more['rows']}, of {more['reports']} reports, published {more['years']}")
    entry.table(
        (
            ("", "less", "no clear difference", "more"),
            *((one["outcome"], one["decrease"], one["no_or_mixed"], one["increase"]) for one in more["outcomes"]),
            ("all", more["decrease"], more["no_or_mixed"], more["increase"]),
        )
    )
    entry.line("notes", tool.texts("notes"))
    entry.line("what the counts cannot say", catalog.around("TOOL")["caveats"])


def _design(factor: Item) -> None:
    from lens import catalog
    from lens.words import MEANINGS

    more = factor.more
    strength = more["strength"]
    entry.line("to ask of a program", more["asks"])
    entry.line("strength of research", f"{strength}: {MEANINGS['strength of research'][strength]}")
    entry.line("findings", f"{more['supporting']} for it, {more['opposing']} against, {more['no_or_mixed']} mixed")
    if more.get("studied_as") == "opposite":
        entry.line("how studied", "by its opposite, with which aid works less well")
    if more.get("filed_as") == "context":
        entry.line("where filed", "the data lists it with the context, not with the design")
    entry.line("how it is rated", catalog.around("DESIGN")["rating"]["text"])
    entry.line("what the counts cannot say", catalog.around("DESIGN")["design_caveats"])


def _remedy(remedy: Item) -> None:
    from lens.words import MEANINGS, spoken

    entry.line("effort", f"{remedy.more['effort']}: {MEANINGS['effort'][remedy.more['effort']]}")
    entry.line("who", entry.role(remedy.more["who"]))
    entry.text(f"A pack that names {spoken(remedy.id)} by its id alone shares it, and one action serves all findings.")


_OWN: dict[str, Callable[[Item], None]] = {"TOOL": _tool, "DESIGN": _design, "remedy": _remedy}


def _known(item: Item) -> None:
    """Where the text comes from and how sure it is."""
    from lens import catalog
    from lens.words import MEANINGS, spoken

    if item.kind == "source":
        entry.line("used by", _users(item.id))
    origin = MEANINGS["origin"].get(item.origin, item.origin).rstrip(".")
    entry.line("where from", [origin, *map(entry.source, item.sources)] if item.sources else "")
    status = MEANINGS["status of a text"].get(item.status, spoken(item.status))
    meant = MEANINGS["certainty"].get(item.certainty, "")
    certainty = f" Certainty {item.certainty}: {meant}" if item.certainty else ""
    if item.kind == "RF":
        certainty += " (Of name, text and number of indicators, the least sure.)"
    what = "how sure of the name" if item.kind == "INH" else "how sure of this text"
    entry.line(what, f"{spoken(item.status)}: {status}{certainty}" if item.status else "")
    if item.kind == "INH":
        entry.text(_UNMEASURED)
    if item.kind in ("RF", "indicator"):
        entry.text(_JUDGED)
        entry.text(catalog.around("RF")["note"])
        entry.text(_OFFICIAL)


def _checks(item: Item) -> Iterator[str]:
    """The core's checks that touch an entry, those that name it first, or that share a remedy."""
    from lens.checks.raw import raw_checks

    if item.kind == "source":
        return
    found = ((name, raw["title"], _through(item, raw)) for name, raw in raw_checks().items())
    for name, title, through in sorted((one for one in found if one[2]), key=lambda one: one[2] != [item.id]):
        yield f"{name}: {title}" + (f" ({', '.join(through)})" if through != [item.id] else "")


def _through(item: Item, raw: Mapping[str, Any]) -> list[str]:
    """By which ids a check touches an entry: its own; for a factor its indicators'; for an indicator its factor's."""
    if item.kind == "remedy":
        return [one["id"] for one in raw.get("options", ()) if one["id"] == item.id]
    touched = raw.get("touches", ())
    found = [one for one in touched if item.id in (one, one.partition(".")[0])]
    return found or [one for one in touched if item.kind == "indicator" and one == item.id.partition(".")[0]]


def _users(source: str) -> Iterator[str]:
    """What rests on a source: entries of the catalog in one line, then checks."""
    from lens import catalog
    from lens.checks.raw import raw_checks

    entries = [one for kind in catalog.KINDS for one in catalog.items(kind).values() if source in one.sources]
    factors = {one.id for one in entries if one.kind == "RF"}
    if named := [one.id for one in entries if one.id.partition(".")[0] not in factors or one.kind == "RF"]:
        yield ", ".join(named)
    for name, raw in raw_checks().items():
        if source in raw.get("sources", ()) or source == (raw.get("case") or {}).get("source"):
            yield f"{name}: {raw['title']}"
