"""One loader for every YAML and JSON file: text in, plain data and line numbers out.

Scalars stay text and the schema gives the type: a loader that guesses turns the indicator `3.10` into `3.1`, `no`
and the country `NO` into False, and `12:30` into 750. Anchors, aliases, tags, deep nesting, duplicate keys and files
over the stated size are refused, so that nothing handed to lens can grow or run.
"""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 5_000_000
MAX_DEPTH = 50
NOT_GIVEN = frozenset({"", "~", "null"})
"""Plain scalars that stand for a field nobody filled in."""

Key = tuple[str | int, ...]


@dataclass(slots=True)
class Text:
    """The data of one file, with the line each part of it stands on."""

    name: str
    data: Any
    lines: dict[Key, int] = field(default_factory=dict)
    source: str = field(default="", repr=False)
    """The text of a JSON file, whose lines are looked for only when one is asked for."""

    def line(self, path: Key) -> int:
        """The line of a part of the file, or of the nearest part around it; 0 where unknown."""
        if self.source:
            # JSON that YAML cannot read has no line numbers; the field's path still says where.
            with suppress(InputError):
                self.lines = _build(self.source, self.name)[1]
            self.source = ""
        for length in range(len(path), -1, -1):
            if (found := self.lines.get(path[:length])) is not None:
                return found
        return 0


def load_yaml(path: Path, *, name: str | None = None, limit: int = MAX_BYTES) -> Text:
    """Read one YAML or JSON file of at most `limit` bytes.

    `name` is how messages call the file; its path as given, if left out. Raises InputError with every problem that
    can be told at once: not there, not a plain file, too large, not UTF-8, not YAML, or a refused construct.
    """
    called = name or str(path)
    return parse(read_text(path, called, limit=limit), called, json=path.suffix.lower() == ".json")


def read_text(path: Path, name: str, *, limit: int = MAX_BYTES) -> str:
    """The text of a plain file of at most `limit` bytes, or an InputError that says what to do."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not a plain file"
            raise InputError(Problem(name, what=f"This is {kind}.", fix="Name a file instead."))
        if status.st_size > limit:
            raise InputError(_too_large(name, limit))
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except FileNotFoundError:
        raise InputError(Problem(name, what="There is no such file.", fix=_neighbors(path))) from None
    except (OSError, ValueError) as reason:
        why = getattr(reason, "strerror", None) or "the name cannot be used"
        raise InputError(Problem(name, what=f"The file cannot be read: {why}.")) from None
    if len(raw) > limit:
        raise InputError(_too_large(name, limit))
    return decoded(raw, name)


def parse(text: str, name: str, *, json: bool = False) -> Text:
    """Read the text of a YAML or JSON file; see load_yaml."""
    if json:
        return _parse_json(text, name)
    data, lines = _build(text, name)
    return Text(name, data, lines)


def _too_large(name: str, limit: int) -> Problem:
    return Problem(
        name,
        what=f"The file is larger than {limit // 1_000_000} MB.",
        fix="Split it, or check that it is the right one.",
    )


def _neighbors(path: Path) -> str:
    from lens.errors import near

    try:
        names = sorted(other.name for other in path.parent.iterdir())[:500]
    except OSError:
        return "Its folder is not there either."
    return near(path.name, names)


def decoded(raw: bytes, name: str) -> str:
    """The text of a file's bytes, in UTF-8 or UTF-16; InputError where it is none."""
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as reason:
        line = raw[: reason.start].count(b"\n") + 1
        raise InputError(
            Problem(
                name,
                line,
                what="The file is not in UTF-8.",
                fix='Save it again and choose "UTF-8" as its encoding.',
            )
        ) from None
    if "\x00" in text:
        raise InputError(
            Problem(name, what="This is not a text file, or not in UTF-8.", fix="Save it again as plain text in UTF-8.")
        )
    return text


def _parse_json(text: str, name: str) -> Text:
    import json

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            _build(text, name)  # which finds it as well, and knows the line
            raise InputError(Problem(name, what="A key stands twice in one mapping.", fix="Keep one of the two."))
        return {key: value for key, value in made.items() if value is not None}

    def word(given: str) -> str:
        return given

    _check_depth(text, name)
    try:
        data = json.loads(
            text,
            object_pairs_hook=unique,
            parse_int=word,
            parse_float=word,
            parse_constant=word,
        )
    except ValueError as reason:
        line = getattr(reason, "lineno", 0)
        raise InputError(
            Problem(
                name,
                line,
                what="This is not valid JSON from here on.",
                fix="Look for a missing comma, quote or bracket.",
            )
        ) from None
    return Text(name, _as_text(data, name), source=text)


def _check_depth(text: str, name: str) -> None:
    """Refuse deep JSON before the parser recurses into it. Brackets inside strings only make this stricter."""
    depth = 0
    for sign in re.findall(r"[][{}]", text):
        if sign in "[{":
            depth += 1
            if depth > MAX_DEPTH * 20:
                raise InputError(_too_deep(name, 0))
        elif depth:
            depth -= 1


