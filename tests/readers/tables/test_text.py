"""CSV as people save it, and as it breaks: nothing is lost without a word, nothing grows."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lens.errors import InputError
from lens.portfolio.inputs.pieces import Broken
from lens.portfolio.inputs.table_formats import formats
from lens.readers.tables import delimited
from lens.readers.tables.delimited import encoding_of, sheet

HEAD = "crs_id,donor_code,purpose_code,recipient_code,usd_commitment,project_title"


def row(number, title="Wells", amount="1"):
    return f"{number},9,15220,998,{amount},{title}"


def titles(found):
    return [one.program.title for one in found]


def faults(found):
    return [(one.number, one.problem.line, one.problem.what) for one in found if isinstance(one, Broken)]


def notes(record):
    return [note.code for note in record.program.published.notes]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_found_by_content(records, delimiter, end):
    lines = [HEAD.replace(",", delimiter), row(1).replace(",", delimiter), row(2, '"a, b; c"').replace(",9,", ",9,")]
    lines[2] = delimiter.join(["2", "9", "15220", "998", "1", '"a, b; c|d"'])

    found = records(end.join(lines) + end)

    assert titles(found) == ["Wells", "a, b; c|d"]
    assert [one.line for one in found] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_encoding_is_told_by_its_mark_or_its_bytes(records, encoding):
    (found,) = records(f"{HEAD}\n{row(1, 'Puits à l’école')}\n".encode(encoding))

    assert found.program.title == "Puits à l’école"
    assert notes(found) == []


def test_what_is_not_utf_8_is_read_as_windows_1252_and_every_record_says_so(records):
    found = records(f"{HEAD}\n{row(1, 'Puits à l’école')}\n{row(2)}\n".encode("cp1252"))

    assert titles(found) == ["Puits à l’école", "Wells"]
    assert [notes(one) for one in found] == [["encoding-assumed"], ["encoding-assumed"]]


def test_a_title_and_units_may_stand_above_the_header_and_tags_and_a_second_header_below_it(records):
    content = (
        f"Aid of Xanadia\n\n,,USD million,,\n{HEAD}\n#id,#org,#sector,#geo,#value,#name\n{row(1)}\n{HEAD}\n{row(2)}\n"
    )

    assert [(one.identifier, one.line) for one in records(content)] == [("1", 6), ("2", 8)]


def test_a_header_that_stands_twice_is_read_where_it_stands_first_and_that_is_noted(records):
    (found,) = records(f"{HEAD},project_title\n{row(1)},Other\n")

    assert (found.program.title, notes(found)) == ("Wells", ["column-doubled"])


def test_line_breaks_in_quotes_are_part_of_a_cell(records):
    first, second = records(f"{HEAD}\n" + row(1, '"Wells\nand ""pumps"""') + f"\n{row(2)}\n")

    assert first.program.title == 'Wells and "pumps"'
    assert (first.line, second.line) == (2, 4)


def test_a_row_that_is_too_short_is_read_and_one_that_is_too_long_is_told(everything):
    short, long, last = everything(f"{HEAD}\n1,9\n{row(2)},surplus\n{row(3)},,\n")

    assert (short.identifier, notes(short)) == ("1", ["row-short"])
    assert faults([long]) == [
        (2, 3, "This row has more cells than the header, so that what stands where is not certain; it was not read.")
    ]
    assert last.identifier == "3"


def test_a_total_below_the_table_is_no_record(everything):
    found = everything(f"{HEAD}\n{row(1)}\n,,,,12000,\n")

    assert titles(found[:1]) == ["Wells"]
    assert faults(found) == [
        (2, 3, "This row has neither identifier nor title, as notes and totals have; it was not read.")
    ]


@pytest.mark.parametrize("last", [600, 20])
def test_a_quote_that_is_never_closed_costs_nothing_but_is_noted(records, last):
    title = "W" * 300
    lines = [row(number, f'"{title}' if number == 4 else title) for number in range(1, last)]

    found = records("\n".join([HEAD, *lines]))

    assert [(one.identifier, one.program.title) for one in found] == [(str(n), title) for n in range(1, last)]
    assert [(one.line, notes(one)) for one in found if notes(one)] == [(5, ["quote-odd"])]


def test_quotes_that_are_text_in_a_table_that_knows_none_cost_nothing(records):
    lines = [HEAD, row(1), row(2, '"Wells'), row(3, 'the "deep" wells'), row(4, '"Deep" wells')]

    found = records("\n".join(lines).replace(",", "|") + "\n5|9|15220|998|1|Wells\n")

    assert titles(found)[0] == "Wells"
    assert [one.identifier for one in found] == ["1", "2", "3", "4", "5"]


def test_two_odd_quotes_do_not_make_one_row_of_two(records):
    found = records(f"{HEAD}\n{row(1)}\n{row(2, chr(34) + 'Wells')}\n{row(3, chr(34) + 'Pumps')}\n{row(4)}\n")

    assert titles(found) == ["Wells", "Wells", "Pumps", "Wells"]
    assert [one.line for one in found if notes(one)] == [3, 4]


