from __future__ import annotations

import csv
import dataclasses
import io
import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st
from jinja2 import meta

from lens.api import render, review_case
from lens.errors import InputError, LensError
from lens.hooks.registry import Registry
from lens.hooks.specs import ReportInput
from lens.languages.files import Entry, TranslationFile, digest, written
from lens.languages.language import language
from lens.readers.case_files import read_policy
from lens.reports import RENDERERS, inert, variables
from lens.reports.actions_file import write_csv
from lens.reports.files import template_text
from lens.reports.pages import _environment, page
from lens.reports.variables import ReportVariables, variables_documented
from lens.reviews.redact import redact
from lens.testing import case

from .conftest import filled_everywhere, given_for, make_checks, make_findings, make_review

if TYPE_CHECKING:
    from pathlib import Path

    from lens.reviews.model import Review

PUBLIC_ONLY = frozenset({"sarif", "junit"})
"""Formats for code hosts: refused to every other audience."""
HOSTILE = (
    "{{ 7*7 }}{% raw %}<script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp.exe\u2066 ]]> `code` | # "
    "[x](javascript:a) =cmd()"
)


TEMPLATES = [f"{name}.{kind}" for name in ("report", "brief", "risk-section") for kind in ("html", "md")]


def html(given: ReportInput) -> str:
    return page(given, "report.html")


def markdown(given: ReportInput) -> str:
    return page(given, "report.md")


