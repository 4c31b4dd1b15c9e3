"""A plugin as pluggy is handed it: its hooks and nothing else, whatever the object behind it does when it is looked at.

A plugin may be any object. One whose attributes raise, take long, or that claims to equal every other, would else be
the trouble of those beside it.
"""

from __future__ import annotations

from functools import partial
from inspect import getattr_static, isroutine
from typing import TYPE_CHECKING, Any

from lens.checks.marks import marked
from lens.hooks.contain import contained, quietly

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pluggy

_HOOK = "lens_"


class Shell:
    """The hooks of a plugin, as attributes, and its marked functions."""

    def __init__(self, plugin: object) -> None:
        self.unreadable: list[str] = []
        self.unmarked: list[str] = []
        for name in dir(plugin):
            # Without running what a name stands for; a proxy that stands there may raise even so.
            if name.startswith(_HOOK) or quietly(partial(isroutine, getattr_static(plugin, name, None))):
                self._take(plugin, name)
        self.marks = list(marked(plugin))
        """Marked functions with what each is marked for."""

    def _take(self, plugin: object, name: str) -> None:
        found: list[Any] = []
        if contained(lambda: found.append(getattr(plugin, name))):
            if name.startswith(_HOOK):
                self.unreadable.append(name)
            return
        if not isroutine(found[0]) or quietly(partial(getattr, found[0], "lens_spec", None)):
            return
        if isinstance(quietly(partial(getattr, found[0], "lens_impl", None)), dict):
            vars(self)[name] = found[0]
        elif name.startswith(_HOOK):
            self.unmarked.append(name)

    def faults(self, manager: pluggy.PluginManager) -> Iterator[str]:
        """What is wrong with it, once it is registered."""
        hooks = sorted(vars(manager.hook).items())
        own = {name for name, hook in hooks for one in hook.get_hookimpls() if one.plugin is self}
        unknown = sorted(name for name, hook in hooks if name in own and hook.spec is None)
        yield from (f"there is no hook {name}" for name in unknown)
        known = {name for name, hook in hooks if hook.spec is not None}
        yield from (f"{name} is not marked with lens.hookimpl" for name in self.unmarked if name in known)
        yield from (f"{name} cannot be read" for name in self.unreadable)
        if not (own or self.marks or self.unmarked or self.unreadable):
            yield "it gives nothing: it has no hook and no marked check"
