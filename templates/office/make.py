"""Makes the Word templates beside this file: `python templates/office/make.py`. They are opened and changed in Word.

Written out here, and not saved from Word, so that a change can be read and made again. What is written is the least
that Word wants: styles, one header and footer, and paragraphs with Jinja in them.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'

INK, SOFT, ACCENT, RULE, TINT, OPEN, OPEN_TINT = "1C2730", "4D5A64", "145866", "C9C5BA", "EEF3F2", "38479C", "EEF0FA"
WIDE = 9638  # between the margins of an upright page, in twentieths of a point
ACROSS = 14570


# Pieces of a page


def run(text: str, style: str = "", *, bold: bool = False) -> str:
    """A run of text, a new line where the text has one."""
    inside = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/><w:bCs/>" if bold else "")
    look = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    pieces = text.split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in pieces)
    return f"<w:r>{look}{body}</w:r>"


def p(style: str, *runs: str) -> str:
    """A paragraph of a style; a text that is no run yet becomes one."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def tag(text: str) -> str:
    """A paragraph that holds a statement of the template and goes away with it."""
    return p("", f"{{%p {text} %}}")


def loop(over: str, *inside: str) -> str:
    """Paragraphs for each of something."""
    return tag(f"for {over}") + "".join(inside) + tag("endfor")


def when(condition: str, *inside: str, otherwise: str = "") -> str:
    """Paragraphs under a condition."""
    return tag(f"if {condition}") + "".join(inside) + (tag("else") + otherwise if otherwise else "") + tag("endif")


def bullets(lines: str) -> str:
    """A list."""
    return loop(f"line in {lines}", p("ListBullet", "{{ line }}"))


def unknown(lines: str) -> str:
    """What is not known, shaded."""
    return loop(f"line in {lines}", p("LensNotKnown", "{{ line }}"))


def facts(of: str) -> str:
    """Labels with what is told under them."""
    return loop(
        f"fact in {of}",
        when(
            "fact.lines|length == 1",
            p("LensFact", run("{{ fact.label }}", "LensLabel"), run("  {{ fact.lines[0] }}")),
            otherwise=p("LensFactLabel", run("{{ fact.label }}", "LensLabel")) + bullets("fact.lines"),
        ),
    )


MARK = "{% if m.symbol %}{{ m.symbol }}\u00a0{% endif %}{{ m.word }}"
BELOW = "{% for m in cell %}" + MARK + "{% if not loop.last %}\n{% endif %}{% endfor %}"
BESIDE = "{% for m in MARKS %}" + MARK + "{% if not loop.last %}   {% endif %}{% endfor %}"


def cell(inside: str, width: int = 0, fill: str = "") -> str:
    """A cell of a table."""
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else '<w:tcW w:w="0" w:type="auto"/>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{size}{shade}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, head: bool = False) -> str:
    """A row; one that heads a table stands again on each page."""
    look = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def row_tag(text: str) -> str:
    """A row that holds a statement of the template and goes away with it."""
    return f"<w:tr>{cell(p('', f'{{%tr {text} %}}'))}</w:tr>"


def cell_tag(text: str) -> str:
    """The same for a cell."""
    return cell(p("", f"{{%tc {text} %}}"))


def table(widths: list[int], *rows: str, style: str = "LensTable", caption: str = "") -> str:
    """A table; `caption` is what a screen reader says of it."""
    told = f'<w:tblCaption w:val="{escape(caption)}"/>' if caption else ""
    look = (
        f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/>{told}'
    )
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def heading(level: int, text: str, anchor: str = "") -> str:
    """A heading that Word knows as one."""
    inside = run(text)
    if anchor:
        number = ANCHORS.index(anchor) + 1
        inside = f'<w:bookmarkStart w:id="{number}" w:name="_{anchor}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'
    return p(f"Heading{level}", inside)


def say(name: str) -> str:
    """A text of the language file."""
    return f'{{{{ t("{name}") }}}}'


def section(*, across: bool = False) -> str:
    """The page: A4, upright or across."""
    width, height = (16838, 11906) if across else (11906, 16838)
    turned = ' w:orient="landscape"' if across else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        '<w:pgMar w:top="1247" w:right="1134" w:bottom="1021" w:left="1134" w:header="567" w:footer="454" '
        'w:gutter="0"/><w:cols w:space="708"/></w:sectPr>'
    )


