"""Everything that is registered, by whom, and what failed: the core first, then plugins and packs, in order of name.

A plugin or pack that is broken is a row here, and everything else goes on.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens.checks import CORE_PACKS
from lens.errors import InputError, LensError, near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from importlib.metadata import Distribution, EntryPoint

    import pluggy

    from lens.catalog import Item
    from lens.checks.applies import Applies
    from lens.checks.model import Check, Run
    from lens.hooks.packs import Pack
    from lens.hooks.specs import EvidenceSource, Reader, ReadProgram, Renderer
    from lens.languages.language import Language

CORE = "lens"
PLUGIN_GROUP = "lens"
PACK_GROUP = "lens.packs"
RESERVED = frozenset({*CORE_PACKS, CORE})


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that did not load or run: who, where, and what happened, without any value of the case."""

    owner: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A check with its function and the distribution that gave it."""

    check: Check
    run: Run | None
    owner: str
    of_pack: Applies | None = None
    """When any check of its pack applies."""


@dataclass(slots=True)
class Source:
    """A plugin or pack: who, which version, what it gave."""

    name: str
    kind: str
    version: str
    gives: list[str] = field(default_factory=list)
    digest: str = ""
    blocked: bool = False


def contained(action: Callable[[], Any]) -> str:
    """Do something that is not ours; what it raised, as the name of the error, or nothing.

    Plugins may raise anything, exit included. Only the name is kept: a message could carry values of the case.
    """
    try:
        action()
    except KeyboardInterrupt:
        raise
    except BaseException as reason:  # noqa: BLE001 - a plugin must not take a review down
        return type(reason).__name__
    return ""


def _take_entries(dist: Distribution, into: list[EntryPoint]) -> None:
    into.extend(one for one in dist.entry_points if one.group in (PLUGIN_GROUP, PACK_GROUP))


def _quietly(action: Callable[[], Any]) -> Any:
    """What an action gives, or None where it raises."""
    given: list[Any] = []
    contained(lambda: given.append(action()))
    return given[0] if given else None


class Registry:
    """What the core and its plugins give. Each kind of thing is collected when it is first asked for."""

    def __init__(self, *, only_core: bool = False, block: Iterable[str] = ()) -> None:
        self.only_core = only_core
        self.block = frozenset(block)
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}

    @cached_property
    def plugins(self) -> pluggy.PluginManager:
        """The plugin manager, with the core and every plugin that could be imported."""
        import pluggy as pluggy_

        from lens import __version__
        from lens.hooks import core, specs

        manager = pluggy_.PluginManager("lens")
        manager.add_hookspecs(specs)
        manager.register(core, name=CORE)
        self.sources[CORE] = Source(CORE, "core", __version__)
        for name, entry in self._entries(PLUGIN_GROUP):
            self._import(manager, name, entry)
        return manager

    def _entries(self, group: str) -> Iterator[tuple[str, EntryPoint]]:
        """Entry points of a group in order of name; blocked ones are noted and left out."""
        taken: set[str] = set()
        for owner, version, entry in self._installed:
            if entry.group != group:
                continue
            kind = "plugin" if group == PLUGIN_GROUP else "pack"
            if entry.name in taken or entry.name in RESERVED:
                self._fault(owner, f"{kind} {entry.name}", "the name is taken")
                continue
            taken.add(entry.name)
            name = entry.name
            source = Source(name, kind, version)
            self.sources[f"{kind}:{name}"] = source
            if name in self.block or owner in self.block:
                source.blocked = True
                continue
            yield name, entry

    @cached_property
    def _installed(self) -> list[tuple[str, str, EntryPoint]]:
        """Our entry points among everything installed: owner, version and entry, in order of name.

        Each distribution is read alone, because one with broken metadata must not hide the others.
        """
        if self.only_core:
            return []
        from importlib.metadata import distributions

        found: list[tuple[str, str, EntryPoint]] = []
        seen: set[str] = set()
        for number, dist in enumerate(distributions()):
            entries: list[EntryPoint] = []
            what = contained(partial(_take_entries, dist, entries))
            name = str(_quietly(partial(getattr, dist, "name")) or f"distribution {number + 1}")
            if name in seen:
                continue  # an older copy further down the path: Python would not import it either
            seen.add(name)
            if what:
                self._fault(name, "reading its entry points", what)
            version = str(_quietly(partial(getattr, dist, "version")) or "") if entries else ""
            found.extend((name, version, entry) for entry in entries)
        known = {name for name, _, _ in found} | {entry.name for _, _, entry in found}
        for name in sorted(self.block - known):
            raise LensError(f'There is no plugin or pack "{name[:60]}" to block. {near(name, sorted(known))}'.rstrip())
        return sorted(found, key=lambda one: (one[2].name, one[2].value, one[0]))

    def _import(self, manager: pluggy.PluginManager, name: str, entry: EntryPoint) -> None:
        def load() -> None:
            manager.register(entry.load(), name=name)

        if what := contained(load):
            manager.unregister(name=name) if manager.has_plugin(name) else None
            self._fault(name, "loading the plugin", what)
            return
        plugin = manager.get_plugin(name)
        unknown = [
            f"{one.plugin_name}: {hook}"
            for hook in sorted(vars(manager.hook))
            if getattr(manager.hook, hook).spec is None
            for one in getattr(manager.hook, hook).get_hookimpls()
            if one.plugin is plugin
        ]
        for one in unknown:
            self._fault(name, "registering the plugin", f"there is no hook {one}")

    def _fault(self, owner: str, where: str, what: str) -> None:
        fault = Fault(owner, where, what)
        if fault not in self.faults:
            self.faults.append(fault)

    def _collect(self, hook: str, register: Callable[[str], Callable[..., None]]) -> None:
        """Call one hook of the core and of each plugin, one by one, so that one that fails fails alone."""
        impls = getattr(self.plugins.hook, hook).get_hookimpls()
        for impl in sorted(impls, key=lambda one: (one.plugin_name != CORE, one.plugin_name)):
            owner = impl.plugin_name
            arguments = {"register": register(owner)}
            given = {name: arguments[name] for name in impl.argnames if name in arguments}
            if what := contained(partial(impl.function, **given)):
                self._fault(owner, hook, what)

    def _take(self, into: list[Any] | dict[str, Any], key: str, kind: str) -> Callable[[str], Callable[[Any], None]]:
        """A maker of `register` functions that refuse what is not a `kind`, or has the name of another."""

        def for_owner(owner: str) -> Callable[[Any], None]:
            def register(thing: Any) -> None:
                if type(thing).__name__ != kind:
                    self._fault(owner, f"registering a {kind}", f"this is a {type(thing).__name__}")
                    return
                name = getattr(thing, key)
                if any(getattr(one, key) == name for one in into):
                    self._fault(owner, f"registering {name}", "the name is taken")
                    return
                into.append(thing)  # type: ignore[union-attr] # lists only
                self._gives(owner, f"{kind.lower()} {name}")

            return register

        return for_owner

    def _gives(self, owner: str, what: str) -> None:
        source = self.sources.get(owner) or self.sources.get(f"plugin:{owner}") or self.sources.get(f"pack:{owner}")
        if source is not None:
            source.gives.append(what)

    @cached_property
    def readers(self) -> list[Reader]:
        """Input formats, the core's first."""
        found: list[Reader] = []
        self._collect("lens_readers", self._take(found, "name", "Reader"))
        return found

    @cached_property
    def renderers(self) -> dict[str, Renderer]:
        """Output formats, by name."""
        found: list[Renderer] = []
        self._collect("lens_renderers", self._take(found, "name", "Renderer"))
        return {one.name: one for one in found}

    @cached_property
    def evidence(self) -> list[EvidenceSource]:
        """Sources of notes about places."""
        found: list[EvidenceSource] = []
        self._collect("lens_evidence", self._take(found, "name", "EvidenceSource"))
        return found

    @cached_property
    def commands(self) -> dict[str, tuple[str, str]]:
        """Subcommands that plugins give: name to help and target."""
        found: dict[str, tuple[str, str]] = {}

        def for_owner(owner: str) -> Callable[..., None]:
            def register(name: str, help: str, target: str) -> None:  # noqa: A002 - see the hook
                if name in found or not re.fullmatch(r"[a-z][a-z0-9-]*", name) or ":" not in target:
                    self._fault(owner, f"registering the command {name[:40]}", "the name is taken or not valid")
                    return
                found[name] = (help, target)
                self._gives(owner, f"command {name}")

            return register

        self._collect("lens_commands", for_owner)
        return found

    @cached_property
    def catalog(self) -> dict[str, Item]:
        """Catalog entries that plugins give beside the core's, by id."""
        from lens import catalog

        found: dict[str, Item] = {}

        def for_owner(owner: str) -> Callable[..., None]:
            def register(kind: str, load: Callable[[], Iterable[Item]]) -> None:
                self._gives(owner, f"catalog {kind}")
                if owner == CORE:
                    return  # the core's lists are read when they are asked for
                for item in load():
                    if item.id in found or catalog.find(item.id) is not None:
                        self._fault(owner, f"catalog entry {item.id}", "the id is taken")
                    else:
                        found[item.id] = item

            return register

        self._collect("lens_catalog", for_owner)
        return found

    @cached_property
    def checks(self) -> dict[str, Registered]:
        """Every check, by id, in a fixed order: component, order, id."""
        from lens.words import COMPONENTS

        found: dict[str, Registered] = {}
        forms = {(pack.name, owner): pack.applies for pack, owner in self.packs}

        def for_owner(owner: str) -> Callable[..., None]:
            def register(check: Check, run: Run | None = None) -> None:
                self._add(found, Registered(check, run, owner, forms.get((check.pack, owner))))

            return register

        self._collect("lens_checks", for_owner)
        for pack, owner in self.packs:
            for check in pack.checks:
                if check.question is not None:
                    self._add(found, Registered(check, None, owner, pack.applies))
                elif check.id not in found:
                    self._fault(owner, check.id, "it has no function")
        return dict(
            sorted(
                found.items(),
                key=lambda one: (COMPONENTS.index(one[1].check.component), one[1].check.order, one[0]),
            )
        )

    def _add(self, found: dict[str, Registered], new: Registered) -> None:
        check = new.check
        if type(check).__name__ != "Check":
            self._fault(new.owner, "registering a check", f"this is a {type(check).__name__}")
        elif check.pack in RESERVED and new.owner != CORE:
            self._fault(new.owner, check.id, "ids of the core cannot be taken")
        elif check.id in found:
            self._fault(new.owner, check.id, f"the id is taken by {found[check.id].owner}")
        elif (check.question is None) == (new.run is None):
            self._fault(new.owner, check.id, "a check is either a question or has a function")
        else:
            found[check.id] = new
            self._gives(new.owner, f"check {check.id}")

    @cached_property
    def packs(self) -> list[tuple[Pack, str]]:
        """Every pack that loaded, the core's first, each with its owner."""
        from lens.hooks import core
        from lens.hooks.packs import load_pack

        _ = self.plugins
        found = [(pack, CORE) for pack in core.packs()]
        for name, entry in self._entries(PACK_GROUP):
            try:
                folder = self._folder(entry)
                pack = load_pack(folder, called=name)
            except InputError as reason:
                for problem in reason.problems:
                    self._fault(
                        name,
                        problem.file,
                        f"{problem.field}: {problem.what}" if problem.field else problem.what,
                    )
            except (LensError, OSError, ValueError, ImportError) as reason:
                self._fault(
                    name,
                    "loading the pack",
                    str(reason) if isinstance(reason, LensError) else type(reason).__name__,
                )
            else:
                if pack.name != name:
                    self._fault(name, "loading the pack", f"it calls itself {pack.name}")
                    continue
                self.sources[f"pack:{name}"].digest = pack.digest
                found.append((pack, name))
        return found

    def language(self, code: str, translations: Path | None = None) -> Language:
        """A language with the translations that packs bring beside their texts; see lens.languages.language."""
        from lens.languages.language import SOURCE, language

        if code == SOURCE:
            return language()
        return language(code, translations, [pack.folder for pack, owner in self.packs if owner != CORE])

    def _folder(self, entry: EntryPoint) -> Path:
        """Where a pack lies, found without importing anything of it."""
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", entry.value):
            raise LensError("its entry point must name a top-level package")
        spec = importlib.util.find_spec(entry.value)
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not places:
            raise LensError("its package is not there")
        return Path(places[0])

    def does(self, owner: str, where: str, action: Callable[[], Any]) -> Any:
        """What a plugin's function gives; where it raises, None, and the fault is noted."""
        given: list[Any] = []
        if what := contained(lambda: given.append(action())):
            self._fault(owner, where, what)
        return given[0] if given else None

    def reads(self, reader: Reader, path: Path, activity: str | None) -> ReadProgram:
        """What a reader makes of a file; an InputError that names the reader where it fails in any other way."""
        from lens.errors import Problem

        try:
            return reader.read(path, activity)
        except (LensError, KeyboardInterrupt):
            raise
        except BaseException as reason:  # noqa: BLE001 - a reader may be a plugin, and may raise anything
            kind = type(reason).__name__
            raise InputError(
                Problem(str(path), what=f"The reader {reader.name} failed on this file ({kind}).")
            ) from None

    def finished(self, review: Any) -> list[Fault]:
        """Tell every plugin of a finished review; what failed."""
        before = len(self.faults)
        impls = self.plugins.hook.lens_review_finished.get_hookimpls()
        for impl in sorted(impls, key=lambda one: (one.plugin_name != CORE, one.plugin_name)):
            given = {"review": review} if "review" in impl.argnames else {}
            if what := contained(partial(impl.function, **given)):
                self._fault(impl.plugin_name, "lens_review_finished", what)
        return self.faults[before:]
