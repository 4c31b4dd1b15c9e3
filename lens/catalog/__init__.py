"""The field's own lists: risk factors, inhibitors, harm paths, tools, terms, sources … Data with a typed loader.

Each list is read when it is first asked for. Every text is our paraphrase and says where it comes from and how sure
that is; nothing here claims a list complete that nobody has verified.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from lens.readers.text import parse

if TYPE_CHECKING:
    from lens.words import Tendency


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the catalog, whatever its kind: what it is, in our words, and what that rests on."""

    id: str
    kind: str
    name: str
    text: str
    status: str
    origin: str = ""
    sources: tuple[str, ...] = ()
    certainty: str = ""
    tendency: str = ""
    escalation: str = ""
    more: dict[str, Any] = field(default_factory=dict)
    """Everything else the list says of it: leverage, families, evidence, hollow version, questions …"""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of `more`, empty where there is none."""
        found = self.more.get(name) or ()
        return (found,) if isinstance(found, str) else tuple(found)


@dataclass(frozen=True, slots=True)
class Sector:
    """What the sector map says of a DAC code: judgement about the sector's power to help or harm, not a country."""

    name: str
    lowers: tuple[str, ...] = ()
    inhibitors: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    harm_paths: tuple[str, ...] = ()
    scrutiny: str = "medium"


@lru_cache(maxsize=32)
def _file(name: str) -> Any:
    source = resources.files("lens.catalog") / name
    return parse(source.read_text("utf-8"), f"catalog/{name}", json=name.endswith(".json")).data


_LISTS: dict[str, tuple[str, str]] = {
    "RF": ("risk-factors.yaml", "factors"),
    "indicator": ("indicators.yaml", "indicators"),
    "INH": ("inhibitors.yaml", "inhibitors"),
    "AH": ("harm-paths.yaml", "paths"),
    "DNH": ("transfer-effects.yaml", "effects"),
    "RAFT": ("transfer-effects.yaml", "raft"),
    "HRDDP": ("hrddp.yaml", "steps"),
    "TOOL": ("tools.yaml", "tools"),
    "DESIGN": ("tools.yaml", "design_factors"),
    "TERM": ("glossary.yaml", "terms"),
    "view": ("views.yaml", "views"),
    "remedy": ("remedies.yaml", "remedies"),
    "source": ("sources.yaml", "sources"),
}
_OWN = frozenset(
    {"id", "name", "text", "do", "status", "text_status", "origin", "source", "certainty", "tendency", "escalation"}
)

KINDS: tuple[str, ...] = tuple(_LISTS)
_WITHOUT_FORM = ("view", "remedy", "source")
"""The kinds whose ids are plain words, so that only looking tells which list has one."""


@lru_cache(maxsize=32)
def items(kind: str) -> dict[str, Item]:
    """All entries of one kind, one of KINDS, by id."""
    name, key = _LISTS[kind]
    data = _file(name)
    return {entry["id"]: _item(kind, entry, data) for entry in data[key]}


def _item(kind: str, entry: dict[str, Any], around: dict[str, Any]) -> Item:
    source = entry.get("source") or around.get("source") or ("un-framework-2014" if kind in ("RF", "indicator") else "")
    text = entry.get("text") or entry.get("title") or entry.get("question") or entry.get("do") or ""
    return Item(
        id=entry["id"],
        kind=kind,
        name=entry.get("name") or entry.get("title") or text,
        text=text,
        status=entry.get("text_status") or entry.get("status") or around.get("status", ""),
        origin=entry.get("origin") or around.get("origin") or ("un" if kind == "indicator" else "ours"),
        sources=(source,) if isinstance(source, str) and source else tuple(source),
        certainty=entry.get("certainty", ""),
        tendency=entry.get("tendency", ""),
        escalation=entry.get("escalation", ""),
        more={name: value for name, value in entry.items() if name not in _OWN},
    )


def find(item: str) -> Item | None:
    """The entry behind an id of any kind, or None."""
    kind = kind_of(item)
    return items(kind).get(item) if kind else None


def kind_of(item: str) -> str:
    """Which list an id belongs to, by its form; empty where none."""
    if item.startswith("RF"):
        return "indicator" if "." in item else "RF"
    head = item.split("-")[0].rstrip("0123456789")
    if head.isupper() and head in _LISTS:
        return head
    return next((kind for kind in _WITHOUT_FORM if item in items(kind)), "")


