"""Organizations with a part in an activity: roles and kinds for the program, names for the annex only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.cases.annex import Identity
from lens.cases.program import Partner
from lens.readers.iati.bodies import KNOWN_TYPES, force_in_name, is_civil, is_local, is_placeholder_name, kind_of
from lens.readers.iati.texts import name_of, only_text
from lens.readers.iati.values import identifier
from lens.readers.iati.vocab import ORGANIZATION_TYPES, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes
    from lens.words import PartnerKind, PartnerRole

MAX_RECIPIENTS = 200
MAX_PARTNERS = 1000
LONGEST_REAL_NAME = 150
"""What is longer is a description in the place of a name; a force in it may be anybody's."""


@dataclass(slots=True)
class _Body:
    """One body in one role, as published."""

    key: str
    role: PartnerRole
    type: str
    name: str
    ref: str


class Bodies:
    """The bodies of one activity, each once in every role it has."""

    __slots__ = ("_default", "_found", "_keys", "_notes", "_recipients", "_seen", "named_local")

    def __init__(self, default: str, notes: Notes) -> None:
        self._default = default
        self._notes = notes
        self._found: dict[tuple[str, PartnerRole], _Body] = {}
        self._keys: dict[str, str] = {}
        self._recipients = 0
        self._seen: set[tuple[str, str | None, str | None, str | None]] = set()
        self.named_local = 0
        """How many local bodies are named, each once; known when all is done."""

    def take_part(self, elements: Iterable[_Element], publisher: _Element | None) -> None:
        """Read the `participating-org` elements. A publisher's type is taken where it is missing."""
        own_ref = identifier(publisher.get("ref")) if publisher is not None else ""
        own_type = publisher.get("type") if publisher is not None else None
        for element in elements:
            role = ROLES.get((element.get("role") or "").strip().lower())
            if role is None:
                self._notes.add("organization-role-unknown")
            kind = element.get("type")
            if not kind and own_ref and identifier(element.get("ref")) == own_ref:
                kind = own_type
            self._add(element, role or "other", kind)

    def receive(self, element: _Element) -> None:
        """Read a `receiver-org` as a body that receives from the program."""
        self._add(element, "recipient", element.get("type"))

    def _add(self, element: _Element, role: PartnerRole, given: str | None) -> None:
        as_written = (role, element.get("ref"), given, only_text(element))
        if as_written in self._seen:  # the same receiver often stands on every transaction
            return
        ref = identifier(as_written[1])
        name = name_of(element, self._default)
        kind = self._type(given)
        if not (ref or name or kind):
            self._notes.add("organization-empty")
            return
        if as_written[3] is not None and (kind or not given):
            self._seen.add(as_written)
        key = self._key(ref, name) or f"type {kind}"
        if (key, role) in self._found:
            return
        if len(self._found) >= MAX_PARTNERS or (role == "recipient" and self._recipients >= MAX_RECIPIENTS):
            self._notes.add("organizations-left-out")
            self._seen.discard(as_written)
            return
        self._recipients += role == "recipient"
        self._found[key, role] = _Body(key, role, kind, name, ref)

    def _key(self, ref: str, name: str) -> str:
        """One key for one body, also where it is given once with its reference and once without."""
        called = name.casefold()
        if not ref:
            return self._keys.get(called, called)
        return self._keys.setdefault(called, ref.lower()) if called else ref.lower()

    def _type(self, given: str | None) -> str:
        text = (given or "").strip()
        kind = ORGANIZATION_TYPES.get(text.lower(), text)
        if kind and kind not in KNOWN_TYPES:
            self._notes.add("organization-type-unknown", kind)
            return ""
        return kind

    def done(self, names: dict[str, Identity]) -> tuple[Partner, ...]:
        """Return the partners in order of appearance; put their names into `names`."""
        funders = {body.key for body in self._found.values() if body.role == "funding"}
        partners: list[Partner] = []
        local: set[str] = set()
        for number, body in enumerate(self._found.values(), 1):
            ref = f"partner:{number}"
            # A ministry that pays a share of what it carries out is not shown to be a donor.
            funds = body.key in funders and body.role not in ("implementing", "recipient")
            kind = self._kind(body, funds=funds)
            partners.append(_partner(ref, kind, body.role))
            if body.name or body.ref:
                names[ref] = Identity(name=body.name, note=body.ref)
            if body.name and is_local(body.type, kind) and not is_placeholder_name(body.name):
                local.add(body.key)
        self.named_local = len(local)
        return tuple(partners)

    def _kind(self, body: _Body, *, funds: bool) -> PartnerKind:
        if body.name and is_placeholder_name(body.name):
            self._notes.add("organization-placeholder")
            return "not_known"
        force = force_in_name(body.name) if body.name else None
        if force is None:
            return kind_of(body.type, funds=funds, implements=body.role == "implementing")
        if is_civil(body.type) or len(body.name) > LONGEST_REAL_NAME:
            self._notes.add("organization-like-force")
            return "not_known"
        return force


@lru_cache(maxsize=4096)
def _partner(ref: str, kind: PartnerKind, role: PartnerRole) -> Partner:
    """Return a partner; one that was made before is the same again."""
    return Partner(id=ref, kind=kind, role=role)