def _as_text(data: Any, name: str, depth: int = 0) -> Any:
    if depth > MAX_DEPTH:
        raise InputError(_too_deep(name, 0))
    if isinstance(data, dict):
        return {key: _as_text(value, name, depth + 1) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_text(value, name, depth + 1) for value in data]
    if isinstance(data, bool):
        return "yes" if data else "no"
    return data


def _too_deep(name: str, line: int) -> Problem:
    return Problem(
        name,
        line,
        what=f"This is nested more than {MAX_DEPTH} levels deep.",
        fix="Check that this is the right file.",
    )


@dataclass(slots=True)
class _Level:
    """One open mapping or sequence while the events go by."""

    made: Any
    path: Key
    key: str | None = None


def _build(text: str, name: str) -> tuple[Any, dict[Key, int]]:
    import yaml

    lines: dict[Key, int] = {}
    try:
        return _walk(_events(text), name, lines), lines
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        line = mark.line + 1 if mark else 0
        if "nesting depth" in str(reason.problem):  # libyaml's own limit, in newer versions, reached before ours
            raise InputError(_too_deep(name, line)) from None
        raise InputError(
            Problem(name, line, what="From here on this cannot be read as YAML.", fix=_yaml_hint(text, line))
        ) from None
    except yaml.YAMLError:
        raise InputError(
            Problem(
                name,
                what="This cannot be read as YAML: it holds a character that is not text.",
                fix="Save it as plain text.",
            )
        ) from None


def _events(text: str) -> Iterator[Any]:
    import yaml

    events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return events


def _yaml_hint(text: str, line: int) -> str:
    found = text.splitlines()[line - 1 : line]
    if found and "\t" in found[0]:
        return "This line holds a tab. Indent with spaces."
    return (
        "Look at this line and the one before: a missing space after a colon, uneven indentation, or a text that "
        "holds a colon and needs quotes."
    )


def _walk(events: Iterator[Any], name: str, lines: dict[Key, int]) -> Any:
    import yaml

    stack: list[_Level] = []
    root: Any = None
    documents = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise InputError(
                    Problem(name, line, what="A second document begins here.", fix="Keep one document a file.")
                )
        elif isinstance(event, yaml.AliasEvent):
            raise InputError(
                Problem(name, line, what="References (* and &) are not used here.", fix="Write the value out.")
            )
        elif isinstance(event, yaml.NodeEvent):
            _refuse(event, name, line)
            if isinstance(event, yaml.ScalarEvent):
                plain = event.style is None or event.style == ""
                value = None if plain and event.value in NOT_GIVEN else event.value
                root = _place(stack, value, name, line, lines, root, key=event.value)
            else:
                made: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
                root = _place(stack, made, name, line, lines, root)
                stack.append(_Level(made, _here(stack)))
                if len(stack) > MAX_DEPTH:
                    raise InputError(_too_deep(name, line))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
            if stack and isinstance(stack[-1].made, dict):
                stack[-1].key = None
    return root


def _refuse(event: Any, name: str, line: int) -> None:
    if event.anchor:
        raise InputError(
            Problem(name, line, what="References (* and &) are not used here.", fix="Write the value out.")
        )
    if event.tag not in (None, "!"):
        raise InputError(
            Problem(
                name,
                line,
                what="Tags (words that begin with !) are not used here.",
                fix="Take the tag away, or put the text in quotes.",
            )
        )


def _here(stack: list[_Level]) -> Key:
    if not stack:
        return ()
    top = stack[-1]
    step: str | int = top.key if isinstance(top.made, dict) and top.key is not None else len(top.made) - 1
    return (*top.path, step)


def _place(
    stack: list[_Level],
    value: Any,
    name: str,
    line: int,
    lines: dict[Key, int],
    root: Any,
    *,
    key: str | None = None,
) -> Any:
    """Put a value where the open mapping or sequence wants it; a mapping's scalar may be its next key."""
    if not stack:
        lines[()] = line
        return value
    top = stack[-1]
    if isinstance(top.made, list):
        top.made.append(value)
        lines[(*top.path, len(top.made) - 1)] = line
    elif top.key is None:
        if key is None:
            raise InputError(
                Problem(
                    name,
                    line,
                    what="A list or mapping cannot be a key.",
                    fix="Write a word before the colon.",
                )
            )
        if (*top.path, key) in lines:
            raise InputError(Problem(name, line, what="This key stands twice.", fix="Keep one of the two."))
        top.key = key
        lines[(*top.path, key)] = line
    else:
        # What nobody filled in is left out, so that the field's own default holds.
        if value is not None:
            top.made[top.key] = value
        if not isinstance(value, (dict, list)):
            top.key = None
    return root