def known_ids() -> tuple[str, ...]:
    """Every id of the catalog, in the order of the lists."""
    return tuple(item for kind in KINDS for item in items(kind))


def called(name: str) -> tuple[Item, ...]:
    """What people mean who write an id or a name in any case: `rf7.10`, `Responsible business`, `CAH`."""
    exact = find(name)
    if exact is not None and exact.kind not in _WITHOUT_FORM:
        return (exact,)
    wanted = _plain(name)
    return tuple(
        one
        for kind in KINDS
        for one in items(kind).values()
        if wanted in (_plain(one.id), *map(_plain, (one.name, *one.texts("also"))))
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace("_", " ").split())


def indicators_of(factor: str) -> tuple[Item, ...]:
    """The indicators of a risk factor, in their order."""
    return tuple(item for name, item in items("indicator").items() if name.split(".")[0] == factor)


def paths_for(provided: str) -> tuple[str, ...]:
    """The harm paths to look at for a kind of thing provided."""
    return tuple(_file("harm-paths.yaml")["provided"].get(provided, ()))


def tendency_of(item: str) -> Tendency:
    """How fast a judgement of this id goes stale; what the catalog does not say counts as mixed."""
    found = find(item)
    tendency = found.tendency if found else ""
    return tendency if tendency in ("structural", "dynamic") else "mixed"  # type: ignore[return-value] # narrowed by the test


def find_remedy(name: str) -> dict[str, Any] | None:
    """What a remedy that several checks share says: do, effort, who; None where there is none of that id."""
    found = items("remedy").get(name)
    return {"do": found.text, "effort": found.more["effort"], "who": found.more["who"]} if found else None


def around(kind: str) -> dict[str, Any]:
    """What a list says around its entries: whether it is complete, its caveats, how it rates, what lies in scope."""
    name, _ = _LISTS[kind]
    lists = {key for file, key in _LISTS.values() if file == name}
    return {key: value for key, value in _file(name).items() if key not in lists}


@dataclass(frozen=True, slots=True)
class KnownPack:
    """A sector pack that lens knows of, installed or not."""

    name: str
    distribution: str
    title: str
    asks: str
    applies: dict[str, Any]
    """When it is called for, as its own `pack.yaml` has it."""


@lru_cache(maxsize=1)
def known_packs() -> tuple[KnownPack, ...]:
    """The sector packs that lens knows of, by name."""
    return tuple(KnownPack(**entry) for entry in _file("packs.yaml")["packs"])


@lru_cache(maxsize=1)
def _sectors() -> dict[str, Sector]:
    made = {}
    for entry in _file("sectors.yaml")["sectors"]:
        row = Sector(
            name=entry["name"],
            lowers=tuple(entry.get("lowers") or ()),
            inhibitors=tuple(entry.get("inhibitors") or ()),
            concerns=tuple(entry.get("concerns") or ()),
            harm_paths=tuple(entry.get("harm_paths") or ()),
            scrutiny=entry["scrutiny"],
        )
        made.update(dict.fromkeys(entry["codes"], row))
    return made


def sectors() -> tuple[tuple[tuple[str, ...], Sector], ...]:
    """The sector map, a row at a time: its codes and what it says of them."""
    rows: dict[Sector, list[str]] = {}
    for code, row in _sectors().items():
        rows.setdefault(row, []).append(code)
    return tuple((tuple(codes), row) for row, codes in rows.items())


@lru_cache(maxsize=1024)
def sector(code: str) -> Sector | None:
    """What the sector map says of a DAC code or category; None where it says nothing.

    Without a row of its own, a code counts as all that it may stand for: no withdrawn or broad code hides a sector that
    calls for due diligence always.
    """
    return row_of(code) or _together(code)


def row_of(code: str) -> Sector | None:
    """The row that the sector map has for a DAC code or category itself, else for its longest listed prefix."""
    rows = _sectors()
    return next((rows[code[:length]] for length in range(len(code), 2, -1) if code[:length] in rows), None)