def test_a_text_that_is_far_too_long_is_not_taken_for_records(everything):
    text = "He said, then left\n" * 10_000

    found = everything(f"{HEAD}\n{row(1)}\n" + row(2, f'"{text}"') + f"\n{row(3)}\n")

    assert [one.identifier for one in found if not isinstance(one, Broken)] == ["1", "2", "3"]
    assert faults(found) == [(3, 4, "From here on 10000 lines are no rows; they were not read.")]


def test_quotes_that_are_never_closed_do_not_hold_the_reading_up(everything, monkeypatch):
    monkeypatch.setattr(delimited, "_MOST_AGAIN", 1000)

    found = everything("\n".join([HEAD, *(row(number, '"Wells') for number in range(200))]))

    records = [one for one in found if not isinstance(one, Broken)]
    assert len(records) + len(faults(found)) <= 200
    assert 10 < len(records) < 30


def test_a_line_that_never_ends_costs_its_row(everything, monkeypatch):
    monkeypatch.setattr(delimited, "_LONGEST_LINE", 1000)

    found = everything(f"{HEAD}\n{row(1)}\n{row(2, 'x' * 5000)}\n{row(3)}\n")

    assert [one.identifier for one in (found[0], found[2])] == ["1", "3"]
    assert faults(found) == [(2, 3, "This row holds a line of more than 1000 characters.")]


def test_a_row_that_never_ends_ends_the_reading_and_that_is_told(everything, monkeypatch):
    monkeypatch.setattr(delimited, "_LONGEST_ROW", 10_000)

    found = everything(f"{HEAD}\n{row(1)}\n2" + ',"\n"' * 20_000)

    assert titles(found[:1]) == ["Wells"]
    assert faults(found) == [(2, 3, "This row goes on for more than 10000 characters; nothing after it was read.")]


def test_a_stray_control_character_makes_no_table_unreadable(records):
    (found,) = records(HEAD + "\n" + row(1, "We\x0blls") + "\n")

    assert found.program.title == "We lls"


def test_nul_characters_are_left_out(records):
    (found,) = records(HEAD + "\n" + row(1, "We\0lls") + "\n")

    assert found.program.title == "Wells"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"<html>,</html>",
        b'{"a": 1, "b": 2}',
        b"[1, 2]",
        b"%PDF-1.7,",
        b"PAR1,,,",
        b"a,b\x01c",
        b"one word",
    ],
)
def test_what_is_no_table_is_not_recognized(held, content):
    assert not formats()[0].recognizes(content, held(content))


def test_a_table_nobody_knows_is_refused_with_what_to_do_and_without_its_cells(everything):
    with pytest.raises(InputError) as refused:
        everything("name,telephone\nZoé Zed,0123\n", "people.csv")

    assert str(refused.value) == (
        "people.csv: This is a table whose columns are not known. Known without a mapping: AidData AIMS, CIDA "
        "projects, OECD CRS, AidData GCDF, AidData TUFF, World Bank projects. Write a mapping file that says what "
        "its columns mean, and name it with --mapping."
    )


def test_text_is_data(records):
    formula, markup = records(f"{HEAD}\n{row(1, '=cmd|calc!A0')}\n{row(2, '<script>x</script> {{ 7 * 7 }}')}\n")

    assert formula.program.title == "=cmd|calc!A0"
    assert markup.program.title == "x {{ 7 * 7 }}"


@pytest.mark.parametrize("amount", ["1e400", "9" * 400, "NaN", "Infinity", "1e-400", "0x10", "٣", "--5"])
def test_amounts_beyond_belief_are_no_money(records, amount):
    (found,) = records(f"{HEAD}\n{row(1, amount=amount)}\n")

    assert found.flows == ()


def test_memory_does_not_grow_with_the_file(held):
    source = held("\n".join([HEAD, *(row(number, "W" * 300) for number in range(20_000))]))
    one = formats()[0]
    tracemalloc.start()
    count = sum(piece.count for piece in one.cut(source))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 20_000
    assert peak < 8_000_000 < len(source.content) + 2_000_000


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_bring_the_reader_down(tmp_path_factory, content):
    from io import BytesIO

    class Source:
        name = "noise.csv"

        def open(self):
            return BytesIO(HEAD.encode() + b"\n" + content)

        def local(self):
            raise AssertionError

    source = Source()
    for piece in formats()[0].cut(source):
        if not isinstance(piece, Broken):
            list(formats()[0].read(piece, source.name))


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8), min_size=2, max_size=4)
    )
)
@settings(max_examples=60, deadline=None)
def test_what_csv_writes_is_read_as_it_was(tmp_path_factory, rows):
    import csv
    from io import BytesIO, StringIO

    out = StringIO(newline="")
    csv.writer(out).writerows(rows)

    class Source:
        name = "any.csv"

        def open(self):
            return BytesIO(out.getvalue().encode())

    source = Source()
    read = [one.cells for one in sheet(source, encoding_of(source), ",").rows()]
    assert read == [tuple(one) for one in rows if any(cell.strip() for cell in one)]