def field(instruction: str) -> str:
    """A field that Word works out, such as the page number."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# What stands in all of them

ANCHORS = ("actions", "next", "matrix", "findings", "program", "context", "limits-of-review", "limits", "more", "made")
BANNERS = loop(
    "banner in banners",
    p("LensBanner", "{{ banner.symbol }}\u00a0", run("{{ banner.title }}.", bold=True), " {{ banner.text }}"),
)
SUBTITLE = p("Subtitle", "{% for line in subtitle %}{{ line }}{% if not loop.last %}  ·  {% endif %}{% endfor %}")
OUTCOME = table(
    [WIDE],
    row(cell(p("LensOutcome", "{{ outcome.name }}") + p("", "{{ outcome.text }}"), WIDE, TINT)),
    style="LensBox",
)


def panel(number: int, width: int, fill: str) -> str:
    """One of the three panels of the ten-second box."""
    return cell(
        p("LensPanel", f"{{{{ panels[{number}].title }}}}")
        + loop(f"m in panels[{number}].marks", p("LensPanelMark", MARK))
        + loop(f"line in panels[{number}].lines", p("LensPanelLine", "{{ line }}")),
        width,
        fill,
    )


def plain_table(name: str, widths: list[int]) -> str:
    """A table as it was prepared: headings, then rows; the first cell of each row is bold."""
    heads = [
        cell(p("LensHead", BELOW.replace("in cell", f"in {name}.heads[{i}]")), width) for i, width in enumerate(widths)
    ]
    cells = []
    for i, width in enumerate(widths):
        text = BELOW.replace("in cell", f"in row[{i}]")
        cells.append(cell(p("LensCell", run(text, bold=i == 0)), width))
    return p("Caption", f"{{{{ {name}.caption }}}}") + table(
        widths,
        row(*heads, head=True),
        row_tag(f"for row in {name}.rows"),
        row(*cells),
        row_tag("endfor"),
        caption=f"{{{{ {name}.caption }}}}",
    )


def wide_table(name: str, first: int, width: int) -> str:
    """A table with as many columns as there are headings."""
    body = cell(p("LensCell", BELOW))
    return p("Caption", f"{{{{ {name}.caption }}}}") + table(
        [first, width - first],
        row(cell_tag(f"for cell in {name}.heads"), cell(p("LensHead", BELOW)), cell_tag("endfor"), head=True),
        row_tag(f"for row in {name}.rows"),
        row(cell_tag("for cell in row"), body, cell_tag("endfor")),
        row_tag("endfor"),
        caption=f"{{{{ {name}.caption }}}}",
    )


def matrix_table() -> str:
    """Factors are the rows, a few activities at a time the columns: a page is narrower than a screen."""
    heads = cell(p("LensHead", say("matrix.column")), 3038)
    return p("Caption", "{{ matrix.caption }}") + loop(
        "few in matrix.rows|batch(5)",
        table(
            [3038, WIDE - 3038],
            row(
                heads,
                cell_tag("for row in few"),
                cell(p("LensHead", BELOW.replace("in cell", "in row[0]"))),
                cell_tag("endfor"),
                head=True,
            ),
            row_tag("for head in matrix.heads[1:]"),
            row_tag("set at = loop.index"),
            row(
                cell(p("LensCell", BELOW.replace("in cell", "in head")), 3038),
                cell_tag("for row in few"),
                cell(p("LensCell", BELOW.replace("in cell", "in row[at]"))),
                cell_tag("endfor"),
            ),
            row_tag("endfor"),
            caption="{{ matrix.caption }}",
        ),
        p("LensGap"),
    )


def actions_table(width: int) -> str:
    """What to do, who, by when, with what effort, and what it settles."""
    shares = (0.3, 0.13, 0.14, 0.125, 0.085)
    widths = [int(width * one) for one in shares]
    return when(
        "actions",
        plain_table("actions", [*widths, width - sum(widths)]),
        p("LensNote", "{{ actions_note }}"),
        otherwise=p("", say("section.actions.none")),
    )


def contents() -> str:
    """The headings with a way to each; Word can update it, and it is whole without."""
    entries = [
        ("section.actions", "actions"),
        ("section.next", "next"),
        ("section.matrix", "matrix"),
        ("section.findings", "findings"),
        ("section.program", "program"),
        ("section.context", "context"),
        ("section.limits-of-review", "limits-of-review"),
        ("section.limits", "limits"),
        ("finding.more", "more"),
        ("section.provenance", "made"),
    ]
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\n \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    made = p("LensContents", say("documents.contents"))
    for number, (name, anchor) in enumerate(entries):
        link = f'<w:hyperlink w:anchor="_{anchor}" w:history="1">{run(say(name))}</w:hyperlink>'
        entry = p("TOC1", start + link if number == 0 else link)
        made += when("next_step", entry) if anchor == "next" else entry
    return made + p("LensGap", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


def finding(level: int) -> str:
    """What one check says in one state."""
    return (
        heading(level, "{{ it.title }}")
        + p("LensMarks", BESIDE.replace("MARKS", "it.marks"))
        + loop(
            "told in it.told",
            p("LensSentence", "{{ told.sentence }}"),
            loop("subject in told.subjects", p("LensSubject", "{{ subject }}")),
            facts("told.facts"),
        )
        + facts("it.facts")
        + when("it.above", p("LensNote", BESIDE.replace("MARKS", "it.above")))
    )


def buckets(of: str, level: int) -> str:
    """Findings by state."""
    return when(
        of,
        loop(
            f"bucket in {of}",
            heading(level, "{{ bucket.title }}"),
            p("LensNote", "{{ bucket.text }}"),
            loop("it in bucket.findings", finding(level + 1)),
        ),
        otherwise=p("LensNote", say("section.empty")),
    )


def counts(of: str) -> str:
    """Counts, what is not known first."""
    return p(
        "LensCounts",
        run("{{ " + of + "[0] }}", "LensOpen"),
        "{% for line in " + of + "[1:] %}  ·  {{ line }}{% endfor %}",
    )


def reasons(of: str) -> str:
    """Why, sources, and what would change our mind, for the findings of some buckets."""
    return loop(
        f"bucket in {of}",
        loop("it in bucket.findings", when("it.more", heading(3, "{{ it.title }}"), facts("it.more"))),
    )


# The three documents


def report() -> str:
    """The whole report, as complete as the page for a browser."""
    third = WIDE // 3
    return "".join(
        (
            p("Title", "{{ title }}"),
            SUBTITLE,
            BANNERS,
            heading(1, say("section.glance")),
            OUTCOME,
            p("LensGap"),
            table(
                [third, third, WIDE - 2 * third],
                row(panel(0, third, OPEN_TINT), panel(1, third, ""), panel(2, WIDE - 2 * third, "")),
                style="LensGrid",
            ),
            when("outcome.reasons", p("LensSubhead", say("section.why")), bullets("outcome.reasons")),
            contents(),
            heading(1, say("section.actions"), "actions"),
            actions_table(WIDE),
            when(
                "next_step",
                heading(1, say("section.next"), "next"),
                p("LensNote", say("section.next.text")),
                p("", run("{{ next_step.name }}.", bold=True), " {{ next_step.text }}"),
                bullets("next_step.reasons"),
            ),
            heading(1, say("section.matrix"), "matrix"),
            unknown("matrix_notes"),
            when(
                "matrix",
                p("LensNote", say("section.matrix.text")),
                when('matrix.kind == "matrix"', matrix_table(), otherwise=wide_table("matrix", 3038, WIDE)),
                when("legend", p("LensSubhead", say("section.legend")), loop("m in legend", p("LensLegend", MARK))),
                otherwise=p("", say("section.matrix.none")),
            ),
            heading(1, say("section.findings"), "findings"),
            loop(
                "section in sections",
                heading(2, "{{ section.title }}"),
                p("", "{{ section.text }}"),
                when("section.counts", counts("section.counts")),
                when(
                    "section.parts",
                    loop(
                        "part in section.parts",
                        heading(3, "{{ part.title }}"),
                        p("LensNote", "{{ part.text }}"),
                        when("part.counts", counts("part.counts")),
                        buckets("part.buckets", 4),
                    ),
                    otherwise=buckets("section.buckets", 3),
                ),
            ),
            heading(1, say("section.program"), "program"),
            facts("program"),
            heading(1, say("section.context"), "context"),
            unknown("context_notes"),
            when("context", wide_table("context", 2600, WIDE)),
            heading(1, say("section.limits-of-review"), "limits-of-review"),
            heading(2, say("section.not-checked")),
            when("not_checked", bullets("not_checked"), otherwise=p("", say("section.not-checked.none"))),
            when("packs_missing", heading(2, say("section.packs-missing")), facts("packs_missing")),
            heading(2, say("section.not-asked")),
            loop("fact in not_asked", p("LensSubhead", "{{ fact.label }}"), bullets("fact.lines")),
            when("not not_asked", p("", say("section.not-asked.none"))),
            when("unused_answers", heading(2, say("section.unused")), bullets("unused_answers")),
            when(
                "decisions",
                heading(2, say("section.decisions")),
                p("LensNote", say("section.decisions.text")),
                facts("decisions"),
            ),
            when("notes", heading(2, say("section.notes")), bullets("notes")),
            heading(1, say("section.limits"), "limits"),
            bullets("limits"),
            heading(1, say("finding.more"), "more"),
            loop(
                "section in sections",
                heading(2, "{{ section.title }}"),
                reasons("section.buckets"),
                loop("part in section.parts", reasons("part.buckets")),
            ),
            heading(1, say("section.provenance"), "made"),
            facts("provenance"),
        )
    )


def brief() -> str:
    """One page for whoever decides."""
    gap = 340
    half = (WIDE - gap) // 2

    def pair(first: str, one: str, second: str, other: str) -> str:
        return table(
            [half, gap, half],
            row(
                cell(heading(1, say(first)) + bullets(one), half),
                cell(p("LensGap"), gap),
                cell(heading(1, say(second)) + bullets(other), half),
            ),
            style="LensPair",
        )

    return "".join(
        (
            p("Title", '{{ t("brief.title", title=title) }}'),
            SUBTITLE,
            BANNERS,
            heading(1, say("brief.sought")),
            p("", run("{{ outcome.name }}.", bold=True), " {{ brief.sought }}"),
            pair("brief.not-known", "brief.not_known", "brief.worrying", "brief.worrying"),
            heading(1, say("brief.dissent.title")),
            bullets("brief.dissent"),
            heading(1, say("brief.options")),
            when("brief.options", bullets("brief.options"), otherwise=p("", say("brief.options.none"))),
            pair("brief.going-on", "brief.going_on", "brief.withholding", "brief.withholding"),
            p("LensGap"),
        )
    )


def actions() -> str:
    """The action plan, across the page."""
    return "".join(
        (
            p("Title", '{{ t("documents.actions.title", title=title) }}'),
            SUBTITLE,
            BANNERS,
            p("", run("{{ outcome.name }}.", bold=True), " {{ outcome.text }}"),
            heading(1, "{{ panels[0].title }}"),
            loop("m in panels[0].marks", p("LensNotKnown", MARK)),
            bullets("panels[0].lines"),
            heading(1, say("section.actions")),
            actions_table(ACROSS),
            heading(1, say("section.limits")),
            bullets("limits"),
        )
    )


# Styles


def style(
    name: str, called: str, *, kind: str = "paragraph", based: str = "Normal", paragraph: str = "", text: str = "",
    after: str = "", own: bool = True, default: bool = False, more: str = "",
) -> str:  # fmt: skip
    """One style. What is ours is marked as made by hand, so that Word shows it in its gallery."""
    marks = (' w:customStyle="1"' if own else "") + (' w:default="1"' if default else "")
    return (
        f'<w:style w:type="{kind}"{marks} w:styleId="{name}"><w:name w:val="{called}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{text}</w:rPr>" if text else "")
        + more
        + "</w:style>"
    )


def size(points: float) -> str:
    """A size of letters, for every script."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def space(before: int, after: int, line: int = 0) -> str:
    """Room above and below, in twentieths of a point."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def hidden(kind: str, name: str, called: str) -> str:
    """A style that Word wants to be there and shows to nobody."""
    return (
        f'<w:style w:type="{kind}" w:default="1" w:styleId="{name}"><w:name w:val="{called}"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


BOLD = "<w:b/><w:bCs/>"
KEEP = "<w:keepNext/>"
HANGING = '<w:ind w:left="284" w:hanging="227"/>'


def color(value: str) -> str:
    """A color of letters."""
    return f'<w:color w:val="{value}"/>'


def headings() -> str:
    """Five levels that Word's navigation knows."""
    looks = ((13, INK, 360, 100), (12, ACCENT, 280, 80), (11, INK, 240, 60), (10.5, INK, 200, 40), (10, INK, 200, 40))
    made = []
    for level, (points, tone, before, after) in enumerate(looks, start=1):
        rule = f'<w:pBdr><w:top w:val="single" w:sz="8" w:space="4" w:color="{INK}"/></w:pBdr>' if level == 1 else ""
        made.append(
            style(
                f"Heading{level}",
                f"heading {level}",
                paragraph=f'<w:keepNext/><w:keepLines/>{rule}{space(before, after)}<w:outlineLvl w:val="{level - 1}"/>',
                text=BOLD + color(tone) + size(points),
                after="Normal",
                own=False,
            )
        )
    return "".join(made)


