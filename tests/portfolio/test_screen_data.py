"""Real published activities beside the checkout, screened: nothing fails, and nothing that is missing is read as no."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from lens.cases.policy import Policy
from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.portfolio.runs.screen import Screen
from lens.readers.iati import read_activities

DATA = Path(__file__).parents[2].parent / "shared" / "data"
MOST = 2_000

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="there is no ../shared/data beside this checkout"),
]


def records():
    """A few of each file, so that many publishers and both generations of the standard are among them."""
    files = [path for path in sorted(DATA.rglob("*")) if path.is_file() and "iati" in str(path.relative_to(DATA))]
    for path in files:
        try:
            for count, one in enumerate(read_activities(path)):
                if count == 5:
                    break
                yield one
        except InputError:
            continue


@pytest.mark.timeout(300)
def test_real_records_are_told_by_every_check_without_an_error():
    screen = Screen(Registry(only_core=True), date(2026, 6, 1), Policy())
    always = {one.id for one in screen.checks if one.applies is None}
    states = Counter()
    for count, one in enumerate(records(), 1):
        told = screen.of(one)
        states.update((result.check, result.state) for result in told)
        assert {result.check for result in told} == always
        if one.program.published.text_length < 200:
            assert ("published.text", "nothing_seen") not in {(result.check, result.state) for result in told}
        if count == MOST:
            break
    assert not [check for check, state in states if state == "error"]
    assert sum(states.values()) > MOST
