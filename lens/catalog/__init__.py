"""The field's own lists: risk factors, indicators, inhibitors, harm paths, sectors, sources. Data with a typed loader.

Each list is read when it is first asked for. Every text is our paraphrase and says where it comes from and how sure
that is; nothing here claims a list complete that nobody has verified.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    origin: str
    sources: tuple[str, ...]
    certainty: str
    tendency: str
    escalation: str
    more: dict[str, Any]
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


@lru_cache(maxsize=16)
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
    "view": ("views.yaml", "views"),
    "source": ("sources.yaml", "sources"),
}
_OWN = frozenset(
    {"id", "name", "text", "status", "text_status", "origin", "source", "certainty", "tendency", "escalation"}
)

KINDS: tuple[str, ...] = tuple(_LISTS)


@lru_cache(maxsize=16)
def items(kind: str) -> dict[str, Item]:
    """All entries of one kind (`RF`, `indicator`, `INH`, `AH`, `DNH`, `RAFT`, `HRDDP`, `view`, `source`), by id."""
    name, key = _LISTS[kind]
    data = _file(name)
    return {entry["id"]: _item(kind, entry, data) for entry in data[key]}


def _item(kind: str, entry: dict[str, Any], around: dict[str, Any]) -> Item:
    source = entry.get("source") or around.get("source") or ("un-framework-2014" if kind in ("RF", "indicator") else "")
    text = entry.get("text") or entry.get("title") or entry.get("question") or ""
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
    if head in _LISTS:
        return head
    return next((kind for kind in ("view", "source") if item in items(kind)), "")


def known_ids() -> tuple[str, ...]:
    """Every id of the catalog, in the order of the lists."""
    return tuple(item for kind in KINDS for item in items(kind))


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
    return _remedies().get(name)


@lru_cache(maxsize=1)
def _remedies() -> dict[str, dict[str, Any]]:
    listed = _file("remedies.yaml")["remedies"]
    return {one["id"]: {key: value for key, value in one.items() if key != "id"} for one in listed}


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


def sector(code: str) -> Sector | None:
    """The sector map's entry for a DAC code or category: its own, else that of its longest listed prefix."""
    rows = _sectors()
    return next((rows[code[:length]] for length in range(len(code), 2, -1) if code[:length] in rows), None)


@lru_cache(maxsize=1)
def dac_codes() -> dict[str, str]:
    """Every DAC purpose code and category with its short name, withdrawn ones included."""
    data = _file("dac-codes.json")
    return {**data["groups"], **data["codes"]}


def withdrawn(code: str) -> tuple[str, ...] | None:
    """The successors of a withdrawn DAC code (perhaps none known), or None where it is not withdrawn."""
    successors = {entry["code"]: tuple(entry["successors"]) for entry in _file("sectors.yaml")["withdrawn"]}
    if code in successors:
        return successors[code]
    return () if code in _file("dac-codes.json")["withdrawn"] else None


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
