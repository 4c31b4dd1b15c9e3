from __future__ import annotations

from datetime import date

import pytest

from lens.cases.published import Marker, Related
from lens.readers.iati.absent import FIELDS, NEVER_IN_IATI


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


def on(kind, day, text=""):
    return f'<activity-date type="{kind}" iso-date="{day}">{text}</activity-date>'


@pytest.mark.parametrize(
    ("dates", "start", "end"),
    [
        (on(1, "2020-01-01") + on(2, "2020-02-01") + on(3, "2021-01-01"), date(2020, 2, 1), date(2021, 1, 1)),
        (on("start-planned", "2020-01-01") + on("END-ACTUAL", "2021-01-01"), date(2020, 1, 1), date(2021, 1, 1)),
        ('<activity-date type="start-actual">2004-01-01</activity-date>', date(2004, 1, 1), None),
        (on("start", "2010-01-15") + on("completion", "2010-07-15"), date(2010, 1, 15), date(2010, 7, 15)),
        (on(1, "2006-10-1"), date(2006, 10, 1), None),
        (on(1, "2006-10-01T00:00:00Z"), date(2006, 10, 1), None),
        (on(1, "2006-10-01Z"), date(2006, 10, 1), None),
        (on(1, "48000"), None, None),
        (on(1, "2006-02-30"), None, None),
        (on(1, "9999-01-01"), None, None),
        (on(1, ""), None, None),
    ],
)
def test_dates_are_actual_or_else_planned(one, dates, start, end):
    found = one(dates).program

    assert (found.start, found.end) == (start, end)
    assert (found.activities[0].start, found.activities[0].end) == (start, end)


def test_odd_dates_are_noted(one):
    found = one(on(1, "") + on(2, "2020-05-01") + on(4, "2019-05-01") + on(3, "soon"))

    assert notes(found).items() >= {"date-empty": 1, "date-end-before-start": 1, "date-unreadable": 1}.items()


@pytest.mark.parametrize(
    ("status", "code", "stage"),
    [
        ('code="1"', "1", "design"),
        ('code="2"', "2", "implement"),
        ('code="3"', "3", "evaluate"),
        ('code="4"', "4", "evaluate"),
        ('code="5"', "5", "decide"),
        ('code="6"', "6", "decide"),
        ('code="9"', "", None),
    ],
)
def test_the_stage_follows_from_the_status(one, status, code, stage):
    found = one(f"<activity-status {status}/>")

    assert (found.program.published.status, found.program.stage) == (code, stage)


def test_a_status_in_words_is_understood_and_an_unknown_one_noted(one):
    assert one("<activity-status>Implementation</activity-status>", version="1.03").program.stage == "implement"
    assert notes(one("<activity-status>Unspecified</activity-status>"))["status-unknown"] == 1


def test_markers_screened_and_not_stated_differ_from_absent_ones(one):
    found = one(
        '<policy-marker vocabulary="1" code="01" significance="0"/>'
        '<policy-marker vocabulary="DAC" code="2"/><policy-marker code="8" significance="4"/>'
        '<policy-marker vocabulary="99" code="W" significance="1"/><policy-marker code="3" significance="158%"/>'
        '<policy-marker significance="1"/><policy-marker code="INCLUSIVE GROWTH"/>'
    )

    assert found.program.published.markers == (
        Marker(code="1", significance="0"),
        Marker(code="2", significance=None),
        Marker(code="8", significance="4"),
        Marker(code="W", vocabulary="99", significance="1"),
        Marker(code="3", significance=None),
    )
    assert (
        notes(found).items()
        >= {
            "marker-without-significance": 1,
            "marker-significance-odd": 1,
            "marker-without-code": 1,
            "marker-odd": 1,
        }.items()
    )
    assert "gender_marker" not in found.program.published.not_published
    assert "disability_marker" in found.program.published.not_published


@pytest.mark.parametrize(
    ("body", "attached", "listed", "note"),
    [
        ("", None, 0, None),
        ('<conditions attached="0"/>', False, 0, None),
        ('<conditions attached="false"/>', False, 0, None),
        ('<conditions attached="1"><condition type="1"/><condition type="2"/></conditions>', True, 2, None),
        ('<conditions attached="0"><condition type="1"/></conditions>', False, 1, "condition-contradicts"),
        ('<conditions attached="1"/>', True, 0, "condition-not-listed"),
        ('<conditions attached="maybe"/>', None, 0, "flag-unreadable"),
    ],
)
def test_conditions_said_and_listed_are_two_things(one, body, attached, listed, note):
    found = one(body)

    published = found.program.published
    assert (published.conditions_attached, published.conditions) == (attached, listed)
    assert note is None or notes(found)[note] == 1
    assert ("conditions" in published.not_published) is (attached is None and not listed)


