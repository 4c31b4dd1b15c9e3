"""Everything that is registered, by whom, and what failed: the core first, then plugins and packs, in order of name.

A plugin or pack that is broken is a row here, and everything else goes on.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any

from lens.checks import CORE_PACKS
from lens.errors import InputError, LensError, Problem
from lens.hooks import sound
from lens.hooks.contain import contained, kind_of, quietly
from lens.hooks.installed import Rules, digest_of, folder_of, installed, known
from lens.hooks.shell import Shell

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
CORE_DISTRIBUTION = "atrocity-lens"
RESERVED = frozenset({*CORE_PACKS, CORE, CORE_DISTRIBUTION})
MOST_FAULTS = 50
"""So many faults of one owner are told one by one: more would bury those of the others."""
MOST_ENTRIES = 5_000
"""A plugin that lists more entries has failed, or never ends."""


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
        self.without_code: list[Check] = []
        """Computed checks of packs whose Python was left out by a rule, or is not installed."""
        self._counts: dict[str, int] = {}
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
            known(rules, installed(lambda *_: None), (*own, *self._folders), said_in)

    @cached_property
    def _folders(self) -> dict[str, Path]:
        """Packs that were named as folders, by the name that each gives itself. LensError where two are one name."""
        from lens.packs.load import name_in

        found: dict[str, Path] = {}
        for folder in self.pack_folders:
            name = name_in(folder)
            if name in RESERVED:
                raise LensError(f"{folder}: {name} is the name of a pack of the core. Choose another.")
            if name in found and found[name].resolve() != folder.resolve():
                raise LensError(f"Two folders hold a pack called {name}: {found[name]} and {folder}. Name one of them.")
            found[name] = folder
        return found

    @cached_property
    def plugins(self) -> pluggy.PluginManager:
        """The plugin manager, with the core and every plugin that could be imported."""
        import pluggy as pluggy_

        from lens.hooks import core, specs

        manager = pluggy_.PluginManager("lens")
        manager.add_hookspecs(specs)
        manager.register(core, name=CORE)
        self._begin()
        for one in self._entries("plugin"):
            self._import(manager, one)
        return manager

    def _begin(self) -> None:
        from lens import __version__

        self.sources.setdefault(CORE, Source(CORE, "core", __version__, CORE_DISTRIBUTION))

    def _entries(self, kind: str) -> Iterator[Installed]:
        """What is installed of a kind, in order of name; what may not be loaded is noted and left out."""
        taken: set[str] = set()
        for one in self._installed:
            if one.kind != kind:
                continue
            what = f"{kind} {one.name}"
            if not sound.NAME.fullmatch(one.name):
                self._fault(one.distribution, what, "its name must be letters, digits, hyphens, dots")
                continue
            owner = CORE if one.name.lower() in RESERVED else self._owners[one.name]
            if one.name in taken or owner != _plain(one.distribution):
                self._fault(one.distribution, what, f"the name is taken by {owner}; one of the two must be removed")
                continue
            taken.add(one.name)
            source = Source(one.name, kind, one.version, one.distribution)
            self.sources[f"{kind}:{one.name}"] = source
            source.left_out = self.rules.why_not(one.name, one.distribution, kind)
            if not source.left_out:
                yield one

    @cached_property
    def _installed(self) -> list[Installed]:
        """Everything of ours that is installed, in order of name."""
        self._knows(self.rules)
        return [] if self.rules.only_core else installed(self._fault)

    @cached_property
    def _owners(self) -> dict[str, str]:
        """Which distribution a name belongs to.

        Names of distributions, and of packs that lens knows of, belong to these alone: whoever allows a name must get
        what it means. Else packs come before plugins, so that no code can take over a pack's.
        """
        from lens.catalog import known_packs

        order = sorted(self._installed, key=lambda one: (one.kind != "pack", one.distribution))
        owners = {one.name: _plain(one.distribution) for one in reversed(order)}
        owners |= {one.distribution: _plain(one.distribution) for one in order}
        for pack in known_packs():
            owners |= {pack.name: _plain(pack.distribution), pack.distribution: _plain(pack.distribution)}
        return owners

    def _import(self, manager: pluggy.PluginManager, one: Installed) -> None:
        name = one.name
        source = self.sources[f"plugin:{name}"]
        source.digest = str(quietly(partial(digest_of, one)) or "")
        made: list[Shell] = []

        def load() -> None:
            made.append(Shell(one.point.load()))
            manager.register(made[0], name=name)

        begun = perf_counter()
        what = contained(load)
        source.seconds = perf_counter() - begun
        if what:
            manager.unregister(name=name) if manager.has_plugin(name) else None
            self._fault(name, "loading the plugin", what)
            return
        for fault in made[0].faults(manager):
            self._fault(name, "registering the plugin", fault)

    def _fault(self, owner: str, where: str, what: str) -> None:
        fault = Fault(sound.told(owner), sound.told(where), sound.told(what))
        count = self._counts.get(owner, 0)
        if count > MOST_FAULTS or fault in self.faults[-MOST_FAULTS:]:
            return
        self._counts[owner] = count + 1
        self.faults.append(fault if count < MOST_FAULTS else replace(fault, where="more", what="there is more wrong"))

    def _collect(self, hook: str, register: Callable[[str], Callable[..., None]]) -> None:
        """Call one hook of the core and of each plugin, one by one, so that one that fails fails alone."""
        impls = getattr(self.plugins.hook, hook).get_hookimpls()
        for impl in sorted(impls, key=lambda one: (one.plugin_name != CORE, one.plugin_name)):
            owner = impl.plugin_name
            turn = _Turn(register(owner))
            arguments = {"register": turn}
            given = {name: arguments[name] for name in impl.argnames if name in arguments}
            back: list[Any] = []
            if what := contained(lambda impl=impl, given=given, back=back: back.append(impl.function(**given))):  # type: ignore[misc] # bound now
                self._fault(owner, hook, what)
            elif back[0] is not None:
                self._fault(owner, hook, "what it gives back is not read: it must call register(…)")
            turn.is_over = True

    def _take(self, into: list[Any], kind: type[Any]) -> Callable[[str], Callable[[Any], None]]:
        """A maker of `register` functions that refuse what is not a sound `kind`, or has the name of another."""
        owners: dict[str, str] = {}

        def for_owner(owner: str) -> Callable[[Any], None]:
            def register(thing: Any) -> None:
                what = kind.__name__.lower()
                if wrong := sound.why_not(thing, kind):
                    self._fault(owner, f"registering a {what}", wrong)
                elif thing.name in owners:
                    taken = f"the name is taken by {owners[thing.name]}"
                    self._fault(owner, f"registering the {what} {thing.name}", taken)
                else:
                    owners[thing.name] = owner
                    into.append(thing)
                    self._gives(owner, f"{what} {thing.name}")

            return register

        return for_owner

    def _gives(self, owner: str, what: str, kind: str = "plugin") -> None:
        source = self.sources.get(owner) or self.sources.get(f"{kind}:{owner}")
        if source is not None:
            source.gives.append(what)

    @cached_property
    def readers(self) -> list[Reader]:
        """Input formats, the core's first."""
        from lens.hooks.specs import Reader

        found: list[Reader] = []
        self._collect("lens_readers", self._take(found, Reader))
        return found

    @cached_property
    def renderers(self) -> dict[str, Renderer]:
        """Output formats, by name."""
        from lens.hooks.specs import Renderer

        found: list[Renderer] = []
        self._collect("lens_renderers", self._take(found, Renderer))
        return {one.name: one for one in found}

    @cached_property
    def evidence(self) -> list[EvidenceSource]:
        """Sources of notes about places."""
        from lens.hooks.specs import EvidenceSource

        found: list[EvidenceSource] = []
        self._collect("lens_evidence", self._take(found, EvidenceSource))
        return found

    @cached_property
    def commands(self) -> dict[str, tuple[str, str]]:
        """Subcommands that plugins give: name to help and target."""
        found: dict[str, tuple[str, str]] = {}
        owners: dict[str, str] = {}

        def for_owner(owner: str) -> Callable[..., None]:
            def register(name: Any, help: Any, target: Any) -> None:  # noqa: A002 - see the hook
                if not isinstance(name, str) or not sound.COMMAND.fullmatch(name):
                    self._fault(owner, f"registering the command {sound.told(name)}", "its name is not valid")
                elif name in owners:
                    self._fault(owner, f"registering the command {name}", f"the name is taken by {owners[name]}")
                elif not isinstance(target, str) or not sound.TARGET.fullmatch(target) or not isinstance(help, str):
                    self._fault(owner, f"registering the command {name}", "its target must look like module:attribute")
                else:
                    owners[name] = owner
                    found[name] = (help, target)
                    self._gives(owner, f"command {name}")

            return register

        self._collect("lens_commands", for_owner)
        return found

    @cached_property
    def catalog(self) -> dict[str, Item]:
        """Catalog entries that plugins and packs give beside the core's, by id."""
        found: dict[str, Item] = {}
        owners: dict[str, str] = {}

        def take(owner: str, item: Item) -> None:
            from lens import catalog

            if item.id in owners or catalog.find(item.id) is not None:
                whose = owners.get(item.id, CORE)
                self._fault(owner, f"catalog entry {item.id}", f"the id is taken by {whose}")
            else:
                found[item.id], owners[item.id] = item, owner

        def for_owner(owner: str) -> Callable[..., None]:
            def register(kind: str, load: Callable[[], Iterable[Item]]) -> None:
                self._gives(owner, f"catalog {sound.told(kind)}")
                if owner == CORE:
                    return  # the core's lists are read when they are asked for
                for count, item in enumerate(islice(load(), MOST_ENTRIES + 1)):
                    if count == MOST_ENTRIES:
                        self._fault(owner, "catalog", f"only the first {MOST_ENTRIES} entries are read")
                    elif wrong := sound.why_not_item(item, self._prefixes(owner)):
                        self._fault(owner, "catalog entry", wrong)
                    else:
                        take(owner, copy.deepcopy(item))

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

        def for_owner(owner: str) -> Callable[..., None]:
            def register(check: Check, run: Run | None = None) -> None:
                self._give(found, check, run, owner)

            return register

        self._collect("lens_checks", for_owner)
        runs = self._marked(found)
        for pack, owner in self.packs:
            for check in pack.checks:
                if check.question is not None:
                    self._add(found, check, None, owner, "pack")
                elif (run := runs.pop((self._distribution(owner, "pack"), check.id), None)) is not None:
                    self._add(found, check, run, owner, "pack")
                elif check.id not in found and self._is_without_code(owner):
                    self.without_code.append(check)
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

    def _is_without_code(self, pack: str) -> bool:
        """Whether the Python of a pack was left out by a rule, or is not installed beside a folder that was named."""
        own = self._distribution(pack, "pack")
        plugins = [one for one in self.sources.values() if one.kind == "plugin" and one.distribution == own]
        return any(one.left_out for one in plugins) or (pack in self._folders and not plugins)

    def _marked(self, found: dict[str, Registered]) -> dict[tuple[str, str], Run]:
        """The marked functions of plugins: those marked with a whole check are added, the others wait for a pack."""
        waiting: dict[tuple[str, str], Run] = {}
        for name, plugin in sorted(self.plugins.list_name_plugin()):
            for of, run in self._marks(name, plugin):
                key = (self._distribution(name, "plugin"), of if isinstance(of, str) else "")
                if not isinstance(of, str):
                    self._give(found, of, run, name)
                elif not callable(run):
                    self._fault(name, of, f"what is marked is a {sound.kind_of(run)}, and cannot be called")
                elif waiting.setdefault(key, run) is not run:
                    self._fault(name, of, "two functions are marked for this check; the first is used")
        return waiting

    def _marks(self, name: str, plugin: Any) -> list[tuple[str | Check, Run]]:
        from lens.checks.marks import marked

        if name == CORE:
            return []
        return plugin.marks if isinstance(plugin, Shell) else list(marked(plugin))  # one that was registered by hand

    def _distribution(self, owner: str, kind: str) -> str:
        source = self.sources.get(f"{kind}:{owner}")
        return (source.distribution if source else "") or owner

    def _prefixes(self, owner: str, kind: str = "plugin") -> frozenset[str]:
        """The prefixes of ids that an owner may give: its own name, and the packs of its distribution."""
        own = self._distribution(owner, kind)
        packs = (one.name for one in self.sources.values() if one.kind == "pack" and one.distribution == own)
        return frozenset({owner, *packs})

    def _give(self, found: dict[str, Registered], check: Any, run: Any, owner: str) -> None:
        """Take a check that a plugin describes in Python, if it can be used."""
        if owner == CORE:
            self._add(found, check, run, owner)
            return
        made, problems = sound.check_of(check, run, self.catalog)
        name = getattr(check, "id", "") if made is not None or type(check).__name__ == "Check" else ""
        for problem in problems:
            self._fault(owner, str(quietly(lambda: str(name))) or "registering a check", problem)
        if made is not None:
            self._add(found, made, run, owner)

    def _add(
        self, found: dict[str, Registered], check: Check, run: Run | None, owner: str, kind: str = "plugin"
    ) -> None:
        if check.pack in RESERVED and owner != CORE:
            self._fault(owner, check.id, "ids of the core cannot be taken")
        elif owner != CORE and check.pack not in self._prefixes(owner, kind):
            self._fault(owner, check.id, f"its ids begin with {owner}.")
        elif check.id in found:
            self._fault(owner, check.id, f"the id is taken by {found[check.id].owner}")
        else:
            found[check.id] = Registered(check, run, owner, self._forms.get(check.pack))
            self._gives(owner, f"check {check.id}", kind)

    @cached_property
    def _forms(self) -> dict[str, Applies | None]:
        """When any check of a pack applies, by the name of the pack; plugins of its distribution give more of them."""
        return {pack.name: pack.applies for pack, _ in self.packs}

    @cached_property
    def packs(self) -> list[tuple[Pack, str]]:
        """Every pack that loaded, the core's first, each with its owner."""
        from lens.hooks import core

        self._begin()
        found = [(pack, CORE) for pack in core.packs()]
        for one in self._entries("pack"):
            if one.name not in self._folders:  # the same one, named as a folder, takes its place
                self._load(one.name, partial(folder_of, one), found)
        for name, folder in self._folders.items():
            self._named(name, folder, found)
        return found

    def _named(self, name: str, folder: Path, found: list[tuple[Pack, str]]) -> None:
        """Load a pack that was named as a folder. LensError where the rules do not let it in."""
        here = self.sources.get(f"pack:{name}")
        if why := self.rules.why_not(name, here.distribution if here else name, "pack"):
            raise LensError(f"The pack {name} ({folder}) may not be used: {why}. Leave it out, or change the rules.")
        # Functions that an installed plugin has for the checks of this pack go on to serve them.
        self.sources[f"pack:{name}"] = Source(name, "pack", "", here.distribution if here else "")
        self._load(name, lambda: folder, found)

    def _load(self, name: str, folder: Callable[[], Path], found: list[tuple[Pack, str]]) -> None:
        from lens.packs.load import load_pack

        try:
            pack = load_pack(folder(), called=name)
        except InputError as reason:
            for problem in reason.problems:
                where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
                what = f"{problem.what} {problem.fix}".strip()
                self._fault(name, where, f"{problem.field}: {what}" if problem.field else what)
        except Exception as reason:  # noqa: BLE001 - whatever is wrong with a pack, everything else goes on
            self._fault(name, "loading the pack", str(reason) if isinstance(reason, LensError) else kind_of(reason))
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
        from lens.readers.iati import READER

        if reader is READER:
            return reader.read(path, activity)
        given: list[ReadProgram] = []
        said: list[Problem] = []

        def work() -> None:
            try:
                given.append(reader.read(path, activity))
            except InputError as reason:
                said.extend(one for one in reason.problems if type(one) is Problem)
            except LensError as reason:
                said.append(Problem(str(path), what=sound.told(str(reason))))

        if what := contained(work):
            said.append(Problem(str(path), what=f"The reader {reader.name} failed on this file ({what})."))
        if said or not given:
            raise InputError(said or [Problem(str(path), what=f"The reader {reader.name} failed on this file.")])
        return sound.program_of(given[0], str(path), reader.name)

    def finished(self, review: Any) -> list[Fault]:
        """Tell every plugin of a finished review; what failed."""
        before = len(self.faults)
        impls = self.plugins.hook.lens_review_finished.get_hookimpls()
        for impl in sorted(impls, key=lambda one: (one.plugin_name != CORE, one.plugin_name)):
            # A copy: what a plugin does to it, however it does it, changes no report.
            shown = review if impl.plugin_name == CORE else copy.deepcopy(review)
            given = {"review": shown} if "review" in impl.argnames else {}
            if what := contained(partial(impl.function, **given)):
                self._fault(impl.plugin_name, "lens_review_finished", what)
        return self.faults[before:]


class _Turn:
    """The `register` that a hook is handed: it takes things only while that hook is asked for them."""

    __slots__ = ("_register", "is_over")

    def __init__(self, register: Callable[..., None]) -> None:
        self._register = register
        self.is_over = False

    def __call__(self, *given: Any, **named: Any) -> None:
        if self.is_over:
            raise LensError("register(…) was called after its hook had ended.")
        self._register(*given, **named)


def _plain(distribution: str) -> str:
    """The name of a distribution as pip takes it: case, dots and underscores do not count."""
    return re.sub(r"[-_.]+", "-", distribution).lower()
