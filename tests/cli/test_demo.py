"""`lens demo`: the bundled example teaches what it is meant to, leaks nothing, and never writes over anything."""

import json
import os
import re
import stat
from pathlib import Path

import pytest

from lens import api
from lens.cli import demo, run
from lens.cli.summary import lines
from lens.hooks.registry import Registry
from lens.languages.language import language
from lens.readers.text import parse
from lens.reports.files import template_text
from lens.writing import write_new

REPORTS = ["actions.csv", "report.html", "report.md", "review.json"]


@pytest.fixture
def case(tmp_path) -> Path:
    for name in demo.FILES:
        write_new(tmp_path / name, template_text("example", name), closed=name == "restricted.yaml")
    return tmp_path


def reviewed(case, **changes):
    given = {"as_of": demo.AS_OF, "audience": "internal", "registry": Registry(only_core=True), **changes}
    return api.review(case, **given)


def test_it_writes_the_case_and_the_report_and_says_where_the_report_is(tmp_path, capsys):
    folder = tmp_path / "demo"
    assert run(["demo", "--folder", str(folder)]) == 0
    assert sorted(one.name for one in folder.iterdir()) == sorted([*demo.FILES, "report"])
    assert sorted(one.name for one in (folder / "report").iterdir()) == REPORTS
    said = capsys.readouterr().out
    assert str(folder / "report" / "report.html") in said
    assert "lens new all --folder my-program" in said
    assert "would end with exit code 1" in said
    assert said.index("ESCALATE") < said.index("What is not known") < said.index("What is worrying")


def test_the_exit_code_it_tells_of_is_that_of_a_real_review(case, tmp_path, capsys):
    out = tmp_path / "out"
    given = ["--audience", "internal", "--as-of", demo.AS_OF, "--only-core", "--output", str(out)]
    assert run(["review", str(case), *given]) == demo._exit_code(reviewed(case)) == 1


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("mine")
    assert run(["demo", "--folder", str(tmp_path)]) == 2
    assert "lens demo --again --folder" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_again_keeps_what_was_changed_and_puts_back_what_is_missing(case, capsys):
    decisions = case / "decisions.yaml"
    changed = re.sub(
        r"(?m)^  # ?( *(escalations|- finding|sent|role|on|answer_due|loses_protection):.*)$",
        r"  \1",
        decisions.read_text(),
    )
    decisions.write_text(changed)
    (case / "lens.toml").unlink()
    assert run(["demo", "--again", "--folder", str(case)]) == 0
    said = capsys.readouterr().out
    assert "decisions.yaml is not as the example has it, and was kept so." in said
    assert decisions.read_text() == changed
    assert (case / "lens.toml").is_file()
    # What the comment in that file promises: the outcome changes, and the signs stay in sight.
    assert "REVISE" in said
    assert "Escalated already, and still there" in " ".join(said.split())


def test_a_mistake_in_a_changed_file_is_said_like_any_other(case, capsys):
    answers = case / "answers.yaml"
    answers.write_text(answers.read_text().replace("answer: partly", "answer: partially", 1))
    assert run(["demo", "--again", "--folder", str(case)]) == 2
    assert 'Did you mean "partly"?' in capsys.readouterr().err
    assert not (case / "report").exists()


