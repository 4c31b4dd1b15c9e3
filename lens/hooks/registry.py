"""Everything that is registered, by whom, and what failed: the core first, then plugins and packs, in order of name.

A plugin or pack that is broken is a row here, and everything else goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lens.checks import CORE_PACKS
from lens.errors import InputError, LensError
from lens.hooks.installed import Rules, contained, digest_of, folder_of, installed, known, quietly

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pluggy

    from lens.catalog import Item
    from lens.checks.applies import Applies
    from lens.checks.model import Check, Run
    from lens.hooks.installed import Installed
    from lens.hooks.specs import EvidenceSource, Reader, ReadProgram, Renderer
    from lens.languages.language import Language
    from lens.packs.load import Pack

CORE = "lens"
RESERVED = frozenset({*CORE_PACKS, CORE})


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something that did not load or run: who, where, and what happened, without any value of the case."""

    owner: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A check with its function and who gave it."""

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
    """core, plugin or pack."""
    version: str
    distribution: str = ""
    """What was installed; empty for a pack that was named as a folder."""
    gives: list[str] = field(default_factory=list)
    digest: str = ""
    left_out: str = ""
    """Why it was not loaded, though it is here; empty where it was."""
    seconds: float = 0.0
    """How long its import took."""


class Registry:
    """What the core and its plugins give. Each kind of thing is collected when it is first asked for.

    `rules` say which plugins and packs may be loaded; `packs` are folders of packs that are not installed. A registry
    serves reviews under one set of rules: a policy that has others needs a registry of its own.
    """

    def __init__(self, rules: Rules | None = None, *, only_core: bool = False, packs: Iterable[Path] = ()) -> None:
        self.rules = (rules or Rules()).with_(Rules(only_core=only_core))
        self.pack_folders = tuple(packs)
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}

    def obey(self, rules: Rules, said_in: str = "") -> None:
        """Take an agency's rules on top of its own. LensError for unknown names, and once anything is loaded."""
        both = self.rules.with_(rules)
        if both == self.rules:
            return
        if self.sources:
            raise LensError(
                "Plugins were loaded before the policy that rules them was read. Use a new registry for each policy."
            )
        self.rules = both
        self._knows(rules, said_in)

    def _knows(self, rules: Rules, said_in: str = "") -> None:
        if rules.named:
            from lens.catalog import known_packs

            own = (name for one in known_packs() for name in (one.name, one.distribution))
            known(rules, installed(lambda *_: None), (*own, *(one.name for one in self.pack_folders)), said_in)

    @cached_property
    def plugins(self) -> pluggy.PluginManager:
        """The plugin manager, with the core and every plugin that could be imported."""
        import pluggy as pluggy_

        from lens import __version__
        from lens.hooks import core, specs

        manager = pluggy_.PluginManager("lens")
        manager.add_hookspecs(specs)
        manager.register(core, name=CORE)
        self.sources[CORE] = Source(CORE, "core", __version__, "atrocity-lens")
        for one in self._entries("plugin"):
            self._import(manager, one)
        return manager

    def _entries(self, kind: str) -> Iterator[Installed]:
        """What is installed of a kind, in order of name; what may not be loaded is noted and left out."""
        taken: set[str] = set()
        for one in self._installed:
            if one.kind != kind:
                continue
            if one.name in RESERVED or one.name in taken or self._owners[one.name] != one.distribution:
                whose = CORE if one.name in RESERVED else self._owners[one.name]
                self._fault(one.distribution, f"{kind} {one.name}", f"the name is taken by {whose}")
                continue
            taken.add(one.name)
            source = Source(one.name, kind, one.version, one.distribution)
            self.sources[f"{kind}:{one.name}"] = source
            source.left_out = self.rules.why_not(one)
            if not source.left_out:
                yield one

    @cached_property
    def _installed(self) -> list[Installed]:
        """Everything of ours that is installed, in order of name."""
        if self.rules.only_core:
            return []
        self._knows(self.rules)
        return installed(self._fault)

    @cached_property
    def _owners(self) -> dict[str, str]:
        """Which distribution a name belongs to: packs come before plugins, so that no code can take over a pack's."""
        order = sorted(self._installed, key=lambda one: (one.kind != "pack", one.distribution))
        return {one.name: one.distribution for one in reversed(order)}

    def _import(self, manager: pluggy.PluginManager, one: Installed) -> None:
        name = one.name
        source = self.sources[f"plugin:{name}"]
        source.digest = str(quietly(partial(digest_of, one)) or "")
        begun = perf_counter()
        what = contained(lambda: manager.register(one.point.load(), name=name))
        source.seconds = perf_counter() - begun
        if what:
            manager.unregister(name=name) if manager.has_plugin(name) else None
            self._fault(name, "loading the plugin", what)
            return
        plugin = manager.get_plugin(name)
        unknown = [
            f"{each.plugin_name}: {hook}"
            for hook in sorted(vars(manager.hook))
            if getattr(manager.hook, hook).spec is None
            for each in getattr(manager.hook, hook).get_hookimpls()
            if each.plugin is plugin
        ]
        for hook in unknown:
            self._fault(name, "registering the plugin", f"there is no hook {hook}")

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

    def _gives(self, owner: str, what: str, kind: str = "plugin") -> None:
        source = self.sources.get(owner) or self.sources.get(f"{kind}:{owner}")
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
        """Catalog entries that plugins and packs give beside the core's, by id."""
        from lens import catalog

        found: dict[str, Item] = {}

        def take(owner: str, item: Item) -> None:
            if item.id in found or catalog.find(item.id) is not None:
                self._fault(owner, f"catalog entry {item.id}", "the id is taken")
            else:
                found[item.id] = item

        def for_owner(owner: str) -> Callable[..., None]:
            def register(kind: str, load: Callable[[], Iterable[Item]]) -> None:
                self._gives(owner, f"catalog {kind}")
                if owner == CORE:
                    return  # the core's lists are read when they are asked for
                for item in load():
                    take(owner, item)

            return register

        self._collect("lens_catalog", for_owner)
        for pack, owner in self.packs:
            for item in pack.items:
                take(owner, item)
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
        runs = self._marked(found)
        for pack, owner in self.packs:
            for check in pack.checks:
                if check.question is not None:
                    self._add(found, Registered(check, None, owner, pack.applies), "pack")
                elif (run := runs.pop((self._distribution(owner, "pack"), check.id), None)) is not None:
                    self._add(found, Registered(check, run, owner, pack.applies), "pack")
                elif check.id not in found:
                    self._fault(owner, check.id, "it has no function")
        for distribution, name in runs:
            self._fault(distribution, name, "no pack of the same distribution describes this check")
        return dict(
            sorted(
                found.items(),
                key=lambda one: (COMPONENTS.index(one[1].check.component), one[1].check.order, one[0]),
            )
        )

    def _marked(self, found: dict[str, Registered]) -> dict[tuple[str, str], Run]:
        """The marked functions of plugins: those marked with a whole check are added, the others wait for a pack."""
        from lens.checks.marks import marked

        waiting: dict[tuple[str, str], Run] = {}
        for name, plugin in sorted(self.plugins.list_name_plugin()):
            if name == CORE or plugin is None:
                continue
            for of, run in quietly(lambda plugin=plugin: list(marked(plugin))) or ():  # type: ignore[misc] # bound now
                if isinstance(of, str):
                    waiting.setdefault((self._distribution(name, "plugin"), of), run)
                else:
                    self._add(found, Registered(of, run, name))
        return waiting

    def _distribution(self, owner: str, kind: str) -> str:
        source = self.sources.get(f"{kind}:{owner}")
        return (source.distribution if source else "") or owner

    def _prefixes(self, owner: str) -> frozenset[str]:
        """The prefixes of ids that an owner may give: its own name, and the packs of its distribution."""
        own = self._distribution(owner, "plugin")
        packs = (one.name for one in self.sources.values() if one.kind == "pack" and one.distribution == own)
        return frozenset({owner, *packs})

    def _add(self, found: dict[str, Registered], new: Registered, kind: str = "plugin") -> None:
        check = new.check
        if type(check).__name__ != "Check":
            self._fault(new.owner, "registering a check", f"this is a {type(check).__name__}")
        elif check.pack in RESERVED and new.owner != CORE:
            self._fault(new.owner, check.id, "ids of the core cannot be taken")
        elif new.owner != CORE and check.pack not in self._prefixes(new.owner):
            self._fault(new.owner, check.id, f"its ids begin with {new.owner}.")
        elif check.id in found:
            self._fault(new.owner, check.id, f"the id is taken by {found[check.id].owner}")
        elif (check.question is None) == (new.run is None):
            self._fault(new.owner, check.id, "a check is either a question or has a function")
        else:
            found[check.id] = new
            self._gives(new.owner, f"check {check.id}", kind)

    @cached_property
    def packs(self) -> list[tuple[Pack, str]]:
        """Every pack that loaded, the core's first, each with its owner."""
        from lens.hooks import core

        _ = self.plugins
        found = [(pack, CORE) for pack in core.packs()]
        for one in self._entries("pack"):
            self._load(one.name, partial(folder_of, one), found)
        for folder in self.pack_folders:
            self._named(folder, found)
        return found

    def _named(self, folder: Path, found: list[tuple[Pack, str]]) -> None:
        """Load a pack that was named as a folder; the same one, installed, gives way to it."""
        from lens.packs.load import name_in

        name = name_in(folder)
        if name in RESERVED:
            raise LensError(f"{folder}: {name} is the name of a pack of the core. Choose another.")
        found[:] = [(pack, owner) for pack, owner in found if owner == CORE or pack.name != name]
        self.sources[f"pack:{name}"] = Source(name, "pack", "")
        self._load(name, lambda: folder, found)

    def _load(self, name: str, folder: Callable[[], Path], found: list[tuple[Pack, str]]) -> None:
        from lens.packs.load import load_pack

        try:
            pack = load_pack(folder(), called=name)
        except InputError as reason:
            for problem in reason.problems:
                where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
                self._fault(name, where, f"{problem.field}: {problem.what}" if problem.field else problem.what)
        except (LensError, OSError, ValueError, ImportError) as reason:
            self._fault(name, "loading the pack", str(reason) if isinstance(reason, LensError) else _kind(reason))
        else:
            if pack.name != name:
                self._fault(name, "loading the pack", f"it calls itself {pack.name}")
                return
            self.sources[f"pack:{name}"].digest = pack.digest
            self.sources[f"pack:{name}"].version = self.sources[f"pack:{name}"].version or pack.version
            found.append((pack, name))

    def language(self, code: str, translations: Path | None = None) -> Language:
        """A language with the translations that packs bring beside their texts; see lens.languages.language."""
        from lens.languages.language import SOURCE, language

        if code == SOURCE:
            return language()
        return language(code, translations, {pack.name: pack.folder for pack, owner in self.packs if owner != CORE})

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


def _kind(reason: BaseException) -> str:
    return type(reason).__name__
