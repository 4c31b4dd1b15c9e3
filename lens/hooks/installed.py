"""What is installed beside the core: entry points, versions and digests, read from metadata without importing anything.

Each distribution is read alone, because one with broken metadata must not hide the others.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lens.errors import LensError, near
from lens.hooks.contain import contained, quietly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.metadata import Distribution, EntryPoint

    from lens.cases.policy import PluginRules

PLUGIN_GROUP = "lens"
PACK_GROUP = "lens.packs"


@dataclass(frozen=True, slots=True)
class Installed:
    """One entry point of ours: who brought it, and where it leads."""

    name: str
    kind: str
    """plugin or pack."""
    distribution: str
    version: str
    point: EntryPoint

    @property
    def module(self) -> str:
        """The top-level module that it leads to."""
        return self.point.value.partition(":")[0].strip().partition(".")[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """Which plugins and packs may be loaded."""

    only_core: bool = False
    block: frozenset[str] = frozenset()
    allow: frozenset[str] | None = None
    """Only these, where it is given."""
    python: bool = True
    """Whether plugins, which are code, may be loaded at all; packs are data."""
    preview: bool = False
    """Whether checks that are still being tried out are asked."""

    @classmethod
    def of(cls, said: PluginRules) -> Rules:
        """The rules that an agency's policy holds."""
        return cls(
            block=frozenset(said.block),
            allow=None if said.allow is None else frozenset(said.allow),
            python=said.python == "yes",
            preview=said.preview == "yes",
        )

    def with_(self, other: Rules) -> Rules:
        """Both: what either forbids is forbidden, what either wants tried out is asked."""
        lists = [one for one in (self.allow, other.allow) if one is not None]
        return Rules(
            only_core=self.only_core or other.only_core,
            block=self.block | other.block,
            allow=frozenset.intersection(*lists) if lists else None,
            python=self.python and other.python,
            preview=self.preview or other.preview,
        )

    def why_not(self, name: str, distribution: str, kind: str) -> str:
        """Why something may not be loaded; empty where it may."""
        names = {name, distribution}
        if names & self.block:
            return "blocked"
        if self.allow is not None and not names & self.allow:
            return "not on the list of what is allowed"
        if kind == "plugin" and not self.python:
            return "plugins that are code are not allowed"
        return ""

    @property
    def named(self) -> tuple[str, ...]:
        """Every name they speak of, in alphabetical order."""
        return tuple(sorted(self.block | (self.allow or frozenset())))


def installed(fault: Callable[[str, str, str], None]) -> list[Installed]:
    """Our entry points among everything installed, in order of name; what cannot be read is told to `fault`."""
    from importlib.metadata import distributions

    found: list[Installed] = []
    seen: set[str] = set()
    for dist in _in_order(distributions()):
        entries: list[EntryPoint] = []
        what = contained(partial(_take_entries, dist, entries))
        # Python looks distributions up by the name of their folder; reading what each says of itself takes long.
        key = _key(_folder(dist)) or _named(dist)
        if key in seen:
            continue  # an older copy further down the path: Python would not import it either
        seen.add(key)
        if not what and not entries:
            continue
        name = _named(dist)
        if what:
            fault(name, "reading its entry points", what)
        version = str(quietly(partial(getattr, dist, "version")) or "")
        kinds = {PLUGIN_GROUP: "plugin", PACK_GROUP: "pack"}
        found.extend(Installed(one.name, kinds[one.group], name, version, one) for one in entries)
    return sorted(found, key=lambda one: (one.name, one.kind, one.point.value, one.distribution))


def _in_order(distributions: Iterable[Distribution]) -> list[Distribution]:
    """As Python finds them; those of one folder in order of name, for a disk gives them in any order."""
    homes: dict[str, int] = {}
    keyed = []
    for dist in distributions:
        place = str(getattr(dist, "_path", ""))
        home = homes.setdefault(str(Path(place).parent), len(homes))
        keyed.append((home, Path(place).name, dist))
    return [dist for _, _, dist in sorted(keyed, key=lambda one: one[:2])]


def _folder(dist: Distribution) -> str:
    return Path(str(getattr(dist, "_path", ""))).name


def _key(folder: str) -> str:
    """The name of a distribution by that of its folder, such as `atrocity_lens-0.1.dist-info`."""
    return re.sub(r"[.-]", "_", re.sub(r"\.(dist|egg)-info$", "", folder).partition("-")[0]).lower()


def _named(dist: Distribution) -> str:
    """What a distribution calls itself, or else the folder that holds what is known of it."""
    name = quietly(partial(getattr, dist, "name"))
    return name if isinstance(name, str) and name.strip() else _folder(dist) or "a distribution without a name"


def _take_entries(dist: Distribution, into: list[EntryPoint]) -> None:
    into.extend(one for one in dist.entry_points if one.group in (PLUGIN_GROUP, PACK_GROUP))


def known(rules: Rules, here: Iterable[Installed], others: Iterable[str], said_in: str = "") -> None:
    """LensError where the rules speak of something that neither is here nor is among `others`."""
    names = {*others}.union(*({one.name, one.distribution} for one in here))
    for name in rules.named:
        if name not in names:
            hint = near(name, sorted(names)) or "`lens plugins` lists what is here."
            where = f"{said_in}: " if said_in else ""
            raise LensError(f'{where}There is no plugin or pack "{name[:60]}". {hint}')


def folder_of(one: Installed) -> Path:
    """Where a pack lies, found without importing anything of it. LensError where it is not there."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", one.point.value):
        raise LensError("its entry point must name a top-level package")
    spec = importlib.util.find_spec(one.point.value)
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise LensError("its package is not there")
    return Path(places[0])


def digest_of(one: Installed) -> str:
    """The first 16 hex digits of the sha256 over the files of a plugin's module; empty where they are not found."""
    spec = importlib.util.find_spec(one.module)
    if spec is None:
        return ""
    places = list(spec.submodule_search_locations or ())
    if places:
        home = Path(places[0])
        files = sorted(file for file in home.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    elif spec.origin:
        home, files = Path(spec.origin).parent, [Path(spec.origin)]
    else:
        return ""
    seal = sha256()
    for file in files:
        seal.update(f"{file.relative_to(home).as_posix()}\0{file.stat().st_size}\0".encode())
        seal.update(file.read_bytes())
    return seal.hexdigest()[:16]
