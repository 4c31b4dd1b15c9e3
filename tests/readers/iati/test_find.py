from __future__ import annotations

import pytest

from lens.errors import InputError
from lens.readers.iati import READER, read_activity


def activity(name, text="", updated=""):
    return (
        f'<iati-activity last-updated-datetime="{updated}"><iati-identifier> {name}\n</iati-identifier>'
        f"<title><narrative>{name} {updated}</narrative></title>"
        f"<description><narrative>{text or name + ' digs wells.'}</narrative></description></iati-activity>"
    )


def file(*activities):
    return f"<iati-activities>{''.join(activities)}</iati-activities>"


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


@pytest.mark.parametrize("asked", ["XA-1-B", " XA-1-B ", "xa-1-b", "XA-1 -B"])
def test_the_one_asked_for_is_found_whatever_the_white_space(write, asked):
    path = write(file(activity("XA-1-A"), activity("XA-1-B"), activity("XA-1-C")))

    assert read_activity(path, asked).identifier == "XA-1-B"


def test_without_an_identifier_the_only_one_is_read(write):
    assert read_activity(write(file(activity("XA-1-A"))), None).identifier == "XA-1-A"


def test_without_an_identifier_several_are_an_error_that_names_some(write):
    path = write(file(*(activity(f"XA-1-{at}") for at in range(9))))

    with pytest.raises(InputError, match=r"9 activities.*XA-1-0, XA-1-1, XA-1-2, XA-1-3, XA-1-4\.$"):
        read_activity(path, None)


def test_one_that_is_not_there_gets_at_most_five_near_misses(write):
    path = write(file(*(activity(f"XA-1-2020{at}") for at in range(9)), activity("ZZZZ")))

    with pytest.raises(InputError) as caught:
        read_activity(path, "XA-1-2020")

    (problem,) = caught.value.problems
    assert problem.what == "The file has 10 activities, and none with the identifier asked for."
    assert problem.fix.count("XA-1-2020") == 5
    assert "ZZZZ" not in problem.fix


def test_one_that_is_like_none_gets_the_first_few(write):
    with pytest.raises(InputError, match=r"1 activity, .* It begins with XA-1-A\."):
        read_activity(write(file(activity("XA-1-A"))), "something else")


@pytest.mark.parametrize(
    ("stamps", "newest"),
    [
        (["2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", "2019-01-01"], "2021-01-01T00:00:00Z"),
        (["", "", ""], ""),
        (["2020-01-01", "", "soon"], "2020-01-01"),
    ],
)
def test_of_several_with_the_identifier_the_newest_is_read(write, stamps, newest):
    path = write(file(*(activity("XA-1", f"Text {at}", stamp) for at, stamp in enumerate(stamps)), activity("XA-2")))
    found = read_activity(path, "XA-1")

    assert found.program.title.removeprefix("XA-1").strip() == newest
    assert notes(found)["activity-repeated"] == 3
    if not newest:
        assert found.program.description == "Text 2"


def test_a_text_that_others_share_word_for_word_counts_as_none(write):
    path = write(
        file(
            activity("XA-1", "Wells  ARE dug."),
            activity("XA-2", "Wells are dug."),
            activity("XA-3", "Wells are dug.\n"),
        )
    )
    found = read_activity(path, "XA-1")

    assert notes(found)["description-shared"] == 2
    assert found.program.published.text_length == 0
    assert found.program.description == "Wells ARE dug."


def test_copies_of_the_same_activity_do_not_make_its_text_boilerplate(write):
    found = read_activity(write(file(activity("XA-1", "Wells are dug."), activity("XA-1", "Wells are dug."))), "XA-1")

    assert "description-shared" not in notes(found)


def test_one_behind_the_break_is_not_found_and_both_are_said(write):
    with pytest.raises(InputError) as caught:
        read_activity(write("<iati-activities>" + activity("XA-1") + "<iati-activity><a>"), "XA-2")

    broken, partly = caught.value.problems
    assert "cut off" in broken.what
    assert partly.what.startswith("The file could be read only in part; it has 1 activity before that point.")


def test_a_broken_file_is_never_said_to_have_only_one(write):
    with pytest.raises(InputError, match="only in part"):
        read_activity(write("<iati-activities>" + activity("XA-1") + "<iati-activity><a>"), None)


def test_the_core_gets_the_program_the_annex_and_the_notes(write):
    path = write(
        file('<iati-activity><iati-identifier>XA-1</iati-identifier><recipient-country code="QQ"/></iati-activity>')
    )
    found = READER.read(path, "XA-1")

    assert found.program.id == "XA-1"
    assert "iati:country-unknown:1" in found.notes