def test_a_file_in_place_of_the_folder_is_a_kind_error(tmp_path, capsys):
    (tmp_path / "demo").write_text("a file")
    assert run(["demo", "--folder", str(tmp_path / "demo")]) == 2
    assert run(["demo", "--again", "--folder", str(tmp_path / "demo")]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_its_annex_is_closed_to_others(tmp_path, capsys):
    assert run(["demo", "--folder", str(tmp_path / "demo")]) == 0
    assert stat.S_IMODE((tmp_path / "demo" / "restricted.yaml").stat().st_mode) == 0o600
    assert "annex-open" not in (tmp_path / "demo" / "report" / "review.json").read_text()


def test_the_same_day_gives_the_same_bytes(tmp_path, capsys):
    made = []
    for name in ("one", "two"):
        assert run(["demo", "--folder", str(tmp_path / name)]) == 0
        made.append({one.name: one.read_bytes() for one in (tmp_path / name / "report").iterdir()})
    assert made[0] == made[1]


def test_the_example_shows_each_kind_of_answer_and_why_it_is_escalated(case):
    review = reviewed(case)
    assert review.outcome == "escalate"
    assert not review.incomplete
    assert not review.draft
    assert {one.check for one in review.findings if one.escalates} == {"harm.reaches-force", "harm.force-known"}
    found = {(one.check, one.about): (one.state, one.because) for one in review.findings if one.answer or not one.on}
    assert found["harm.moves-people", ""] == ("open", "not_known")
    assert found["harm.exposes-people", ""] == ("open", "not_asked")
    assert found["risk.attacked-for-identity", ""] == ("open", "withheld_for_safety")
    assert found["risk.danger-lessened", ""] == ("open", "no_evidence")
    assert found["risk.women-and-men-heard", ""] == ("open", "stale")
    assert found["inhibitors.who-held-back", ""] == ("addressed", None)
    assert found["harm.diversion", ""] == ("nothing_seen", None)
    assert found["harm.freed-budget", ""] == ("not_applicable", None)
    assert found["risk.unpunished-violence", "place:3"] == ("open", "not_asked")
    assert any(one.answer and one.answer.has_dissent for one in review.findings)
    assert any(one.answer and one.answer.affected_said for one in review.findings)
    assert {one.check for one in review.findings if one.outcome == "copied"} == {"risk.leverage"}
    held = {one.check: one.disposition for one in review.findings if one.disposition}
    assert held["harm.sparks-violence"].valid
    assert held["harm.weakens-restraint"].why_invalid == ("expired",)
    assert [(row.component, sum(row.open.values()) > 0) for row in review.coverage] == [
        ("risk", True),
        ("inhibitors", True),
        ("harm", True),
    ]
    assert review.unused_answers == ()
    assert {column.state for column in review.matrix.columns} >= {
        "seen",
        "early_signs",
        "hollow",
        "strained",
        "working",
    }


def test_nothing_in_the_example_is_real():
    program = parse(template_text("example", "program.yaml"), "program.yaml").data["program"]
    assert {place["country"] for place in program["places"]} == {"XA"}
    context = parse(template_text("example", "context.yaml"), "context.yaml").data["context"]
    assert context["country"] == "XA"


def test_the_names_of_the_annex_stand_nowhere_else(case, tmp_path):
    annex = parse((case / "restricted.yaml").read_text(), "restricted.yaml").data["names"]
    names = {text for entry in annex.values() for text in entry.values()}
    for other in set(demo.FILES) - {"restricted.yaml"}:
        assert not [name for name in names if name in (case / other).read_text()]
    for audience in ("public", "counterpart", "internal"):
        review = reviewed(case, audience=audience)
        written = api.write(
            review, tmp_path / audience, ["html", "json", "markdown", "csv"], registry=Registry(only_core=True)
        )
        said = "\n".join([*(one.read_text() for one in written), *lines(review, language())])
        assert not [name for name in names if name in said]


@pytest.mark.parametrize("audience", ["public", "counterpart", "internal"])
@pytest.mark.parametrize("depth", ["first-look", "full"])
def test_the_summary_is_short_fits_the_terminal_and_says_what_is_not_known_first(case, monkeypatch, audience, depth):
    monkeypatch.setenv("COLUMNS", "80")
    said = list(lines(reviewed(case, audience=audience, depth=depth), language()))
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in said]
    assert len(plain) <= 30
    assert max(len(line) for line in plain) <= 80
    text = "\n".join(plain)
    assert text.startswith("ESCALATE")
    assert text.index("What is not known") < text.index("What is worrying") < text.index("Who must act")
    assert ("What comes next" in text) is (depth == "first-look")
    assert ("--audience internal" in " ".join(text.split())) is (audience == "public")
    # The role at the end of the route is for those inside.
    assert ("Head of mission" in text) is (audience == "internal")


def test_the_summary_tells_a_partner_of_what_it_is_shown(case):
    text = "\n".join(lines(reviewed(case, audience="partner", partner="partner:7"), language()))
    assert re.search(r"\d+ of \d+ not known", text)


def test_the_summary_names_what_could_not_be_checked(case):
    class Broken(Registry):
        @property
        def evidence(self):
            from lens.hooks.specs import EvidenceSource

            def fails(case, setting):
                raise SystemExit("secret")

            return [EvidenceSource("weather", fails)]

    text = "\n".join(lines(reviewed(case, registry=Broken(only_core=True)), language()))
    assert "INCOMPLETE" in text
    assert "weather" in text
    assert "SystemExit" in text
    assert "secret" not in text


def test_nothing_in_a_case_can_steer_the_terminal(case):
    program = case / "program.yaml"
    program.write_text(
        program.read_text().replace("escalation_route: head of mission", 'escalation_route: "\\e[31mhead\\a"')
    )
    text = "\n".join(lines(reviewed(case), language()))
    assert "\x1b[31mhead" not in text
    assert "\x07" not in text


def test_the_summary_gives_no_score_and_no_pass(case):
    for depth in ("first-look", "full"):
        text = "\n".join(lines(reviewed(case, depth=depth), language())).lower()
        assert not re.search(r"\b(score|pass|passed|safe|cleared|low risk|compliant)\b|%", text)


def test_the_saved_review_of_the_demo_is_for_inside(tmp_path, capsys):
    assert run(["demo", "--folder", str(tmp_path / "demo")]) == 0
    saved = json.loads((tmp_path / "demo" / "report" / "review.json").read_text())
    assert (saved["audience"], saved["as_of"]) == ("internal", demo.AS_OF)
