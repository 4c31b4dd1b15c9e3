"""Pieces of a file, read one by one, give what reading the whole file gives, and lose less of a broken one."""

from __future__ import annotations

import dataclasses
import io
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.errors import InputError
from lens.portfolio.inputs.iati import FORMAT
from lens.portfolio.inputs.pieces import Broken, Piece
from lens.readers.iati import pieces, read_activities, records, source, stream, window

NAME = "activities.xml"


@dataclasses.dataclass
class Bytes:
    content: bytes
    name: str = NAME

    def open(self):
        return io.BytesIO(self.content)

    def local(self):
        raise NotImplementedError


def copied(piece):
    return pickle.loads(pickle.dumps(piece))  # noqa: S301 - our own bytes


def in_pieces(content):
    """Every record and everything broken; pieces go through pickle, as between processes."""
    content = content.encode() if isinstance(content, str) else content
    found = []
    number = 0
    for piece in FORMAT.cut(Bytes(content)):
        if isinstance(piece, Broken):
            found.append(piece)
            number += bool(piece.number)
            continue
        assert piece.first == number + 1
        records = list(FORMAT.read(copied(piece), NAME))
        assert sum(not isinstance(one, Broken) or one.number > 0 for one in records) == piece.count
        number += piece.count
        found += records
    return found


def told(found):
    """Identifiers of what was read; number, line and words of what was not."""
    return [
        (one.number, one.problem.line, one.problem.what) if isinstance(one, Broken) else one.identifier for one in found
    ]


def activity(name, more="", tag="iati-activity"):
    return f"<{tag}><iati-identifier>{name}</iati-identifier>{more}</{tag}>"


def file(*activities, root="iati-activities"):
    return f'<{root} version="2.03">\n' + "\n".join(activities) + f"\n</{root}>"


A, B, C = activity("XA-A"), activity("XA-B"), activity("XA-C")
HIDING = (
    "<!-- </iati-activity> <iati-activity> -->",
    "<title><![CDATA[ </iati-activity> ]]></title>",
    "<?made up </iati-activity> ?>",
    "<!-- <![CDATA[ --><title>x</title><!-- ]]> </iati-activities> -->",
    activity("XA-INNER"),
    "<iati-activity/>",
    "<iati-activity-made-up></iati-activity-made-up>",
    '<title><narrative xml:lang="fr">Forage</narrative></title>',
    "<u:note xmlns:u='urn:u'>\r\n</u:note>",
    "<budget><value>5</value></budget>",
    "<title>W&#233;lls \u2014 \u6c34 &amp; taps</title>\r",
    "",
)
WHOLE = {
    "declared": '<?xml version="1.0"?>\n' + file(A, B),
    "byte order mark": b"\xef\xbb\xbf" + file(A, B).encode(),
    "white space before the declaration": '\n \n<?xml version="1.0"?>' + file(A, B),
    "utf-16": file(A, B).encode("utf-16"),
    "utf-16 declared": ('<?xml version="1.0" encoding="UTF-16"?>' + file(A, B)).encode("utf-16"),
    "latin-1": ('<?xml version="1.0" encoding="ISO-8859-1"?>' + file(activity("XA-\u00e9"), B)).encode("latin-1"),
    "an encoding that hides marks": (
        '<?xml version="1.0" encoding="ISO-2022-JP"?>' + file(activity("XA-\u6c34"), B)
    ).encode("iso2022_jp"),
    "lone CR": file(A, B).replace("\n", "\r"),
    "default namespace": file(A, B).replace("<iati-activities", "<iati-activities xmlns='urn:n'"),
    "prefix": file(
        activity("XA-A", tag="n:iati-activity").replace("<iati-id", "<n:iati-id").replace("</iati-id", "</n:iati-id")
    )
    .replace("iati-activities", "n:iati-activities")
    .replace(" version", " xmlns:n='urn:n' version"),
    "one activity as root": A,
    "an answer": f"<result><ok>1</ok>\n<query a='&gt;>'>{file(A, B)}</query>{file(C)}</result>",
    "activities in records": f"<x:x xmlns:x='urn:r'><x:r default-currency='XAB'>{A}</x:r><x:r>{B}</x:r></x:x>",
    "tags over lines": file(A, B)
    .replace(" version", "\n version")
    .replace("<iati-activity>", "<iati-activity\n a='>'\n>"),
    "comments between": file(A, "<!-- <iati-activity> -->", B, "<?x <iati-activity?>", C),
    "nested wrapper": f"<result><result>{A}</result>{B}</result>",
    **{f"hiding {number}": file(A, activity("XA-B", more), C) for number, more in enumerate(HIDING)},
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE.keys())
@pytest.mark.parametrize("size", [1, 100, 1_000_000])
def test_pieces_of_any_size_give_what_the_whole_file_gives(write, monkeypatch, content, size):
    path = write(content)
    whole = list(read_activities(path))
    monkeypatch.setattr(pieces, "PIECE_BYTES", size)
    monkeypatch.setattr(pieces, "BLOCK", 1)
    monkeypatch.setattr(source, "CHUNK", 7)

    assert in_pieces(path.read_bytes()) == whole
    assert whole


