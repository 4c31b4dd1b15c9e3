"""Every entry that a check can be about is asked about, or computed, by a check that is about it and not about all."""

from collections import Counter

import pytest

from lens import catalog
from lens.checks.raw import raw_checks

# A computed check over more than these looks at how a context is kept, whatever it holds.
MANY = 12


def is_about_all(kind, raw):
    """Whether a check touches so much of a kind that no entry of it is what it is about."""
    counted = Counter(catalog.kind_of(item) for item in raw["touches"])
    of_kind = len(catalog.items(kind))
    if "question" not in raw and len(raw["touches"]) > MANY:
        return True
    return counted[kind] * 2 > of_kind if of_kind > 4 else False


def touched(kind):
    found = set()
    for raw in raw_checks().values():
        if not is_about_all(kind, raw):
            found.update(raw["touches"])
    # Whoever looks at an indicator looks at its factor.
    return found | {item.partition(".")[0] for item in found}


@pytest.mark.parametrize("kind", ["RF", "indicator", "INH", "AH", "HRDDP", "DNH", "RAFT"])
def test_every_entry_has_a_check_of_its_own(kind):
    assert [item for item in catalog.items(kind) if item not in touched(kind)] == []


def test_a_check_that_touches_everything_does_not_count():
    assert is_about_all("RF", raw_checks()["risk.context-coverage"])
    assert is_about_all("AH", raw_checks()["harm.effects-guarded"])
    assert not is_about_all("AH", raw_checks()["harm.exposes-people"])