def table_styles() -> str:
    """Tables: with rules, as a shaded box, as a grid of panels, and as two columns side by side."""
    margins = (
        '<w:tblCellMar><w:top w:w="{0}" w:type="dxa"/><w:left w:w="{1}" w:type="dxa"/>'
        '<w:bottom w:w="{0}" w:type="dxa"/><w:right w:w="{1}" w:type="dxa"/></w:tblCellMar>'
    )

    def rules(*sides: str) -> str:
        lines = "".join(f'<w:{one} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for one in sides)
        return f"<w:tblBorders>{lines}</w:tblBorders>" if sides else ""

    def one(name: str, called: str, look: str, more: str = "") -> str:
        return style(name, called, kind="table", based="TableNormal", more=f"<w:tblPr>{look}</w:tblPr>{more}")

    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr>{BOLD}</w:rPr><w:tblPr/>'
        f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr></w:tblStylePr>'
    )
    normal = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return (
        normal
        + one("LensTable", "Lens Table", rules("top", "bottom", "insideH") + margins.format(50, 80), head)
        + one("LensBox", "Lens Box", margins.format(120, 160))
        + one("LensGrid", "Lens Grid", rules("top", "left", "bottom", "right", "insideV") + margins.format(80, 120))
        + one("LensPair", "Lens Pair", margins.format(0, 0))
    )