@pytest.mark.parametrize(
    ("attribute", "transactions", "flag"),
    [
        ("", "", None),
        ("", "0", False),
        ("", "1", True),
        ('humanitarian="true"', "", True),
        ('humanitarian="0"', "", False),
        ('humanitarian="0"', "1", True),
        ('humanitarian="perhaps"', "", None),
    ],
)
def test_the_humanitarian_flag_is_gathered_from_the_activity_and_its_transactions(one, attribute, transactions, flag):
    body = f'<transaction humanitarian="{transactions}"><value>1</value></transaction>' if transactions else ""
    found = one(body, attribute)

    assert found.program.published.humanitarian is flag
    assert found.program.flags == (("humanitarian",) if flag else ())


def test_results_are_counted_with_those_by_sex(one):
    indicator = "<indicator>{}</indicator>"
    found = one(
        "<result>"
        + indicator.format('<baseline><dimension name="Sex" value="f"/></baseline>')
        + indicator.format('<period><actual><dimension name="Number of women reached"/></actual></period>')
        + indicator.format('<period><actual><dimension name="Essex"/></actual></period>')
        + "</result><result/><document-link/><document-link/>"
    )

    published = found.program.published
    assert (published.results, published.indicators, published.disaggregated_by_sex) == (2, 3, 2)
    assert published.documents == 2


def test_related_activities_have_codes_or_words(one):
    found = one('<related-activity type="1" ref=" XA-1-P "/><related-activity type="sibling" ref="XA-1-S"/>')

    assert found.program.published.related == (Related(kind="1", ref="XA-1-P"), Related(kind="3", ref="XA-1-S"))


@pytest.mark.parametrize(
    ("attributes", "version", "found"),
    [
        ("", "2.03", "2.03"),
        ('version="1.00"', "2.03", "1.00"),
        ('xmlns:d="urn:d" d:version="2.02"', "", "2.02"),
        ("", "", ""),
        ("", "text", "text"),
    ],
)
def test_the_version_is_as_written_wherever_it_is(one, attributes, version, found):
    published = one("", attributes, version=version).program.published

    assert published.version == found
    codes = {note.code for note in published.notes} & {"version-missing", "version-unknown"}
    assert codes == ({"version-missing"} if not found else {"version-unknown"} if found == "text" else set())


def test_the_record_says_when_it_was_changed_and_on_which_level_it_is(one):
    published = one("", 'last-updated-datetime="2021-03-04T05:06:07Z" hierarchy="2"').program.published

    assert (published.updated, published.hierarchy, published.publisher) == ("2021-03-04", "2", "XA-1")


def test_what_is_left_out_is_named_and_what_iati_cannot_say_always_is(one):
    empty = one("").program.published
    full = one(
        "<title><narrative>Wells</narrative></title><description><narrative>Wells are dug.</narrative></description>"
        + on(1, "2020-01-01")
        + on(3, "2021-01-01")
        + '<activity-status code="2"/><participating-org role="4" type="22" ref="XA-2"/><recipient-country code="XA"/>'
        "<location><name><narrative>Fort Zephyr</narrative></name></location><sector code='14030'/>"
        "<budget><value currency='USD'>1</value></budget><transaction><value currency='USD'>1</value></transaction>"
        "<policy-marker code='1'/><policy-marker code='11'/><conditions attached='0'/><document-link/>"
        "<result><indicator><baseline><dimension name='sex'/></baseline></indicator></result>"
        "<related-activity type='1'/>",
        'humanitarian="0"',
    ).program.published

    assert empty.not_published == FIELDS
    assert full.not_published == NEVER_IN_IATI


def test_missing_required_elements_are_named(one):
    (note,) = [note for note in one("<title/>").program.published.notes if note.code == "required-missing"]

    assert note.detail == "activity-status, description, participating-org"


def test_identifiers_are_kept_readable_and_their_oddities_noted(write):
    from lens.readers.iati import read_activities

    text = """<iati-activities version="2.03">
      <iati-activity><iati-identifier>
        XA-1  7
      </iati-identifier><reporting-org ref="XA-9" secondary-reporter="1"/></iati-activity>
      <iati-activity><reporting-org ref="XA-9"/></iati-activity>
    </iati-activities>"""
    first, second = read_activities(write(text))

    assert first.identifier == "XA-1 7"
    assert notes(first).keys() >= {"identifier-spaces", "identifier-foreign", "secondary-reporter", "reporting-unnamed"}
    assert (second.identifier, notes(second)["identifier-missing"]) == ("", 1)
    assert (second.problems[0].line, second.problems[0].field) == (5, "iati-identifier")
