"""Real published files beside the checkout: everything is read or refused, and counts equal those of plain XPath."""

from __future__ import annotations

import dataclasses
import gzip
import json
from pathlib import Path

import pytest

from lens.errors import InputError
from lens.readers.iati import looks_like_iati, read_activities, read_activity

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
FOLDERS = ("iati-1x", "iati-2x", "iati-bad", "iati-org")

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="there is no ../shared/data beside this checkout"),
]


def files(*folders):
    return [path for folder in folders for path in sorted((DATA / folder).rglob("*")) if path.is_file()]


def every(step, *folders):
    return files(*folders)[::step] if DATA.is_dir() else []


def whole(path):
    content = path.read_bytes()
    return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content


def tree(path):
    from lxml import etree

    return etree.fromstring(whole(path), etree.XMLParser(huge_tree=True))


def named(path):
    return str(path.relative_to(DATA))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_gives_activities_or_an_input_error(folder):
    for path in files(folder):
        count, error = 0, None
        try:
            for found in read_activities(path):
                count += 1
                assert found.program.published is not None
        except InputError as raised:
            error = raised
        assert count or error, named(path)
        assert folder != "iati-org" or (error and "organisation file" in str(error)), named(path)


def test_every_good_file_is_recognized():
    for path in files("iati-1x", "iati-2x"):
        try:
            next(iter(read_activities(path)))
        except InputError:
            continue
        with path.open("rb") as stream:
            assert looks_like_iati(stream.read(4096)), named(path)


CHANGED = {"entity-residue", "html-in-text", "title-placeholder"}
SAMPLE = every(9, "iati-2x") + every(6, "iati-1x")


@pytest.mark.parametrize("path", SAMPLE, ids=named if SAMPLE else None)
def test_counts_equal_those_of_plain_xpath(path):
    activities = tree(path).xpath("//iati-activity[not(ancestor::iati-activity)]")
    try:
        found = list(read_activities(path))
    except InputError as error:
        assert "no IATI activity" in str(error)
        found = []

    assert len(found) == len(activities)
    for one, element in zip(found, activities, strict=True):
        program = one.program
        titles = [" ".join(text.split()) for text in element.xpath("title//text()[normalize-space()]")]
        if len(titles) == 1 and not {note.code for note in program.published.notes} & CHANGED:
            assert program.title == titles[0]
        elif not titles:
            assert program.title == ""
        codes = {str(code) for code in element.xpath("recipient-country/@code | transaction/recipient-country/@code")}
        assert {place.country for place in program.places if place.below_country == "no" and place.country} <= {
            code.strip().upper() for code in codes
        }
        dac = element.xpath(
            "(sector | transaction/sector)[not(@vocabulary) or @vocabulary='' or @vocabulary='1' or @vocabulary='2'"
            " or @vocabulary='DAC' or @vocabulary='DAC-3']/@code"
        )
        wanted = {code.strip() for code in dac if code.strip().isdecimal() and len(code.strip()) in (3, 5)}
        assert {sector.code for sector in program.sectors} == wanted
        readable = element.xpath(
            "count(transaction[number(translate(value, ',', '')) = number(translate(value, ',', ''))])"
        )
        assert sum(total.number for total in program.published.transactions) == readable
        assert program.published.points <= element.xpath("count(location[point/pos or coordinates])")
        assert len(program.published.related) <= element.xpath("count(related-activity)")
        assert program.published.conditions == element.xpath("count(conditions/condition)")
        assert program.published.documents == element.xpath("count(document-link)")
        assert program.published.indicators == element.xpath("count(result/indicator)")


@pytest.mark.parametrize("path", every(30, "iati-2x", "iati-1x"), ids=named if SAMPLE else None)
def test_what_is_read_satisfies_the_forms_of_the_model(path):
    from pydantic import TypeAdapter

    from lens.cases.annex import Annex
    from lens.cases.program import Program

    program, annex = TypeAdapter(Program), TypeAdapter(Annex)
    for found in list(read_activities(path))[::7]:
        program.validate_json(json.dumps(dataclasses.asdict(found.program), default=str))
        annex.validate_json(json.dumps(dataclasses.asdict(found.annex)))


def test_country_and_sector_and_flag_that_stand_only_on_transactions_are_gathered():
    found = [one for path in files("iati-2x/usaid")[:10] for one in read_activities(path)]

    assert all(one.program.sectors and one.program.published.sectors_from == "transactions" for one in found)
    assert sum(one.program.published.countries_from == "transactions" for one in found) > 0.9 * len(found)
    assert not any(one.program.published.markers for one in found)


def test_each_activity_can_be_asked_for():
    path = files("iati-2x/okfn-samples")[0]
    ids = [one.identifier for one in read_activities(path) if one.identifier]

    for identifier in ids[:5]:
        assert read_activity(path, identifier).identifier == identifier


def test_no_contact_comes_out():
    for path in files("iati-2x/dportal-2021")[::60]:
        try:
            mails = {str(mail).strip() for mail in tree(path).xpath("//contact-info/email/text()")} - {""}
        except SyntaxError:
            continue
        for one in read_activities(path):
            stated = dataclasses.replace(one.program, title="", description="", activities=(), id="")
            assert not [mail for mail in mails if mail in str(dataclasses.asdict(stated))]
