"""What can go wrong with what people hand us, said to the person who holds the file.

Every error that is somebody's to mend is a `LensError`: it knows its exit code and how to show itself.
Anything else that escapes is a bug of ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in one file.

    `value` is only ever filled for fields declared public: a message must not leak what a file protects.
    """

    file: str = ""
    line: int = 0
    field: str = ""
    what: str = ""
    fix: str = ""
    value: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f", line {self.line}"
        if self.field:
            where += f", {self.field}" if where else self.field
        text = f"{where}: {self.what}" if where else self.what
        if self.value:
            text += f' It says "{self.value}".'
        return f"{text} {self.fix}".rstrip()


class LensError(Exception):
    """Something the user can mend. Shown without a traceback; ends a command with `exit_code`."""

    exit_code = 2

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else self.__class__.__name__


class InputError(LensError):
    """One or more problems in what was handed in; `problems` has them all, in file order."""

    def __init__(self, problems: Problem | list[Problem]) -> None:
        found = [problems] if isinstance(problems, Problem) else problems
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(found))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class MissingExtraError(LensError):
    """A part of lens that is installed on request is needed here."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs a part that is not installed. Write: pip install 'atrocity-lens[{extra}]'")


_LONGEST = 100


def near(word: str, known: list[str] | tuple[str, ...]) -> str:
    """The known words nearest to a misspelled one, as a sentence: `Did you mean "x"?`, or nothing."""
    import difflib

    # What is longer than any name we have is not a slip of the pen, and comparing it takes long.
    found = difflib.get_close_matches(word, known, n=2, cutoff=0.6) if len(word) <= _LONGEST else []
    quoted = " or ".join(f'"{name}"' for name in found)
    return f"Did you mean {quoted}?" if found else ""