def styles() -> str:
    """All styles. Fonts are those that come with Word; a machine without them takes its own."""
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Microsoft YaHei" w:cs="Arial"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{color(INK)}{size(10)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{space(0, 80, 259)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    tabs = '<w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs>'
    open_look = f'<w:shd w:val="clear" w:color="auto" w:fill="{OPEN_TINT}"/>'
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    made = (
        style("Normal", "Normal", based="", own=False, default=True),
        hidden("character", "DefaultParagraphFont", "Default Paragraph Font"),
        hidden("numbering", "NoList", "No List"),
        style("Title", "Title", paragraph=KEEP + space(0, 20), text=BOLD + size(20), own=False),
        style("Subtitle", "Subtitle", paragraph=space(0, 120), text=color(SOFT), own=False),
        headings(),
        style("Header", "header", paragraph=space(0, 0), text=BOLD + size(8), own=False),
        style("Footer", "footer", paragraph=tabs.format(WIDE) + space(0, 0), text=color(SOFT) + size(8), own=False),
        style("ListBullet", "List Bullet", paragraph=bullet + space(0, 30) + HANGING, own=False),
        style("Caption", "caption", paragraph=KEEP + space(60, 60), text=color(SOFT) + size(9), own=False),
        style("TOC1", "toc 1", paragraph=space(0, 0), text=size(9.5), own=False),
        style("LensContents", "Lens Contents", paragraph=KEEP + space(240, 60), text=BOLD + color(ACCENT) + size(12)),
        style("LensSubhead", "Lens Subhead", paragraph=KEEP + space(160, 40), text=BOLD),
        style("LensNote", "Lens Note", text=color(SOFT) + size(9.5)),
        style("LensNotKnown", "Lens Not Known", paragraph=open_look + space(0, 40), text=color(OPEN)),
        style("LensBanner", "Lens Banner", paragraph=banner_look() + space(40, 80)),
        style("LensOutcome", "Lens Outcome", paragraph=KEEP + space(0, 40), text=BOLD + color(ACCENT) + size(18)),
        style("LensPanel", "Lens Panel", paragraph=KEEP + space(0, 60), text=BOLD + size(10.5)),
        style("LensPanelMark", "Lens Panel Mark", paragraph=space(0, 30), text=BOLD + size(9)),
        style("LensPanelLine", "Lens Panel Line", paragraph=space(0, 30), text=size(9)),
        style("LensHead", "Lens Head", paragraph=KEEP + space(0, 0), text=BOLD + size(8.5)),
        style("LensCell", "Lens Cell", paragraph=space(0, 0), text=size(8.5)),
        style("LensLegend", "Lens Legend", paragraph=space(0, 20), text=size(9)),
        style("LensMarks", "Lens Marks", paragraph=KEEP + space(0, 60), text=BOLD + color(SOFT) + size(9)),
        style("LensSentence", "Lens Sentence", paragraph=space(60, 30)),
        style("LensSubject", "Lens Subject", paragraph=space(0, 20), text=color(SOFT) + size(9)),
        style("LensFact", "Lens Fact", paragraph=space(20, 30)),
        style("LensFactLabel", "Lens Fact Label", paragraph=KEEP + space(20, 20)),
        style("LensCounts", "Lens Counts", paragraph=space(20, 80), text=color(SOFT)),
        style("LensGap", "Lens Gap", paragraph=space(0, 0), text=size(5)),
        style("LensLabel", "Lens Label", kind="character", based="DefaultParagraphFont", text=BOLD + color(SOFT)),
        style("LensOpen", "Lens Open", kind="character", based="DefaultParagraphFont", text=BOLD + color(OPEN)),
        table_styles(),
    )  # fmt: skip
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{''.join(made)}</w:styles>"


