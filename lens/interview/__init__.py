"""The interview: a review's questions one at a time, saved at every answer, without a terminal of its own.

`Interview` says what to ask and hears what was typed; who prints and reads the lines is up to who embeds it.
"""

from __future__ import annotations

from lens.interview.dialog import Interview, Prompt
from lens.interview.items import Item, items_of
from lens.interview.lock import Lock, LockedError
from lens.interview.store import Store

__all__ = ["Interview", "Item", "Lock", "LockedError", "Prompt", "Store", "items_of"]
