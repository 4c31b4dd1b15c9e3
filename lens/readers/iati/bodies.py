"""What kind of body an organization is: from its published type, and from its name where that says force.

A published type never shows that a body is not a force: ministries of defense, police and border services are
all published as "government". So a government type alone gives `not_known`, and a name that says force
outweighs any type.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.readers.iati import force_words as words

if TYPE_CHECKING:
    from lens.words import PartnerKind

_CIVIL: dict[str, PartnerKind] = {
    "21": "international_ngo",
    "22": "national_organization",
    "23": "national_organization",
    "24": "national_organization",
    "40": "multilateral",
    "60": "foundation",
    "80": "academic",
}
_OF_A_COUNTRY = frozenset({"22", "23", "24"})
_LOCAL = frozenset(
    {"local_authority", "customary_body", "religious_body", "local_organization", "women_led_organization"}
)
GOVERNMENT = frozenset({"10", "11", "15"})
_PRIVATE = frozenset({"30", "70", "71", "72", "73"})
KNOWN_TYPES = GOVERNMENT | _PRIVATE | frozenset(_CIVIL) | {"90"}


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split(chr(10))[1:-1])})(?!\w)", re.IGNORECASE)


_NOT_FORCE = _any_of(words.NOT_FORCE)
_MINISTRY = _any_of(words.MINISTRY)
_SIGNS: tuple[tuple[PartnerKind, re.Pattern[str]], ...] = (
    ("private_guard", _any_of(words.PRIVATE_GUARD)),
    ("auxiliary_or_militia", _any_of(words.MILITIA)),
    ("ranger_border_or_prison_service", _any_of(words.RANGER_BORDER_PRISON)),
    ("security_force", _any_of(words.SECURITY_FORCE)),
    ("security_ministry", _any_of(words.SECURITY_MINISTRY)),
)
_NO_NAME = re.compile(
    r"\W*(?:"
    r".{0,40}\b(?:redact(?:ed|ó|ado|ada)|withheld|undisclosed|confidential|anonymous)\b.*"
    r"|(?:miscellaneous|misc|various|unspecified|unknown|diverse|divers|varios|vários)\b.*"
    r"|(?:multiple|several|other)(?: (?:agenc|beneficiar|countr|donor|entit"
    r"|govern|ngo|organi|partner|recipient|vendor)\w*.*)?"
    r"|n/?a|none|null|tb[acd]|test"
    r"|to be (?:announced|confirmed|decided|defined|determined|identified|selected)\b.*"
    r"|not (?:applicable|available|known|specified|yet (?:known|selected|decided))\b.*"
    r"|(?:the )?(?:implementing )?(?:partners?|organi[sz]ations?|agency|agencies|vendors?|ngos?"
    r"|beneficiary|recipient)"
    r"|.{0,60}\b(?:country|states) unknown"
    r"|)\W*",
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=8192)
def force_in_name(name: str) -> PartnerKind | None:
    """Return the kind of force that a name speaks of, if it does; see `force_words`."""
    text = _NOT_FORCE.sub(" ", name)
    found = [kind for kind, signs in _SIGNS if signs.search(text)]
    if "security_ministry" in found and _MINISTRY.search(text):
        return "security_ministry"
    return found[0] if found else None


@lru_cache(maxsize=8192)
def is_placeholder_name(name: str) -> bool:
    """Whether a name only stands where a name should be, such as redacted, various or unspecified."""
    return _NO_NAME.fullmatch(name) is not None


def kind_of(kind: str, *, funds: bool, implements: bool) -> PartnerKind:
    """Return the kind of body that a published type shows. It never shows that the body is no force."""
    if kind in GOVERNMENT:
        if funds:
            return "bilateral_donor"
        return "local_authority" if kind == "11" else "not_known"
    if kind in _PRIVATE:
        return "contractor" if implements else "company"
    return _CIVIL.get(kind, "other" if kind == "90" else "not_known")


def is_local(kind: str, shown: PartnerKind) -> bool:
    """Whether a body of this published type, and of the kind it shows, may be one of the place itself."""
    return kind in _OF_A_COUNTRY or shown in _LOCAL


def is_civil(kind: str) -> bool:
    """Whether a published type is that of a civil body: then a name like a force leaves the kind open."""
    return kind in _CIVIL
