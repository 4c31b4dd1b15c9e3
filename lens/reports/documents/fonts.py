"""Letters for the PDF: an agency's own fonts, then those that pip installs, then the machine's. None is ever a box."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "fonts"
"""The folder beside an agency's own templates that its fonts lie in."""

_PACKAGES = (
    ("fontpkg_noto_sans", "files"),
    ("fontpkg_ibm_plex_sans_arabic", "files"),
    ("manimgx_fonts_cjk", ""),
)
"""Packages of fonts by the name of their folder, and where in it they lie. They are found and never imported."""

_LATIN = "Noto Sans"
_FIRST = {
    "ar": "IBM Plex Sans Arabic",
    "fa": "IBM Plex Sans Arabic",
    "zh": "Noto Sans CJK SC",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
}
"""Languages that are not set in the first font: a language's own signs of punctuation go with its letters."""
_THEN = ("Noto Sans", "IBM Plex Sans Arabic", "Noto Sans CJK SC")
"""Which come next, for texts in another language than the report's."""
_SHAPES_FONT = "DejaVu Sans Mono"
_SHAPES = frozenset("◆▲●▪⚑✎✕◐○■→↓↑△–?·•")
"""The shapes of the reports, which the typesetter brings itself."""

_OFTEN_THERE = (
    *("Segoe UI", "Arial", "Noto Sans", "DejaVu Sans", "Helvetica Neue", "Noto Sans Arabic", "Geeza Pro"),
    *("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimSun", "Arial Unicode MS"),
)
_REGULAR = range(300, 501)


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts of one PDF, in the order they are looked in."""

    folders: tuple[str, ...]
    families: tuple[str, ...]
    from_machine: bool = False
    """Whether fonts of the machine are among them: the same review then looks different on another."""
    missing: frozenset[str] = field(default_factory=frozenset)
    """Signs that none of them has."""


def letters_for(texts: Iterable[str], own_words: str, language: str, templates: Path | None) -> Letters:
    """Fonts that have every sign of the texts, as far as there are any.

    LensError where the language itself cannot be shown: `own_words` is what the layout says in it. What a program's
    own texts hold beyond that is left in `missing`, to be told where it stands.
    """
    import typst

    own = _own(templates)
    folders = [str(one) for one in (own, *_installed()) if one is not None]
    here = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders])
    found: dict[str, Any] = {}

    def is_own(one: Any) -> bool:
        return own is not None and Path(one.path).is_relative_to(own)

    def order_of(one: Any) -> tuple[bool, bool, int, str]:
        return not is_own(one), one.style != "normal", abs(one.weight - 400), str(one.path)

    # A family that is both the agency's and installed is the agency's, wherever the two lie.
    for one in sorted((one for one in here.fonts() if one.path), key=order_of):
        found.setdefault(one.family, one)
    mine = {name for name, one in found.items() if is_own(one)}
    first = [name for name in (_FIRST.get(language.partition("-")[0], _LATIN), *_THEN) if name in found]
    order = sorted(found, key=lambda name: (name not in mine, first.index(name) if name in first else len(first), name))
    missing = {sign for text in texts for sign in text if not _is_invisible(sign)} - _SHAPES
    families = []
    for name in order:
        # Only what is needed is read: the signs of Chinese alone take a second.
        if missing and (has := _signs(found[name].path, found[name].index) & missing):
            families.append(name)
            missing -= has
    from_machine = False
    if missing:
        more, missing = _of_machine(missing)
        families += [name for name in more if name not in families]
        from_machine = bool(more)
    if missing & set(own_words):
        _cannot_be_shown(language, missing & set(own_words))
    return Letters(tuple(folders), (*families, _SHAPES_FONT), from_machine, frozenset(missing))


def _own(templates: Path | None) -> Path | None:
    folder = templates / FOLDER if templates else None
    return folder if folder and folder.is_dir() else None


def _installed() -> list[Path]:
    """Where the packages of fonts that are installed have their files."""
    places = []
    for name, inside in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations:
            places.append(Path(next(iter(spec.submodule_search_locations))) / inside)
    return places


@lru_cache(maxsize=32)
def _signs(path: str, index: int) -> frozenset[str]:
    """The signs that a font has a letter for; none where it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    number = index if path.lower().endswith((".ttc", ".otc")) else -1
    try:
        with TTFont(path, fontNumber=number, lazy=True) as opened:
            return frozenset(chr(one) for one in opened.getBestCmap() or ())
    except (TTLibError, OSError, ValueError, KeyError):
        return frozenset()


def _of_machine(missing: set[str]) -> tuple[list[str], set[str]]:
    """Families of the machine that have some of the missing signs, and what is missing still."""
    import typst

    there: dict[str, Any] = {}
    for one in typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts():
        if one.path and one.style == "normal" and one.weight in _REGULAR:
            there.setdefault(one.family, one)
    order = [name for name in _OFTEN_THERE if name in there]
    order += sorted(name for name in there if name not in order)
    chosen = []
    for name in order:
        if not missing:
            break
        has = _signs(there[name].path, there[name].index) & missing
        if has:
            chosen.append(name)
            missing = missing - has
    return chosen, missing


def _is_invisible(sign: str) -> bool:
    """Whether a sign is a space or one that is never drawn."""
    import unicodedata

    return sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc", "Zs") or "\ufe00" <= sign <= "\ufe0f"


def _cannot_be_shown(language: str, missing: set[str]) -> None:
    if any("\u2e80" <= sign <= "\ud7ff" for sign in missing):
        raise MissingExtraError(f"A PDF in this language ({language}; no font here has its letters)", "cjk")
    signs = ", ".join(sorted(missing)[:5])
    raise LensError(
        f"No font here has letters that a PDF in this language ({language}) needs: {signs}. Put a font that has them "
        f"into a folder called {FOLDER} and name the folder it lies in with --templates."
    )