RECORDS = st.lists(st.sampled_from(HIDING), max_size=3).map(lambda parts: activity("XA-1", "\n".join(parts)))
BETWEEN = st.sampled_from(("", "\n\n", "<!-- <iati-activity> -->", "text", "<other/>", "<?p </x> ?>", "\r\n"))
WRAPPED = st.sampled_from(
    (
        "<iati-activities version='2.01'>{}</iati-activities>",
        "<result>\n<ok/>{}</result>",
        "<n:iati-activities xmlns:n='urn:n' xml:lang='fr'>\n{}</n:iati-activities>",
        "<query><r:registry-record xmlns:r='urn:r' default-currency='XAB'>{}</r:registry-record></query>",
    )
)


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(st.tuples(BETWEEN, RECORDS), min_size=1, max_size=6),
    wrapped=st.tuples(WRAPPED, WRAPPED),
    size=st.integers(1, 900),
    chunk=st.integers(20, 60),
)
def test_made_up_files_read_in_pieces_equal_those_read_whole(tmp_path_factory, parts, wrapped, size, chunk):
    inner = "".join(between + record for between, record in parts)
    content = f"<result>{wrapped[0].format(inner)}{wrapped[1].format(inner)}</result>".encode()
    path = tmp_path_factory.getbasetemp() / NAME
    path.write_bytes(content)
    whole = list(read_activities(path))
    before = pieces.PIECE_BYTES, pieces.BLOCK, source.CHUNK
    pieces.PIECE_BYTES, pieces.BLOCK, source.CHUNK = size, chunk, chunk
    try:
        assert in_pieces(content) == whole
    finally:
        pieces.PIECE_BYTES, pieces.BLOCK, source.CHUNK = before


TORN = file(A, activity("XA-B", HIDING[0] + HIDING[1] + HIDING[4]), activity("XA-C", HIDING[7])).encode()
MARKS = st.sampled_from(
    b"< > </ /> <!-- --> <![CDATA[ ]]> <? ?> \" ' & \n \xff \x01 <u:a/> <result> <iati-activity>".split(b" ")
    + b"</iati-activity> <iati-activity/> </iati-activities> ".split(b" ")
)


@settings(max_examples=300, deadline=None)
@given(
    tears=st.lists(st.tuples(st.integers(0, len(TORN)), st.integers(0, 30), MARKS), min_size=1, max_size=4),
    size=st.sampled_from((1, 300, 10_000)),
)
def test_a_torn_file_is_read_or_told_and_never_loses_what_the_whole_file_gives(tmp_path_factory, tears, size):
    content = TORN
    for at, gone, mark in tears:
        content = content[:at] + mark + content[at + gone :]
    path = tmp_path_factory.getbasetemp() / NAME
    path.write_bytes(content)
    whole, problems = [], ()
    try:
        whole.extend(read_activities(path))
    except InputError as error:
        problems = error.problems
    before, pieces.PIECE_BYTES = pieces.PIECE_BYTES, size
    try:
        found = in_pieces(content)
    except InputError as error:
        assert not whole
        assert [(one.line, one.what) for one in error.problems] == [(one.line, one.what) for one in problems]
        return
    finally:
        pieces.PIECE_BYTES = before

    read = [one.identifier for one in found if not isinstance(one, Broken)]
    assert read[: len(whole)] == [one.identifier for one in whole]
    if not problems:
        assert [dataclasses.replace(one, problems=()) for one in found] == [
            dataclasses.replace(one, problems=()) for one in whole
        ]