def banner_look() -> str:
    """A frame around what nobody may overlook."""
    sides = "".join(
        f'<w:{one} w:val="single" w:sz="6" w:space="4" w:color="{RULE}"/>' for one in ("top", "left", "bottom", "right")
    )
    return f'<w:pBdr>{sides}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FBF0E4"/>'


NUMBERING = (
    f"{HEAD}<w:numbering {NAMESPACES}>"
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    f"<w:pPr>{HANGING}</w:pPr></w:lvl></w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)
MARKING = '{% for banner in banners if banner.kind == "draft" %}{{ banner.title }} · {% endfor %}{{ marking }}'
RELATED = (
    *(("header", "header1"), ("footer", "footer1")),
    *(("styles", "styles"), ("numbering", "numbering"), ("settings", "settings")),
)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "header1": "header",
    "footer1": "footer",
}


def files(body: str, *, across: bool) -> dict[str, str]:
    """The parts of one template, by name."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CONTENT_TYPE}.{what}+xml"/>'
        for name, what in PARTS.items()
    )
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{what}" Target="{target}.xml"/>'
        for number, (what, target) in enumerate(RELATED, start=1)
    )
    foot = p("Footer", "{{ title }}", "<w:r><w:tab/></w:r>", field("PAGE"), run(" / "), field("NUMPAGES"))
    if across:
        tabs = f'<w:tabs><w:tab w:val="clear" w:pos="{WIDE}"/><w:tab w:val="right" w:pos="{ACROSS}"/></w:tabs>'
        foot = foot.replace('<w:pStyle w:val="Footer"/>', f'<w:pStyle w:val="Footer"/>{tabs}')
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{types}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>lens</dc:creator></cp:coreProperties>',
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES}><w:body>{body}{section(across=across)}</w:body>"
        "</w:document>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{package}/relationships">{inner}</Relationships>',
        "word/styles.xml": styles(),
        "word/numbering.xml": NUMBERING,
        "word/settings.xml": SETTINGS,
        "word/header1.xml": f"{HEAD}<w:hdr {NAMESPACES}>{p('Header', MARKING)}</w:hdr>",
        "word/footer1.xml": f"{HEAD}<w:ftr {NAMESPACES}>{foot}</w:ftr>",
    }


def write(path: Path, parts: dict[str, str]) -> None:
    """Write a template; the same parts always give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def templates() -> dict[str, dict[str, str]]:
    """The parts of every template, by the template's name."""
    return {
        "report.docx": files(report(), across=False),
        "brief.docx": files(brief(), across=False),
        "actions.docx": files(actions(), across=True),
    }


if __name__ == "__main__":
    for name, parts in templates().items():
        write(HERE / name, parts)
        sys.stdout.write(f"Wrote {name}\n")
