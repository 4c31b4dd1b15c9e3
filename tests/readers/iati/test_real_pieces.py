"""Real published files beside the checkout, in pieces: nothing is lost, and sums equal those of a separate count."""

from __future__ import annotations

import dataclasses
import gzip
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from lens.errors import InputError
from lens.portfolio.inputs.iati import FORMAT
from lens.portfolio.inputs.pieces import Broken
from lens.readers.iati import read_activities

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="there is no ../shared/data beside this checkout"),
]


class Source:
    def __init__(self, path):
        self.path = path
        self.name = str(path)

    def open(self):
        content = self.path.read_bytes()
        return io.BytesIO(gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content)


def files(step, *folders):
    found = [path for folder in folders for path in sorted((DATA / folder).rglob("*")) if path.is_file()]
    return found[::step] if DATA.is_dir() else []


def named(path):
    return str(path.relative_to(DATA))


def in_pieces(path):
    """What was read, what could not be, and why nothing was."""
    found, broken = [], []
    try:
        for piece in FORMAT.cut(Source(path)):
            for one in [piece] if isinstance(piece, Broken) else FORMAT.read(piece, str(path)):
                (broken if isinstance(one, Broken) else found).append(one)
    except InputError as error:
        return [], [], error.problems
    return found, broken, ()


def exact(found):
    """Without lines the parser itself counts wrongly, in files of more than 65,535."""
    return [dataclasses.replace(one, line=0, problems=()) if one.line > 65_535 else one for one in found]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", files(12, "iati-1x", "iati-2x", "iati-bad", "iati-org"), ids=lambda path: named(path))
def test_pieces_give_all_that_the_whole_file_gives(path):
    whole, problems = [], ()
    try:
        whole.extend(read_activities(path))
    except InputError as error:
        problems = error.problems

    found, broken, nothing = in_pieces(path)

    if not problems:
        assert exact(found) == exact(whole)
        assert not broken
    elif not found and not broken:
        assert nothing == problems
    else:
        assert exact(found)[: len(whole)] == exact(whole)


TYPES = {"C": "2", "D": "3", "E": "4", "IF": "1", "R": "7", "IR": "5", "LR": "6", "QP": "8", "QS": "9", "CG": "10"}
KINDS = {
    "2": "commitment",
    "3": "disbursement",
    "4": "expenditure",
    "1": "incoming",
    "11": "incoming",
    "13": "incoming",
}


def counted(path):
    """A count of its own: activities, transactions by type and currency, codes of countries and sectors."""
    from lxml import etree

    content = Source(path).open().read()
    tree = etree.fromstring(content.lstrip(), etree.XMLParser(huge_tree=True, recover=True))
    sums = Counter()
    activities = tree.xpath(".//iati-activity[not(ancestor::iati-activity)] | self::iati-activity")
    for activity in activities:
        default = (activity.xpath("string((ancestor-or-self::*/@default-currency)[last()])")).strip().upper()
        for one in activity.xpath("transaction"):
            text = re.sub(r"[\s,]", "", one.xpath("string(value)"))
            if not re.fullmatch(r"[-+]?[0-9]+\.?[0-9]*([eE][-+]?[0-9]+)?", text) or abs(Decimal(text)) >= 10**15:
                continue
            kind = one.xpath("string(transaction-type/@code)").strip().upper()
            kind = TYPES.get(kind, kind)
            currency = one.xpath("string(value/@currency)").strip().upper() or default
            sums[KINDS.get(kind, "other"), currency] += Decimal(text)
    return len(activities), sums


@pytest.mark.timeout(300)
@pytest.mark.parametrize("path", files(9, "iati-1x", "iati-2x"), ids=lambda path: named(path))
def test_money_equals_a_separate_count(path):
    found, broken, nothing = in_pieces(path)
    if broken or nothing:
        return
    number, sums = counted(path)

    flows, totals = Counter(), Counter()
    for one in found:
        for flow in one.flows:
            if flow.kind != "planned":
                flows[flow.kind, flow.currency] += flow.amount
        for total in one.program.published.transactions:
            totals[KINDS.get(total.kind, "other"), total.currency or ""] += total.total
    assert len(found) == number
    for key in sums | flows | totals:
        assert flows[key] == totals[key]
        assert abs(flows[key] - sums[key]) < Decimal("0.01"), key