def test_a_piece_holds_at_most_so_many_records_and_bytes(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_RECORDS", 3)
    content = file(*[A] * 7).encode()

    found = list(FORMAT.cut(Bytes(content)))

    assert [(one.first, one.count, one.line) for one in found] == [(1, 3, 2), (4, 3, 5), (7, 1, 8)]
    assert found[0].body.decode() == "\n".join([A] * 3)
    assert found[0].frame.around == (b'<iati-activities version="2.03">',)


def test_what_is_around_an_activity_holds_for_it_in_every_piece(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_BYTES", 1)
    priced = activity("XA-A", "<title>Eau</title><budget><value>5</value></budget>")
    content = file(priced, priced).replace(" version", ' xml:lang="fr" default-currency="XAB" version')

    for one in in_pieces(content):
        assert one.program.budgets[0].currency == "XAB"
        assert one.program.published.version == "2.03"
        assert one.program.published.languages == ("fr",)


CUT = "The file ends in the middle of an element; it was probably cut off."
UNCLOSED = "An activity is not closed before the next one begins."
CLOSING = "The closing tag does not match the tag that was opened."
AFTER = "There is something after the end of the XML."
OPEN = "<iati-activity><iati-identifier>XA-OPEN</iati-identifier>"
BROKEN = {
    "wrong closing tag": (file(A, activity("X", "<a></b>"), C), ["XA-A", (2, 3, CLOSING), "XA-C"]),
    "two wrong ones": (
        file(activity("X", "<a></b>"), B, activity("X", "\n&nbsp;")),
        [
            (1, 2, CLOSING),
            "XA-B",
            (3, 5, "It uses an entity such as &nbsp; that XML does not know."),
        ],
    ),
    "attribute twice": (
        file(A, "<iati-activity a='1' a='2'/>"),
        ["XA-A", (2, 3, "An element has the same attribute twice.")],
    ),
    "no quotation marks": (
        file(A, "<iati-activity a=1></iati-activity>", C),
        ["XA-A", (2, 3, "An attribute's value is not in quotation marks."), "XA-C"],
    ),
    "quotation mark missing": (
        file(A, "<iati-activity a='1></iati-activity>", activity("XA-C", "<a b='1'/>")),
        ["XA-A", (2, 3, "The XML is broken here."), "XA-C"],
    ),
    "cut off": (file(A, OPEN)[: -len("</iati-activities>")], ["XA-A", (2, 3, CUT)]),
    "cut off in a tag": (file(A, OPEN)[: -len("</iati-activities>")] + "<title a='", ["XA-A", (2, 3, CUT)]),
    "cut off between": (file(A, B)[:-5], ["XA-A", "XA-B", (0, 4, CUT)]),
    "cut off in a comment": (file(A, OPEN + "<!-- " + B), ["XA-A", (2, 3, CUT)]),
    "not closed at the end": (file(A, OPEN), ["XA-A", (2, 3, UNCLOSED)]),
    "not closed": (file(A, OPEN, B, C), ["XA-A", (2, 3, UNCLOSED), "XA-B", "XA-C"]),
    "not closed, twice": (file(OPEN, B, OPEN, C), [(1, 2, UNCLOSED), "XA-B", (3, 4, UNCLOSED), "XA-C"]),
    "not closed and cut off": (file(OPEN, B, OPEN)[:-19], [(1, 2, UNCLOSED), "XA-B", (3, 4, CUT)]),
    "closed twice": (file(A, "</iati-activity>", B), ["XA-A", (0, 3, CLOSING), "XA-B"]),
    "around it": (file(A, "</other>", B) + "more", ["XA-A", (0, 3, CLOSING), "XA-B"]),
    "after the end": (file(A) + "\nmore", ["XA-A", (0, 3, AFTER)]),
    "two files in one": (file(A) + "\n" + file(B), ["XA-A", (0, 4, AFTER), "XA-B"]),
    "root broken": (
        file(A, B).replace('"2.03"', "2.03"),
        [(0, 2, "An attribute's value is not in quotation marks."), "XA-A", "XA-B"],
    ),
    "control character": (file(A, activity("\x01")), ["XA-A", (2, 3, "There is a character that XML does not allow.")]),
    "depth": (
        file(A, activity("X", "<a>" * 300 + "</a>" * 300), C),
        ["XA-A", (2, 3, "An element is nested too deeply or holds too much text (over 10 MB)."), "XA-C"],
    ),
    "depth around": (
        f"<result>{A}" + "<r>" * 300 + f"{B}</result>",
        ["XA-A", (0, 1, "The elements around the activities are nested too deeply or too large.")],
    ),
}


@pytest.mark.parametrize(("content", "wanted"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_costs_one_record_and_is_told_with_its_line(content, wanted):
    found = in_pieces(content)

    assert told(found) == wanted
    assert all(one.problem.file == NAME and one.problem.fix for one in found if isinstance(one, Broken))


def test_bytes_of_another_encoding_cost_one_record():
    content = file(A, activity("X\u00e9"), C).encode("latin-1")

    assert told(in_pieces(content)) == [
        "XA-A",
        (2, 3, "The bytes are not in the encoding that the file states."),
        "XA-C",
    ]


def test_a_broken_utf_16_file_gives_what_stands_before():
    content = file(A, B).encode("utf-16-le")
    broken = b"\xff\xfe" + content[: content.index("XA-B".encode("utf-16-le"))] + b"\x00\xdc" * 9

    assert told(in_pieces(broken)) == [
        "XA-A",
        (2, 3, CUT),
        (0, 0, "The bytes are not in the encoding that the file states."),
    ]


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "not closed"])
def test_a_record_that_is_too_large_costs_itself_and_little_memory(monkeypatch, closed):
    monkeypatch.setattr(window, "MAX_ACTIVITY_BYTES", 3_000)
    monkeypatch.setattr(pieces, "BLOCK", 1_000)
    monkeypatch.setattr(source, "CHUNK", 500)
    large = activity("X", "<title>" + "x\n" * 5_000 + "</title>")
    content = file(A, large, C) if closed else file(A, large.replace("</iati-activity>", ""))

    found = told(in_pieces(content))

    assert [one if isinstance(one, str) else one[:2] for one in found] == ["XA-A", (2, 3), *["XA-C"] * closed]
    assert "larger than" in found[1][2]


def test_a_record_of_too_many_marks_costs_itself(monkeypatch):
    from lens.readers.iati import reading

    monkeypatch.setattr(reading, "MAX_ACTIVITY_MARKS", 500)
    found = told(in_pieces(file(A, activity("X", "<a/>" * 600), C)))

    assert [one if isinstance(one, str) else one[:2] for one in found] == ["XA-A", (2, 3), "XA-C"]
    assert "larger than" in found[1][2]


def test_what_is_no_activity_may_go_on_only_so_far(monkeypatch):
    monkeypatch.setattr(records, "MAX_ACTIVITY_BYTES", 3_000)
    monkeypatch.setattr(records, "MAX_ACTIVITY_MARKS", 200)

    for between in ("<a>" + "x" * 5_000 + "</a>", "<a/>" * 300):
        found = told(in_pieces(file(A, between, C)))
        assert [one if isinstance(one, str) else one[:2] for one in found] == ["XA-A", (0, 3)]
        assert "larger than" in found[1][2]


HOSTILE = {
    "signs": "<" * 300_000,
    "quotation marks": "<a " + "\"'" * 200_000,
    "attributes": "<a" + " a=''" * 100_000,
    "colons": "<" + ":" * 300_000,
    "comments": "<!---->" * 50_000,
    "comment that is none": "<!-" * 100_000,
    "prefixes": "".join(f"<p{number}:a/>" for number in range(20_000)),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("inside", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("where", ["in an activity", "between"])
def test_what_is_made_to_take_long_does_not(monkeypatch, inside, where):
    monkeypatch.setattr(pieces, "BLOCK", 20_000)
    content = file(A, activity("XA-X", inside) if where == "in an activity" else inside, C)

    found = told(in_pieces(content))

    assert found[0] == "XA-A"
    assert len(found) >= 2


def test_activities_that_never_close_are_passed_over_in_one_go():
    found = in_pieces("<iati-activities>" + OPEN * 2_000)

    assert len(found) == 2_000
    assert {one.problem.what for one in found} == {UNCLOSED, CUT}


def test_an_activity_that_does_not_close_before_many_does_not_hide_them():
    found = in_pieces(file(OPEN, *[B] * 250))

    assert told(found)[0] == (1, 2, UNCLOSED)
    assert told(found).count("XA-B") == 250


@pytest.mark.parametrize("where", ["root", "element", "attribute", "activity"])
def test_a_prefix_that_is_not_declared_is_read_as_a_foreign_part_with_a_note(where):
    foreign = {"element": "<u:a/>", "attribute": "<budget u:a='1'/>"}.get(where, "")
    content = file(A, activity("XA-B", foreign + "<title>Wells</title>"))
    if where == "root":
        content = content.replace(" version", " u:a='1' version")
    if where == "activity":
        content = content.replace("<iati-activity>", "<u:iati-activity>").replace(
            "</iati-activity>", "</u:iati-activity>"
        )

    one, two = in_pieces(content)

    codes = [{note.code for note in found.program.published.notes} for found in (one, two)]
    assert two.program.title == "Wells"
    assert ["prefix-undeclared" in found for found in codes] == {
        "root": [False, False],
        "activity": [True, True],
    }.get(where, [False, True])


BAD = {
    "empty": (b"", "empty"),
    "json": (b'{"result":[],"duration":3.357}', "JSON"),
    "web page": (b"<!DOCTYPE html><html></html>", "web page"),
    "utf-32": (file(A).encode("utf-32"), "UTF-32"),
    "doctype": (b"<!DOCTYPE a [<!ENTITY e 'x'>]>" + file(A).encode(), "DOCTYPE"),
    "doctype in utf-16": (("<!DOCTYPE a []>" + file(A)).encode("utf-16"), "DOCTYPE"),
    "packed": (b"\x1f\x8b\x08\x00", "packed file (gzip)"),
    "organisation file": (b"<iati-organisations/>", "organisation file"),
    "organisation file in an answer": (b"<n:iati-organisations xmlns:n='u'/>", "organisation file"),
    "other xml": (b"<kml/>", "not an IATI file"),
    "no activity": (b"<iati-activities/>", "no IATI activity"),
    "activity in a comment": (b"<iati-activities><!-- <iati-activity/> --></iati-activities>", "no IATI activity"),
    "broken before any": (b"<iati-activities><a></b></iati-activities>", "closing tag"),
    "depth": (b"<iati-activities>" + b"<a>" * 5000, "nested too deeply"),
    "endless prolog": (b"<!--" + b"x" * 2_000_000, "first megabyte"),
}


@pytest.mark.parametrize(("content", "what"), BAD.values(), ids=BAD.keys())
def test_what_has_no_activities_is_refused_as_a_whole(content, what):
    with pytest.raises(InputError) as caught:
        list(FORMAT.cut(Bytes(content)))

    (problem,) = caught.value.problems
    assert problem.file == NAME
    assert what in problem.what


def test_entities_are_never_resolved():
    content = file(A, activity("XA-B", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><title>&e;</title>"))

    assert told(in_pieces(content)) == ["XA-A", (2, 3, "The XML is broken here.")]


def test_an_input_that_breaks_off_gives_what_stands_before_and_is_told():
    class Failing(io.BytesIO):
        def read(self, size=-1):
            found = super().read(size)
            if not found:
                raise OSError(5, "Input/output error")
            return found

    class Source(Bytes):
        def open(self):
            return Failing(self.content)

    found = list(FORMAT.cut(Source(file(A, B).encode() + b"\n" * 100)))

    assert isinstance(found[0], Piece)
    assert [one.problem.what for one in found[1:]] == ["The file cannot be read: Input/output error."]


def test_a_large_input_in_an_encoding_that_hides_marks_is_refused(monkeypatch):
    monkeypatch.setattr(pieces, "MAX_WHOLE", 50)
    content = ('<?xml version="1.0" encoding="ISO-2022-JP"?>' + file(A)).encode()

    with pytest.raises(InputError, match="not in UTF-8"):
        list(FORMAT.cut(Bytes(content)))


def test_iati_is_recognized_by_content():
    assert FORMAT.recognizes(b"<iati-activities>", Bytes(b""))
    assert not FORMAT.recognizes(b"a,b\n1,2", Bytes(b"", name="iati-activities.xml"))


def test_the_limits_of_one_record_are_the_same_whichever_way_it_is_read():
    assert window.MAX_ACTIVITY_BYTES == stream.MAX_ACTIVITY_BYTES