class Page(HTMLParser):
    """What a reader of the page gets: its elements, its text, its headings."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_is_well_formed_and_needs_nothing_from_outside(any_audience: Review) -> None:
    source = html(given_for(any_audience))
    page = Page(source)
    assert page.open == []
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "iframe", "object", "link", "form", "input", "base"}
    assert "http:" not in source
    assert "https:" not in source
    assert "url(" not in source
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [str(attributes["href"]) for tag, attributes in page.tags if tag == "a"]
    assert [link for link in links if link.removeprefix("#") not in ids] == []
    policy = next(attributes for _, attributes in page.tags if attributes.get("http-equiv"))
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_headings_go_down_one_step_at_a_time(any_audience: Review) -> None:
    levels = [int(tag[1]) for tag, _ in Page(html(given_for(any_audience))).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_what_is_not_known_comes_before_what_is_worrying(review: Review) -> None:
    source = html(given_for(review))
    order = (
        "glance",
        "panel-not-known",
        "panel-worrying",
        "panel-act",
        "actions",
        "next",
        "matrix",
        "findings",
        "risk",
        "inhibitors",
        "harm",
        "harm-risk",
        "harm-resilience",
        "program",
        "context",
        "limits-of-review",
        "provenance",
        "limits",
    )
    places = [source.index(f'id="{name}"') for name in order]
    assert places == sorted(places)


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda one: one.name)
def test_every_audience_gets_every_format(renderer: Any, any_audience: Review) -> None:
    if renderer.name in PUBLIC_ONLY and any_audience.audience != "public":
        with pytest.raises(LensError):
            renderer.render(given_for(any_audience))
        return
    text = renderer.render(given_for(any_audience))
    assert text
    assert text == renderer.render(given_for(any_audience))


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda one: one.name)
def test_a_review_with_nothing_in_it_can_be_told(renderer: Any, review: Review) -> None:
    bare = redact(review, "public")
    program = type(bare.program)()
    nothing = dataclasses.replace(
        bare,
        program=program,
        findings=(),
        actions=(),
        coverage=(),
        context=(),
        has_context=False,
        reasons=(),
        next=None,
        matrix=type(bare.matrix)(),
        not_asked=(),
        not_checked=(),
        decisions=(),
        notes=(),
        unused_answers=(),
        stage=None,
    )
    text = renderer.render(ReportInput(nothing, {}, language()))
    if renderer.name in ("html", "markdown"):
        assert "no context was handed in" in text
        assert "A program, its places not known" in text


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda one: one.name)
def test_a_report_can_be_made_without_the_checks(renderer: Any, review: Review) -> None:
    assert renderer.render(ReportInput(redact(review, "public"), {}, language()))
    if renderer.name not in PUBLIC_ONLY:
        assert renderer.render(ReportInput(review, {}, language()))


@pytest.mark.parametrize("name", ["report.html", "brief.html", "risk-section.html"])
def test_hostile_text_is_inert_in_html(name: str) -> None:
    plain_names = {tag for tag, _ in Page(page(given_for(make_review()), name)).tags}
    source = page(given_for(filled_everywhere(HOSTILE)), name)
    parsed = Page(source)
    assert {tag for tag, _ in parsed.tags} <= plain_names
    assert not {name for _, attributes in parsed.tags for name in attributes if name.startswith("on")}
    assert "{{ 7*7 }}{% raw %}<script>alert(1)</script>" in "".join(parsed.text)
    assert "\u202e" not in source
    assert "\u2066" not in source


@pytest.mark.parametrize("name", ["report.md", "brief.md", "risk-section.md"])
def test_hostile_text_is_inert_in_markdown(name: str) -> None:
    source = page(given_for(filled_everywhere(HOSTILE)), name)
    assert r"\{\{ 7\*7 \}\}\{% raw %\}&lt;script&gt;alert(1)&lt;/script&gt;" in source
    assert "<" not in source
    assert "\u202e" not in source
    assert not re.search(r"(?<!\\)[`\[{]", source)
    assert not re.search(r"(?<!\\)\]\(", source)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n=", "＝"])
def test_hostile_text_is_inert_in_a_spreadsheet(start: str) -> None:
    source = write_csv(given_for(filled_everywhere(f'{start}cmd("x"),\u202e y')))
    rows = list(csv.reader(io.StringIO(source.removeprefix("\ufeff"), newline="")))
    assert rows[1][2].startswith("'")
    assert rows[1][2].endswith('cmd("x"),\ufffd y')


def test_the_actions_file_is_what_a_spreadsheet_opens(review: Review) -> None:
    assert write_csv(given_for(review)) == (
        "\ufeffLevel,Escalates,What to do,Who,By when,Effort,Findings answered,Checks\r\n"
        "severe,yes,Ask the people concerned what would protect them now.,community liaison,2026-05-14,hours,4,"
        "risk.attacked; harm.reaches-force\r\n"
        "severe,no,Trace everything the program provides to whoever ends up with it.,procurement,2026-05-28,days,3,"
        "harm.reaches-force\r\n"
        ",no,Write down what happens at the end.,program manager,,weeks,1,harm.exit\r\n"
    )


@given_(st.text())
def test_any_text_is_one_line_of_markdown_without_html(text: str) -> None:
    made = inert.markdown(text)
    assert "\n" not in made
    assert not set("<>\u202e\x00") & set(made)
    made.encode()


@given_(st.text())
def test_any_text_is_json_that_reads_back(text: str) -> None:
    import json

    assert json.loads(inert.json(json.dumps(text, ensure_ascii=False))) == text


@settings(max_examples=15, deadline=None)
@given_(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_everywhere_is_written(text: str) -> None:
    review = filled_everywhere(text)
    # As if it were for the public, though it holds everything: so that every format gets hold of every text.
    public = dataclasses.replace(review, audience="public")
    for renderer in RENDERERS:
        if not renderer.file_name.endswith((".docx", ".xlsx", ".pdf")):  # test_documents.py does those
            renderer.render(given_for(public if renderer.name in PUBLIC_ONLY else review)).encode()


def test_many_findings_of_one_check_are_told_once() -> None:
    one = next(found for found in make_findings() if found.check == "harm.reaches-force" and found.state == "open")
    many = tuple(dataclasses.replace(one, about=f"activity:{n}", fingerprint=f"x/{n}/y") for n in range(1, 31))
    source = html(given_for(make_review(findings=many)))
    assert source.count("Nobody has answered yet") == 1
    assert "Activity 30 · x/30/y" in source


def test_a_decision_on_a_finding_does_not_hide_it(review: Review) -> None:
    source = html(given_for(review))
    assert "Does not hold: its time is over; nobody but its owner approved it" in source
    assert "Mitigate, until 2026-09-01" in source


def test_inhibitors_are_not_counted_for_everyone(review: Review) -> None:
    made = redact(review, "public")
    source = html(given_for(made))
    hidden = [one for one in made.matrix.columns if one.id.startswith("INH")]
    assert hidden
    assert source.count("not shown</td>") + source.count("not shown</span>") == 3 * len(hidden)
    assert "can be recognized" in source


def test_the_marking_stands_on_each_printed_page(review: Review) -> None:
    source = html(given_for(dataclasses.replace(review, draft=True)))
    content = re.search(r'@top-right\{content:"([^"]+)"', source)
    assert content is not None
    assert re.sub(r"\\(\w{6})", lambda one: chr(int(one[1], 16)), content[1]) == "Draft · Restricted"


def test_another_language_stands_in_the_page(tmp_path: Path, review: Review) -> None:
    texts = {"language.direction": "rtl", "section.actions": "ما العمل"}
    entries = {(name, "text"): Entry(says, digest(language().text(name))) for name, says in texts.items()}
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "frame.he.yaml").write_text(written(TranslationFile(entries)), "utf-8")
    source = html(ReportInput(review, make_checks(), language("he", tmp_path)))
    assert '<html lang="he" dir="rtl">' in source
    assert "ما العمل" in source
    assert "or from an older English text, and stand in English." in source
    assert "Unofficial translation" in source


# Templates: what they may use, and those of users


def test_the_declared_variables_are_those_that_are_rendered() -> None:
    used = set()
    for name in TEMPLATES:
        environment = _environment("html", "ltr", None)
        source = template_text("report", name)
        used |= meta.find_undeclared_variables(environment.parse(source)) - set(re.findall(r"macro (\w+)", source))
    declared = {field.name for field in dataclasses.fields(ReportVariables)}
    # `review` is for templates of the users' own.
    assert used == declared - {"review"}


def test_every_part_of_a_variable_is_used_in_a_template(any_audience: Review) -> None:
    source = "".join(template_text("report", name) for name in TEMPLATES)
    used = set(re.findall(r"\b[a-z_]+\.([a-z_]+)\b", source))
    for kind, name, text in variables_documented():
        assert text
        if kind != "ReportVariables" and (kind, name) != ("FindingShown", "check"):  # told among `more`
            assert name in used, (kind, name)


def test_every_class_of_the_variables_is_documented() -> None:
    classes = {name for name, one in vars(variables).items() if dataclasses.is_dataclass(one)}
    assert {kind for kind, _, _ in variables_documented()} == classes


def own(folder: Path, text: str, name: str = "report.html") -> ReportInput:
    (folder / name).write_text(text, "utf-8")
    return given_for(make_review(), templates=folder)


def test_a_user_can_extend_the_core_template(tmp_path: Path) -> None:
    source = html(
        own(
            tmp_path,
            '{% extends "core/report.html" %}'
            "{% block actions %}<p>{{ review.program.title }}</p>{{ table(actions) }}{% endblock %}"
            "{% block more_style %}.x{color:red}{% endblock %}",
        )
    )
    assert "<p>Resilient borders and markets</p>" in source
    assert "What to do, most pressing first (3)" in source
    assert ".x{color:red}" in source


def test_a_user_can_take_the_core_templates_place(tmp_path: Path) -> None:
    given = own(tmp_path, "# {{ title }}: {{ outcome.name }}\n", "report.md")
    assert markdown(given) == "# Resilient borders and markets: Escalate"
    (tmp_path / "report.css").write_text("body{color:navy}")
    assert "body{color:navy}" in html(given)


def test_the_data_of_a_users_template_is_escaped_too(tmp_path: Path) -> None:
    review = filled_everywhere("<b>x</b>")
    (tmp_path / "report.html").write_text("{{ title }}|{{ review.program.title }}|{{ title ~ '<i>' }}")
    assert (
        html(given_for(review, templates=tmp_path))
        == "&lt;b&gt;x&lt;/b&gt;|&lt;b&gt;x&lt;/b&gt;|&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ titel }}", r"report.html, line 1: 'titel' is undefined"),
        ("{{ outcome.naem }}", r"line 1: .*no attribute 'naem'"),
        ("\n{% if %}", r"report.html, line 2: "),
        ("{{ title|safe }}", r"line 1: No filter named 'safe'"),
        ("{% autoescape false %}{{ title }}{% endautoescape %}", r"may not switch escaping off"),
        ("{{ ''.__class__.__mro__ }}", r"unsafe"),
        ("{{ t.__globals__ }}", r"unsafe"),
        ("{{ 1 / 0 }}", r"it failed \(ZeroDivisionError\)"),
        ("{% include '../../lens/words.py' %}", r"words\.py"),
        ("{% include '/etc/passwd' %}", r"passwd"),
        ('{{ t("no.such") }}', r'no text "no\.such"'),
    ],
)
def test_a_users_template_that_cannot_be_used_is_said_kindly(text: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(LensError, match=expected):
        html(own(tmp_path, text))


def test_a_style_sheet_cannot_end_its_element(tmp_path: Path) -> None:
    with pytest.raises(LensError, match="style sheet"):
        html(own(tmp_path, "</style><script>", "report.css"))


def test_a_folder_of_templates_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LensError, match="no folder of templates"):
        html(given_for(make_review(), templates=tmp_path / "none"))


def test_markdown_has_its_headings(review: Review) -> None:
    source = markdown(given_for(review))
    assert "\\#" not in source
    levels = [len(line.split()[0]) for line in source.splitlines() if re.match("#+ ", line)]
    assert max(levels) == 6
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_check_is_linked_to_the_agencys_reference_pages_and_else_names_the_command(review: Review) -> None:
    plain, linked = (
        html(given_for(replace(review, provenance=replace(review.provenance, pages=pages))))
        for pages in ("", "https://docs.example.org/lens/")
    )
    address = "https://docs.example.org/lens/reference/generated/checks/risk.attacked.html"
    assert f'<a href="{address}" rel="noopener noreferrer">risk.attacked, explained by: lens explain' in linked
    assert "lens explain risk.attacked" in plain
    assert "https://docs.example.org" not in plain


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", 'https://x.example/"><script>', "ftp://x", "https://x.example/?q=1", "//x"]
)
def test_an_address_that_could_do_more_than_lead_to_a_page_is_refused(tmp_path: Path, address: str) -> None:
    (tmp_path / "lens.toml").write_text(f"pages = {json.dumps(address)}\n", "utf-8")
    with pytest.raises(InputError, match="A web address"):
        read_policy(tmp_path / "lens.toml")


def test_dates_keep_their_order_in_a_page_that_reads_from_right_to_left():
    registry = Registry(only_core=True)
    made = review_case(case("program: {sectors: [{code: 14030}]}"), registry=registry, as_of="2026-05-14")
    assert language("ar").direction == "rtl"
    assert "\u200e2026-05-14\u200e" in render(made, "html", language="ar", registry=registry)
    assert "\u200e" not in render(made, "html", language="fr", registry=registry)
