"""HTML and Markdown: what is not known first, no list without an end, and text that stays text."""

import dataclasses
import html
import re
from html.parser import HTMLParser

import pytest

from lens import catalog
from lens.packs.wording import unwanted
from lens.portfolio.analysis.analyze import analyze
from lens.portfolio.report import write
from lens.portfolio.report.given import shown
from lens.portfolio.report.pages import SECTIONS, PageVariables, page, prepare

from .conftest import HOSTILE, Made, money, programs, table


def text(made, form="html", formats=()):
    return page(shown(made, tuple(formats)), f"portfolio.{form}")


def headings(made, level=2):
    return [html.unescape(one) for one in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", text(made))]


def test_what_could_not_be_judged_comes_before_classes_and_money(made):
    assert headings(made) == [
        "In short",
        "Summary",
        "What could not be judged",
        "Which programs to look at, and why",
        "Money, by what it could bear on",
        "What was reviewed",
        "How it was made",
        "Limits",
    ]


def test_the_first_thing_told_is_how_much_is_not_known(made):
    told = text(made)
    lines = re.findall(r"<p>(.*?)</p>", told[told.index('class="panel not-known"') :])
    assert lines[:4] == [
        "1 of 1 check could judge less than half of the programs that they fit, or none.",
        "0 of 1 check could judge all that they fit.",
        "Records, or rests of files, that could not be read or checked: 1.",
        "Of 2 of 10 programs published data cannot tell.",
    ]
    assert told.index("panel not-known") < told.index("panel look")


def test_checks_that_fit_no_program_are_told_apart():
    def told(*shares):
        rows = [(f"a.{number}", share) for number, share in enumerate(shares)]
        return text(Made((table("coverage_by_check", "check percent_judged:percent", rows),)))

    assert (
        "<p>1 of 2 checks could judge all that they fit.</p><p>Checks that fit none of these programs: 1.</p>"
        in told(100, 7, None)
    )
    assert "<p>Checks that fit none of these programs: 2.</p>" in told(None, None)


def test_how_much_money_is_not_known_and_what_may_be_counted_twice_is_told_first():
    shares = [("commitment", "USD", 16), ("commitment", "EUR", 0), *[("planned", f"C{n}", 10 * n) for n in range(4)]]
    rows = [("same-titles", "x", 1758), ("several-inputs", "x", 0)]
    counted = [("planned", "C0", "umbrella", 90), ("planned", "C1", "counted", 8), ("planned", "C2", "counted", 7)]
    told = text(
        Made(
            (
                table("summary", "item meaning number:count", rows),
                table("money_by_harm_path", "kind:code currency:code percent_not_judged:percent", shares),
                table("money_by_kind", "kind:code currency:code treatment:code programs:count", counted),
            )
        )
    )
    start = told[: told.index('class="panel look"')]
    assert (
        "Money of which it is not known what it could bear on: commitment 0% (EUR), 16% (USD); "
        "planned 10% (C1), 0% to 30% in 3 other currencies. Of many currencies, the one is named in which" in start
    )
    assert "name only one of the files. Programs: 1,758." in start
    assert "rows stand in several tables" not in start


def test_for_how_many_programs_it_is_known_what_is_in_play_is_told_where_contexts_were_given():
    columns = "check programs:count judged:count open_not_published:count open_not_asked:count open_stale:count"
    rows = [("published.place", 6007, 298, 727, 4965, 17), ("published.documents", 6007, 0, 1220, 7, 0)]
    made = Made((table("coverage_by_check", columns, rows),))
    said = (
        "Of 6,007 programs, what is in play at their places is known for 298. For 4,965 no context was "
        "given, 727 publish no country or time, for 17 the context is too old."
    )
    for form in ("html", "md"):
        assert said in text(made, form)
    assert "1,220 publish" not in text(made)
    without = dataclasses.replace(made, facts={**made.facts, "contexts": 0})
    assert "in play at their places" not in text(without) and "no context was given." in text(without)


def test_where_it_is_known_of_all_what_is_in_play_nothing_follows():
    made = Made((table("coverage_by_check", "check programs:count judged:count", [("published.place", 3, 3)]),))
    assert "<p>Of 3 programs, what is in play at their places is known for 3.</p>" in text(made)


def test_the_summary_keeps_what_there_is_and_says_in_a_line_what_there_is_none_of():
    none = [("b", "Records, or rests of files, set aside: why", 0), ("class watch", "Nothing seen", 0)]
    rows = [("a", "Records, read", 2), *none]
    for form in ("html", "md"):
        told = text(Made((table("summary", "item meaning number:count", rows),)), form)
        assert "Looked for, and none: Records, or rests of files, set aside; class watch." in told
        assert "Records, read" in told and "Nothing seen" not in told


def test_reasons_are_told_in_words_on_the_page_and_as_ids_elsewhere():
    why = "severe-concern: published.place on RF7.10, RF99; new-rule: a.b-c on AH-3 (police), RF7.10"
    made = Made(
        (
            table("programs", "identifier class reasons", [("XA-1", "look first", why)]),
            table("rules", "rule sentence", [("severe-concern", "A severe concern.")]),
            table("coverage_by_check", "check title", [("published.place", "Risk at its places"), ("a.b-c", "")]),
        )
    )
    for form in ("html", "md"):
        told = text(made, form).replace("\\", "")
        assert (
            f"A severe concern: “Risk at its places” on RF7.10 ({catalog.find('RF7.10').name.rstrip('.')}), RF99; "
            f"new-rule: a.b-c on AH-3 ({catalog.find('AH-3').name}) (police), RF7.10"
        ) in html.unescape(told)


def test_where_every_publisher_is_the_donor_one_column_is_enough():
    columns = "identifier title! donor publisher class"
    for donor, heads in (("XA", ["identifier", "title", "publisher"]), ("XB", columns.replace("!", "").split()[:4])):
        rows = [("A", "Wells", "XA", "XA", "look"), ("B", "Roads", donor, "XA", "watch")]
        made = Made((table("programs", columns, rows),), audience="internal")
        look = prepare(shown(made), 10, with_figures=True).sections[0].classes[1].block
        assert [one.name for one in look.heads] == heads
        assert look.rows == (("A", "Wells", "XA", "XA")[: len(heads)],)


def test_files_that_should_have_been_read_are_counted_first():
    rows = [("damaged", "yes"), ("the same file twice", "no"), ("too large", "yes")]
    told = text(Made((table("not_read", "what should_be_read", rows),)))
    assert "Files that were named and not read, though they should have been: 2." in told


def test_where_nothing_tells_how_much_is_known_that_is_said():
    assert "How much could be judged is not told here." in text(Made(()))
    assert "No check was run." in text(Made((table("coverage_by_check", "check percent_judged:percent", []),)))


def test_every_table_is_somewhere_on_the_page(made):
    named = [name for names in SECTIONS.values() for name in names]
    tables = [
        table(name, "a b:count", [("x", 1)]) for name in ("summary", *named, "something_new") if name != "programs"
    ]
    variables = prepare(shown(Made((*tables, programs(1)))), 10, with_figures=True)
    told = [one.name for section in variables.sections for one in section.blocks]
    assert sorted(told) == sorted([*(one for one in named if one != "programs"), "something_new"])
    assert variables.sections[-1].id == "other"


def test_every_table_of_an_analysis_has_its_section(run_file):
    tables = analyze(run_file({"d": []}), audience="internal", self_check=True).tables
    placed = {name for names in SECTIONS.values() for name in names}
    assert [one.name for one in tables if one.name not in placed] == ["summary"]


def test_every_table_says_what_its_columns_mean(made):
    for form in ("html", "md"):
        told = text(made, form).replace("\\", "")
        for one in made.tables:
            for column in one.columns:
                if not column.internal:
                    assert column.help in told, (form, one.name, column.name)


def test_classes_are_told_in_their_order_also_where_nothing_is_in_them():
    made = Made((programs(2), table("concerns", "identifier", [])))
    found = headings(made, 3)
    assert found[3:7] == [
        "Look first: 1 program",
        "Look: 1 program",
        "Published data cannot tell: 0 programs",
        "Watch: 0 programs",
    ]
    assert "This does not say that all is well." in text(made)


def test_what_makes_donors_not_comparable_is_never_folded_away():
    rows = [(f"X{n}", "They differ.") for n in range(40)]
    told = text(Made((table("comparability", "id sentence", rows), table("donors", "id sentence", rows))))
    assert re.findall(r'<details class="long"( open)?>', told) == [" open", ""]


def test_a_class_that_is_not_known_is_told_last():
    made = Made((table("programs", "identifier class", [("XA-1", ""), ("XA-2", "new"), ("XA-3", "watch")]),))
    classes = prepare(shown(made), 10, with_figures=True).sections[0].classes
    assert [(one.name, one.block.total) for one in classes] == [
        ("look first", 0),
        ("look", 0),
        ("published data cannot tell", 0),
        ("watch", 1),
        ("", 1),
        ("new", 1),
    ]
    assert "No class: 1 program" in text(made)


def test_tables_by_entry_have_room_for_a_few_kinds_and_currencies():
    rows = [(f"RF{n}", n) for n in range(500)]
    made = Made([table(name, "id n:count", rows) for name in ("money_by_factor", "donors")])
    blocks = [one for part in prepare(shown(made), 200, with_figures=False).sections for one in part.blocks]
    assert {one.name: one.more for one in blocks} == {"money_by_factor": 0, "donors": 300}


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (["html"], "Ask for the report as CSV, XLSX, Parquet or DuckDB to have them all"),
        (["html", "csv", "duckdb"], "all of them are in csv/programs.csv and portfolio.duckdb, table programs"),
    ],
)
def test_a_long_list_ends_and_says_where_the_rest_is(formats, said):
    told = text(Made((programs(1000),)), formats=formats)
    assert told.count("XA-1-0") == 800
    assert told.count(f"50 more rows are not shown here{'; ' if 'all of' in said else '. '}{said}") == 4
    cut = text(Made((programs(1000),)), "md", formats).replace("\\", "")
    assert cut.count("| XA-1-0") == 160


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.open = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in ("meta", "link", "br", "img", "input"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_how_it_was_made_is_told_in_words(made):
    facts = {
        "as_of": "2026-11-15",
        "lens": "0.1",
        "packs": '[["risk", "0.1.0", "ab12"]]',
        "policy": "cd",
        "odd_one": "",
    }
    told = shown(dataclasses.replace(made, facts=facts))
    assert (told.as_of, told.version) == ("2026-11-15", "0.1")
    assert told.facts == (("packs", "risk 0.1.0, digest ab12"), ("digest of the policy", "cd"), ("odd one", "none"))
    assert shown(dataclasses.replace(made, facts={"packs": "risk"})).facts == (("packs", "risk"),)


def test_hostile_texts_are_shown_and_do_nothing(made):
    facts = {HOSTILE[0]: HOSTILE[2]}
    money_of = money(*[(one, "disbursement", one[:30], one[:40], one[:40], 2020, 5) for one in HOSTILE])
    told = text(dataclasses.replace(made, tables=(*made.tables[:4], *money_of), facts=facts, audience="internal"))
    tags = Tags()
    tags.feed(told)
    assert tags.open == []
    assert {"script", "img", "iframe", "object", "base", "form"} & set(tags.seen) == set()
    assert "{{7*7}}" in told
    assert "49" not in re.findall(r"onerror[^<]*", told)[0]
    assert "\u202e" not in told


def test_hostile_texts_do_nothing_in_markdown(made):
    told = text(dataclasses.replace(made, audience="internal"), "md")
    assert "<script" not in told
    assert re.findall(r"(?<!\\)\]\(x", told) == []
    assert {line.count(" | ") for line in told.splitlines() if line.startswith("| XA-1-")} == {4}


def test_the_page_needs_nothing_from_outside(made):
    told = text(made)
    assert "default-src 'none'" in told
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", told) == []
    assert re.findall(r"url\((?!#)", told) == []


def test_every_picture_has_a_title_a_description_and_its_numbers(made):
    told = text(made)
    pictures = re.findall(r"<div class=\"drawn\".*?</details>\n</div>", told, re.DOTALL)
    assert len(pictures) == 5
    for one in pictures:
        for found in re.findall(r"<svg[^>]*role=\"img\"[^>]*aria-labelledby=\"(\S+) (\S+)\"", one):
            assert f'<title id="{found[0]}">' in one
            assert f'<desc id="{found[1]}">' in one
        assert "<table" in one
        assert "The numbers of this picture" in one
    ids = re.findall(r"\bid=\"([^\"]+)\"", told)
    assert len(ids) == len(set(ids))


def test_no_word_judges_too_much(made):
    for form in ("html", "md"):
        bare = re.sub(r"<style>.*?</style>", "", text(made, form), flags=re.DOTALL)
        assert unwanted(bare) == []
        assert re.findall(r"(?i)contribution to prevention|\btop \d|\bworst\b|\bbest\b", bare) == []


def test_markdown_tables_are_whole(made):
    lines = text(made, "md").splitlines()
    for number, line in enumerate(lines):
        if re.fullmatch(r"\|( -+:? \|)+", line):
            assert line.count("|") == lines[number - 1].count("|") == lines[number + 1].count("|")
    assert sum(bool(re.fullmatch(r"\|( -+:? \|)+", one)) for one in lines) == 11


def test_nothing_at_all_is_a_page(tmp_path):
    write(Made(()), tmp_path, ["html", "md", "json", "csv", "xlsx", "parquet", "duckdb"])
    assert "This is a screening, not a review" in (tmp_path / "portfolio.html").read_text("utf-8")


def test_templates_are_given_what_is_declared(made):
    variables = prepare(shown(made), 10, with_figures=True)
    assert isinstance(variables, PageVariables)
    assert variables.marking == "For everyone: kinds and counts only. Read it again before you publish it."


@pytest.mark.parametrize("form", ["html", "md"])
def test_what_puts_a_program_in_its_class_is_told_before_the_programs(form):
    made = Made((programs(2), table("rules", "class rule sentence", [("look first", "severe-concern", "Severe.")])))
    text = page(shown(made), f"portfolio.{form}")
    assert text.index("Severe.") < text.index("Look first: ")
    assert text.count("Severe.") == 1


def test_the_picture_of_checks_calls_them_by_their_titles():
    counts = "open_not_published open_not_asked open_not_known open_stale open_other error no_result concern"
    columns = " ".join(f"{one}:count" for one in f"{counts} nothing_seen addressed not_applicable".split())
    rows = [("a.b", "Armed bodies", *range(11)), ("a.c", "", *range(11))]
    text = page(shown(Made((table("coverage_by_check", f"check:code title {columns}", rows),))), "portfolio.html")
    picture = text[text.index("How each check came out") :]
    assert ">Armed bodies<" in picture
    assert ">a.c<" in picture
