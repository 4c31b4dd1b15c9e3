"""What a reviewer of a pack would remark: where, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One remark about a pack. An error keeps people from relying on it; a warning is for its author to weigh."""

    file: str
    line: int
    item: str
    what: str
    fix: str = ""
    is_error: bool = False

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}, {self.item}: {self.what} {self.fix}".rstrip()
