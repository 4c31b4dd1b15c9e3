"""The commented files that `lens new` writes: a template, with lists and questions filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lens.languages.language import Language
    from lens.words import Depth

FILES: dict[str, str] = {
    "program": "program.yaml",
    "context": "context.yaml",
    "answers": "answers.yaml",
    "decisions": "decisions.yaml",
    "restricted": "restricted.yaml",
    "policy": "lens.toml",
    "register": "register.yaml",
    "table": "table.yaml",
}
"""The kinds of file, and what each is called."""
BESIDE = frozenset({"policy", "register", "table"})
"""Those that are no part of a case: an agency's rules, and what screening a portfolio reads."""

_WIDTH = 80
_MARK = "##= "
"""A line of a scaffold that begins so is replaced by the list it names, so that no list is written twice."""


def scaffold(
    kind: str,
    depth: Depth = "first-look",
    chosen: Mapping[str, Mapping[str, Any]] | None = None,
    language: Language | None = None,
) -> str:
    """The text of a scaffold, its lists filled in; for answers, only the questions chosen, if any are.

    Questions are asked in the language; the rest of the file, and every key in it, is English.
    """
    from lens.languages.language import english
    from lens.reports.files import template_text

    made: list[str] = []
    for line in template_text("scaffold", FILES[kind]).splitlines():
        name = line.strip()
        if not name.startswith(_MARK):
            made.append(line)
        elif name == f"{_MARK}questions":
            made.extend(_questions(english() if language is None else language, depth, chosen))
        else:
            indent = line[: len(line) - len(line.lstrip())]
            made.extend(_list(name.removeprefix(_MARK), indent))
    return "\n".join(made) + "\n"


def _list(name: str, indent: str) -> Iterator[str]:
    """A list of words or ids with their meanings, as comments."""
    from lens.words import MEANINGS

    made = _CATALOG[name]() if name in _CATALOG else MEANINGS[name].items()
    rows = list(made)
    short = max((len(word) for word, _ in rows if len(word) < 24), default=0)
    for word, meaning in rows:
        yield from _comment(f"{word:<{short}}  {meaning}", f"{indent}##   ", hang=short + 2)


def _harm_paths() -> Iterator[tuple[str, str]]:
    from lens import catalog

    for one in catalog.items("AH").values():
        yield one.id, one.text


def _inhibitors() -> Iterator[tuple[str, str]]:
    from lens import catalog

    for one in catalog.items("INH").values():
        yield one.id, one.name


def _factors() -> Iterator[tuple[str, str]]:
    from lens import catalog

    marks = {"at_once": " [at once]", "senior": " [to a senior reviewer]"}
    for factor in catalog.items("RF").values():
        yield factor.id, factor.name.upper()
        for one in catalog.indicators_of(factor.id):
            other = one.more.get("at_once_with")
            mark = f" [at once where {other} is present too]" if other else marks.get(one.escalation, "")
            yield one.id, one.text + mark


_CATALOG: Mapping[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "harm paths": _harm_paths,
    "inhibitors": _inhibitors,
    "factors": _factors,
}


def _questions(t: Language, depth: Depth, chosen: Mapping[str, Mapping[str, Any]] | None) -> Iterator[str]:
    """Every question as a commented block to be filled in, in the order in which it is asked."""
    from lens.checks.raw import raw_checks

    known = raw_checks() if chosen is None else chosen
    asked = [one for one in known.values() if one.get("question")]
    first = sorted((one for one in asked if one.get("depth") == "first-look"), key=lambda one: int(one["order"]))
    rest = [one for one in asked if one.get("depth") != "first-look"]
    for number, raw in enumerate(first, 1):
        yield from _question(raw, t, f"{number}. ")
    if rest and (depth == "full" or chosen is not None):
        yield f"  ## {'-' * 75}"
        yield f"  ## {t.text('scaffold.further')}"
        yield "  ##"
        for raw in rest:
            yield from _question(raw, t, "")
    elif chosen is None:
        yield from _comment(
            t.text("scaffold.more", count=len(rest)),
            "  ## ",
        )


def _question(raw: Mapping[str, Any], t: Language, number: str) -> Iterator[str]:
    asked = raw["question"]
    per = asked.get("per", "program")

    def say(field: str, text: str = "") -> str:
        return t.of("checks", raw["id"], f"question.{field}", text or asked.get(field, ""))

    yield from _comment(f"{number}{say('ask')}", "  ## ", hang=len(number))
    says = {
        "meant": say("help"),
        "who": t.words("role", tuple(raw.get("who", ()))),
        "settles": say("settles"),
        "hold": say("hold_safely"),
    }
    for name, text in says.items():
        if text:
            yield from _comment(t.text(f"scaffold.{name}", text=text.strip()), "  ##    ", hang=2)
    if per != "program":
        yield from _comment(t.text("scaffold.per", about=per), "  ##    ", hang=2)
    yield f"  # - question: {raw['id']}"
    if per != "program":
        yield f"  #   about: {per}:1"
    yield "  #   answer:"
    if follow_ups := asked.get("follow_ups"):
        yield "  #   follow_ups:"
        for one in follow_ups:
            yield from _comment(say(f"follow_ups.{one['id']}", one["ask"]), "  #     ## ")
            yield f"  #     {one['id']}:"
    yield "  #   by:"
    yield "  #   on:"
    yield from (f"  #   # {line}" for line in _MORE)
    yield ""


_MORE = (
    "evidence:",
    "  - kind:",
    "    on:",
    "    ref:",
    "    held_elsewhere:",
    "    checked_by:",
    "    note:",
    "affected:",
    "  asked:",
    "  who:",
    "  how:",
    "  said:",
    "dissent:",
    "reason:",
)
"""What may stand beside an answer: comments still when the block is taken in use, so that none has to be filled."""


def _comment(text: str, lead: str, *, hang: int = 0) -> Iterator[str]:
    """A text as comment lines."""
    from lens.cli.wrap import folded

    yield from folded(text.strip(), _WIDTH, first=lead, then=lead + " " * hang)