def may_stand_for(code: str) -> tuple[str, ...]:
    """The successors of a withdrawn DAC code, or the codes in use that begin with a category."""
    successors = withdrawn(code)
    if successors is not None:
        return successors
    within = (one for one in dac_codes() if len(code) == 3 and one.startswith(stem(code)) and one != code)
    return tuple(one for one in within if withdrawn(one) is None)


def stem(code: str) -> str:
    """What the codes begin with that a DAC code stands for: `15` for the main sector 150, else the code itself.

    A few main sectors have several categories and no code of their own in today's list; AidData and old files use them.
    """
    return code.rstrip("0") if code in _file("dac-codes.json")["main"] else code


def mapped_within(code: str) -> tuple[str, ...]:
    """Those of the codes that a DAC code may stand for of which the sector map has a row."""
    return tuple(one for one in may_stand_for(code) if row_of(one))


_GRAVEST_FIRST = ("high", "medium", "triage")


def _together(code: str) -> Sector | None:
    """All that a code may stand for in one, at the gravest scrutiny; what has no row is looked at as usual."""
    found = [row_of(one) for one in may_stand_for(code)]
    rows = [row for row in found if row is not None]
    if not rows:
        return None
    called_for = {row.scrutiny if row is not None else "medium" for row in found}
    return Sector(
        name=dac_codes()[code],
        lowers=tuple(dict.fromkeys(one for row in rows for one in row.lowers)),
        inhibitors=tuple(dict.fromkeys(one for row in rows for one in row.inhibitors)),
        concerns=tuple(dict.fromkeys(one for row in rows for one in row.concerns)),
        harm_paths=tuple(path for path in items("AH") if any(path in row.harm_paths for row in rows)),
        scrutiny=next(one for one in _GRAVEST_FIRST if one in called_for),
    )


@lru_cache(maxsize=1)
def dac_codes() -> dict[str, str]:
    """Every DAC purpose code, category and main sector with its short name, withdrawn ones included."""
    data = _file("dac-codes.json")
    return {**data["main"], **data["groups"], **data["codes"]}


def withdrawn(code: str) -> tuple[str, ...] | None:
    """The successors of a withdrawn DAC code (perhaps none known), or None where it is not withdrawn."""
    successors = {entry["code"]: tuple(entry["successors"]) for entry in _file("sectors.yaml")["withdrawn"]}
    if code in successors:
        return successors[code]
    return () if code in _file("dac-codes.json")["withdrawn"] else None


def replaced_by(code: str) -> tuple[str, ...]:
    """The withdrawn codes that a code took the place of."""
    return tuple(entry["code"] for entry in _file("sectors.yaml")["withdrawn"] if code in entry["successors"])


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, str]]:
    """ISO 3166 code of two letters to its code of three and its short name."""
    return {code: (row[0], row[1]) for code, row in _file("countries.json").items()}


def is_country(code: str) -> bool:
    """Whether a code is a country's; XA to XZ are kept for invented ones."""
    return code in countries() or (len(code) == 2 and code[0] == "X" and code[1].isupper())


def country_name(code: str) -> str:
    """A country's short English name; the code itself for invented ones."""
    found = countries().get(code)
    return found[1] if found else code


@lru_cache(maxsize=1)
def _region_names() -> dict[str, str]:
    """Of the names under which a region is published, the one that says that it is a region or unspecified."""
    return {
        code: next((one for one in names if one.endswith(("regional", "unspecified"))), names[0])
        for code, names in _file("country-names.json")["regions"].items()
    }


def region_name(code: str) -> str:
    """The English name of a region, by its code as published; the code itself where it has none that is known."""
    return _region_names().get(code, code)


def escalation_class(item: str) -> str:
    """`at_once`, `senior` or `none` for a factor or indicator; a factor has its indicators' gravest class."""
    if "." in item:
        found = items("indicator").get(item)
        return found.escalation if found else "none"
    classes = {one.escalation for one in indicators_of(item)}
    if classes == {"at_once"}:
        return "at_once"
    # A factor judged as a whole may stand on any of its indicators: somebody senior asks which.
    return "senior" if classes & {"at_once", "senior"} else "none"


def file_of(kind: str) -> str:
    """The file that a list stands in, without its ending."""
    return _LISTS[kind][0].removesuffix(".yaml")
