"""`lens explain`: what an id means, offline and at once, importing no plugin unless it must."""

from __future__ import annotations

from typing import Any

import click

from lens.cli import paint, printable


def _known(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids for shell completion: the catalog's and the core checks'."""
    from lens import catalog
    from lens.checks.raw import raw_checks

    return [name for name in (*catalog.known_ids(), *raw_checks()) if name.startswith(incomplete)]


@click.command(
    epilog="""\b
Examples
  lens explain RF7.10
  lens explain INH5
  lens explain harm.reaches-force
  lens explain escalate          a word of the report"""
)
@click.argument("item", metavar="ID", shell_complete=_known)
def explain(item: str) -> int:
    """Explain a check, factor, inhibitor or any other id.

    ID is what a report prints: RF7.10, INH5, AH-3, HRDDP-2, 15210, harm.reaches-force, or a word such as escalate.
    """
    from lens import catalog
    from lens.checks.raw import raw_checks

    found = catalog.find(item) or catalog.find(item.upper())
    if found is not None:
        _item(found)
    elif item in raw_checks():
        _check(item, raw_checks()[item])
    elif item.isdigit() and (item in catalog.dac_codes() or catalog.sector(item)):
        _sector(item)
    elif not _word(item):
        return _from_plugins(item)
    return 0


def _line(name: str, value: object) -> None:
    if isinstance(value, (list, tuple)):
        if not value:
            return
        click.echo(f"{name}:")
        for one in value:
            text = printable(f"- {one}")
            click.echo(click.wrap_text(text, width=96, initial_indent="  ", subsequent_indent="    "))
    elif value:
        click.echo(click.wrap_text(printable(f"{name}: {value}"), width=96, subsequent_indent="  "))


def _item(found: Any) -> None:
    from lens import catalog
    from lens.words import spoken

    click.echo(paint(printable(f"{found.id}  {found.name}")))
    if found.text != found.name:
        click.echo(click.wrap_text(printable(found.text), width=96))
    for name in ("tendency", "crime", "set"):
        _line(name, spoken(str(getattr(found, name, "") or found.more.get(name, ""))))
    if found.escalation and found.escalation != "none":
        _line(
            "escalation",
            {"at_once": "goes to the escalation route at once", "senior": "goes to a senior reviewer"}[
                found.escalation
            ],
        )
    for name, value in found.more.items():
        if name not in ("crime", "set", "indicators") and isinstance(value, (str, list)):
            _line(spoken(name), value)
    if found.kind == "RF":
        _line("indicators", [f"{one.id}: {one.text}" for one in catalog.indicators_of(found.id)])
    _line(
        "where from",
        f"{spoken(found.origin)}; {', '.join(_source(one) for one in found.sources)}"
        if found.sources
        else spoken(found.origin),
    )
    _line(
        "how sure of this text",
        ", ".join(part for part in (spoken(found.status), found.certainty and f"certainty {found.certainty}") if part),
    )
    if found.kind in ("RF", "indicator"):
        click.echo(
            "This is our paraphrase. The official text wins. A sign is not proof, and nothing seen is not absence."
        )


def _source(name: str) -> str:
    from lens import catalog

    found = catalog.items("source").get(name)
    if found is None:
        return name
    return ", ".join(
        part for part in (found.name, str(found.more.get("symbol") or ""), str(found.more.get("year") or "")) if part
    )


def _check(name: str, raw: dict[str, Any]) -> None:
    from lens.words import spoken

    click.echo(paint(printable(f"{name}  {raw.get('title', '')}")))
    asked = raw.get("question") or {}
    _line("asks", asked.get("ask"))
    _line("meant", asked.get("help"))
    for follow_up in asked.get("follow_ups", ()):
        _line("then", follow_up["ask"])
    if asked:
        escalates = ", goes to the escalation route" if asked.get("escalates") in ("yes", "true", True) else ""
        _line("good answer", asked.get("good"))
        _line("if answered otherwise", f"{asked.get('if_bad')}{escalates}; partly is one level lower")
        _line("if not known", f"open, with {asked.get('if_not_known')} at stake")
        _line("what settles it", asked.get("settles"))
        _line("hold it safely", asked.get("hold_safely"))
    for outcome, row in (raw.get("outcomes") or {}).items():
        level = f", {row['level']}" if row.get("level") else ""
        _line(outcome, f"{row['says']} ({spoken(row['state'])}{level})")
    _line("why", raw.get("why"))
    _line("how judged", raw.get("how"))
    _line("limits", raw.get("limits"))
    if raw.get("case"):
        _line("documented case", f"{raw['case']['text']} ({_source(raw['case']['source'])})")
    _line("who can answer", [spoken(one) for one in raw.get("who", ())])
    _line("options", [f"{one['do']} ({one['effort']}; {spoken(one['who'])})" for one in raw.get("options", ())])
    _line("who else must act", list(raw.get("others", ())))
    _line("what would change it", raw.get("change_our_mind"))
    _line("touches", ", ".join(raw.get("touches", ())))
    _line("sources", [_source(one) for one in raw.get("sources", ())])


def _sector(code: str) -> None:
    from lens import catalog

    row = catalog.sector(code)
    click.echo(paint(f"{code}  {catalog.dac_codes().get(code, row.name if row else '')}"))
    if (successors := catalog.withdrawn(code)) is not None:
        _line("withdrawn", f"now {' or '.join(successors)}" if successors else "no successor recorded")
    if row is None:
        click.echo("The sector map says nothing of this code; it is looked at as usual.")
        return
    _line("can lower", ", ".join(row.lowers))
    _line("can support", ", ".join(row.inhibitors))
    _line("concerns", row.concerns)
    _line("harm paths", ", ".join(row.harm_paths))
    _line("scrutiny", f"{row.scrutiny}: the sector's power to do harm, not the country's")
    click.echo("The map is our judgement, open to challenge.")


def _word(item: str) -> bool:
    from lens.words import MEANINGS, spoken

    rows = [
        (of, text) for of, words in MEANINGS.items() for word, text in words.items() if item in (word, spoken(word))
    ]
    for of, text in rows:
        click.echo(f"{paint(spoken(item))} ({of}): {text}")
    return bool(rows)


def _from_plugins(item: str) -> int:
    """Ask the plugins, since the core does not know; else say what is near."""
    import dataclasses
    import re

    from lens import catalog
    from lens.checks.raw import raw_checks
    from lens.errors import LensError, near
    from lens.hooks.registry import Registry

    if re.fullmatch(r"\d{1,2}\.\d{1,2}", item):
        raise LensError(f"Write RF{item} for an indicator: the letters tell it from a number.")
    registry = Registry()
    if item in registry.checks:
        _check(item, dataclasses.asdict(registry.checks[item].check))
        click.echo(f"from: {registry.checks[item].owner}")
        return 0
    if item in registry.catalog:
        _item(registry.catalog[item])
        return 0
    known = (*catalog.known_ids(), *raw_checks(), *registry.checks, *registry.catalog)
    hint = near(item, tuple(dict.fromkeys(known))) or "lens checks lists the checks."
    raise LensError(f'Nothing here is called "{item[:60]}". {hint}')
