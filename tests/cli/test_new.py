"""`lens new`: what it writes can be reviewed untouched, and filled in by following its own comments."""

import dataclasses
import os
import re
import stat
from pathlib import Path

import pytest

from lens import api
from lens.cases import Annex, Answer, Context, Decisions, Identity, Program
from lens.checks.raw import raw_checks
from lens.cli import new as new_command
from lens.cli import run
from lens.errors import InputError, LensError
from lens.hooks.registry import Registry
from lens.readers.boundary import class_in, hints_of
from lens.readers.case_files import read_policy
from lens.readers.schema import schema_text
from lens.reports.files import template_text
from lens.writing import write_new

CASE = ("program", "context", "answers", "decisions", "restricted")
KINDS = (*CASE, "policy")


def uncommented(text: str) -> str:
    """What a user gets who takes away one # from every example."""
    return "\n".join(re.sub(r"^(\s*)# ?(?!#)(.*)$", r"\1\2", line) for line in text.split("\n"))


def filled(text: str) -> str:
    """Every example in use, also those within examples; what is left empty in answers.yaml is filled in."""
    text = uncommented(text.split("\n", 1)[1])  # the first line is for editors
    text = uncommented(text)
    values = {
        "answer": "not_known",
        "by": "program officer",
        "on": "2026-03-31",
        "kind": "community",
        "asked": "no",
    }
    return "\n".join(
        f"{line} {values[found[1]]}"
        if (found := re.fullmatch(r"[\s-]*([a-z_]+):", line)) and found[1] in values
        else line
        for line in text.split("\n")
    )


def use(folder: Path, change, depth: str = "first-look") -> None:
    for kind in CASE:
        (folder / new_command.FILES[kind]).write_text(change(new_command.scaffold(kind, depth)), encoding="utf-8")


@pytest.mark.parametrize("depth", ["first-look", "full"])
def test_an_untouched_case_is_reviewed_and_nothing_in_it_is_well(tmp_path, capsys, depth):
    assert run(["new", "all", "--folder", str(tmp_path / "case")]) == 0
    review = api.review(tmp_path / "case", depth=depth, audience="internal", registry=Registry(only_core=True))
    assert review.outcome in ("find_out", "revise")
    assert not review.incomplete
    assert review.draft
    assert {one.state for one in review.findings} <= {"open", "concern", "not_applicable"}
    asked = [one for one in review.findings if "question" in raw_checks()[one.check]]
    assert {(one.state, one.because) for one in asked} == {("open", "not_asked")}


def test_every_example_of_a_scaffold_is_valid_when_its_comment_sign_is_taken_away(tmp_path):
    use(tmp_path, filled, "full")
    read = api.read_case(tmp_path, with_annex=True, registry=Registry(only_core=True))
    asked = {name for name, raw in raw_checks().items() if "question" in raw}
    assert {one.question for one in read.case.answers.answers} == asked
    assert read.case.answers.answers[0].evidence[0].kind == "community"
    assert read.case.program.activities[0].effects[1].safeguard.owner == "market coordinator"
    assert read.case.decisions.escalations[0].decided.role == "head of mission"
    assert read.case.annex.names["group:b"].note
    review = api.review_case(read.case, registry=Registry(only_core=True), as_of="2026-06-01")
    assert not review.incomplete


def test_one_comment_sign_taken_away_is_enough_for_an_answer_without_evidence(tmp_path):
    def answered(text: str) -> str:
        return (
            uncommented(text.split("\n", 1)[1]).replace("answer:\n", "answer: no\n").replace("about: place:1", "about:")
        )

    use(tmp_path, lambda text: text)
    answers = tmp_path / "answers.yaml"
    answers.write_text(answered(new_command.scaffold("answers")), encoding="utf-8")
    read = api.read_case(tmp_path, registry=Registry(only_core=True))
    assert [one.answer for one in read.case.answers.answers] == ["no"] * 15
    assert all(not one.evidence and one.affected is None for one in read.case.answers.answers)


def test_a_block_in_use_without_an_answer_is_an_error_that_names_its_line(tmp_path):
    use(tmp_path, lambda text: text)
    text = uncommented(new_command.scaffold("answers").split("\n", 1)[1]).replace("about: place:1", "about:")
    (tmp_path / "answers.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        api.read_case(tmp_path, registry=Registry(only_core=True))
    assert len(caught.value.problems) == 15
    first = caught.value.problems[0]
    assert first.field == "answers.answers[1].answer"
    assert first.what == "This is needed and is not here."
    assert text.splitlines()[first.line - 1].strip() == "answer:"


def test_the_policy_is_valid_untouched_and_with_its_examples(tmp_path):
    path = tmp_path / "lens.toml"
    path.write_text(new_command.scaffold("policy"), encoding="utf-8")
    assert read_policy(path).delegations == ()
    path.write_text(uncommented(new_command.scaffold("policy").split("\n", 1)[1]), encoding="utf-8")
    policy = read_policy(path)
    assert policy.delegations[0].longest_days == 120
    assert policy.levels[0].check in raw_checks()
    assert policy.freshness == type(policy.freshness)()


@pytest.mark.parametrize(
    ("kind", "top", "not_typed_by_hand"),
    [
        ("program", Program, {"published"}),
        ("context", Context, set()),
        ("answers", Answer, {"place", "protect", "taken_from"}),
        ("decisions", Decisions, set()),
        ("restricted", Annex, set()),
        ("restricted", Identity, set()),
    ],
)
def test_a_scaffold_has_every_field_of_its_kind(kind, top, not_typed_by_hand):
    keys = set(re.findall(r"^[\s-]*([a-z_]+):(?:\s|$)", filled(new_command.scaffold(kind, "full")), re.MULTILINE))
    seen, queue, wanted = set(), [top], set()
    while queue:
        holder = queue.pop()
        if holder in seen or holder.__name__ == "Published":
            continue
        seen.add(holder)
        for field in dataclasses.fields(holder):
            wanted.add(field.name)
            if (inner := class_in(hints_of(holder)[field.name])) is not None:
                queue.append(inner)
    assert wanted - keys == not_typed_by_hand


def test_the_fifteen_questions_stand_in_order_with_the_words_of_the_checks():
    text = new_command.scaffold("answers")
    first = sorted(
        (raw for raw in raw_checks().values() if "question" in raw and raw.get("depth") == "first-look"),
        key=lambda raw: int(raw["order"]),
    )
    assert re.findall(r"- question: (\S+)", text) == [raw["id"] for raw in first]
    assert len(first) == 15
    plain = " ".join(re.sub(r"^[\s#]*", "", line) for line in text.splitlines())
    plain = " ".join(plain.split())
    for raw in first:
        assert " ".join(raw["question"]["ask"].split()) in plain
        assert " ".join(raw["question"]["help"].split()) in plain
        for follow_up in raw["question"].get("follow_ups", ()):
            assert " ".join(follow_up["ask"].split()) in plain
        # Nothing is copied: the template itself holds no question.
        assert " ".join(raw["question"]["ask"].split())[:40] not in template_text("scaffold", "answers.yaml")


def test_every_list_that_a_template_asks_for_is_filled_in():
    for kind in KINDS:
        assert "##= " not in new_command.scaffold(kind, "full")
    assert "RF7.10" in new_command.scaffold("context")
    assert "women_led_organization" in new_command.scaffold("program")


@pytest.mark.parametrize("kind", KINDS)
def test_a_scaffold_fits_a_terminal(kind):
    assert max(len(line) for line in new_command.scaffold(kind, "full").splitlines()) <= 80


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_that_the_first_line_names_lies_beside_it(tmp_path, capsys, kind):
    assert run(["new", kind, "--folder", str(tmp_path)]) == 0
    first = (tmp_path / new_command.FILES[kind]).read_text("utf-8").splitlines()[0]
    named = re.search(r"\.lens/\S+", first)
    assert named is not None
    assert (tmp_path / named[0]).read_text("utf-8") == schema_text(kind)


def test_a_file_that_is_there_is_left_as_it_is(tmp_path, capsys):
    mine = tmp_path / "program.yaml"
    mine.write_text("program:\n  title: mine\n")
    assert run(["new", "program", "--folder", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "program.yaml is there already" in said
    assert "nothing was changed" in said
    assert "--folder" in said
    assert mine.read_text() == "program:\n  title: mine\n"
    assert [one.name for one in tmp_path.iterdir()] == ["program.yaml"]


def test_all_writes_what_is_missing_and_says_what_it_left(tmp_path, capsys):
    mine = tmp_path / "program.yaml"
    mine.write_text("program:\n  title: mine\n")
    assert run(["new", "all", "--folder", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"Left as it is: {mine}" in said
    assert mine.read_text() == "program:\n  title: mine\n"
    assert (tmp_path / "context.yaml").is_file()
    assert not (tmp_path / "lens.toml").exists()  # the agency's, not the case's
    assert run(["new", "all", "--folder", str(tmp_path)]) == 2


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_the_restricted_file_is_readable_by_its_owner_only(tmp_path, capsys):
    before = os.umask(0)
    try:
        assert run(["new", "all", "--folder", str(tmp_path)]) == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "restricted.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "program.yaml").stat().st_mode) == 0o666
    assert "permission 600" in capsys.readouterr().out


def test_it_says_what_to_do_next(tmp_path, capsys):
    folder = tmp_path / "my program"
    assert run(["new", "context", "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    assert f"A review needs a program too: lens new program --folder '{folder}'" in said
    assert f"For a portfolio: lens screen FILES --context '{folder / 'context.yaml'}'" in said
    assert run(["new", "program", "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "portfolio" not in said
    assert f"lens review '{folder}' --depth first-look --audience internal" in said
    assert f"lens new answers --folder '{folder}'" in said


@pytest.mark.parametrize("name", ["taken", "taken/deeper", "no\0name"])
def test_a_folder_that_cannot_be_one_is_a_kind_error(tmp_path, capsys, name):
    (tmp_path / "taken").write_text("a file")
    assert run(["new", "program", "--folder", str(tmp_path / name)]) == 2
    said = capsys.readouterr().err
    assert "--folder" in said
    assert "fault in lens" not in said


def test_a_file_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(LensError, match="No space left on device"):
        write_new(tmp_path / "program.yaml", "program:\n")
    assert list(tmp_path.iterdir()) == []


def test_where_a_disk_knows_no_links_a_file_is_written_all_the_same_and_never_over_another(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    path = tmp_path / "program.yaml"
    write_new(path, "one")
    assert path.read_text() == "one"
    with pytest.raises(LensError, match="there already"):
        write_new(path, "two")
    assert path.read_text() == "one"
    assert [one.name for one in tmp_path.iterdir()] == ["program.yaml"]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path, capsys):
    (tmp_path / "restricted.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert run(["new", "restricted", "--folder", str(tmp_path)]) == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_schema_of_an_older_version_is_replaced(tmp_path, capsys):
    (tmp_path / ".lens").mkdir()
    (tmp_path / ".lens" / "program.schema.json").write_text("{}")
    assert run(["new", "program", "--folder", str(tmp_path)]) == 0
    assert (tmp_path / ".lens" / "program.schema.json").read_text("utf-8") == schema_text("program")


def test_an_unknown_kind_is_told_which_there_are(capsys):
    assert run(["new", "progam"]) == 2
    assert "'program', 'context', 'answers'" in capsys.readouterr().err


def test_answers_for_a_case_are_those_that_its_review_asks(tmp_path, capsys):
    (tmp_path / "program.yaml").write_text("program:\n  title: An agency\n  subject: institution\n")
    assert run(["new", "answers", "--case", str(tmp_path), "--folder", str(tmp_path)]) == 0
    text = (tmp_path / "answers.yaml").read_text()
    named = set(re.findall(r"# - question: (\S+)", text))
    plan = api.plan(tmp_path)
    assert named == {one.check for one in (*plan.questions, *plan.later)}
    assert named
    assert all(one.startswith("institution.") for one in named)
    assert run(["new", "program", "--case", str(tmp_path), "--folder", str(tmp_path / "other")]) == 2
    assert "--case goes with answers" in capsys.readouterr().err


def test_a_context_says_which_signs_go_to_someone():
    told = " ".join(new_command.scaffold("context").replace("#", " ").split())
    assert "[at once where RF2.1 is present too]" in told
    assert "[to a senior reviewer]" in told


def test_answers_for_a_case_hold_the_questions_of_packs_too(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "pack", "herding"]) == 0
    (tmp_path / "program.yaml").write_text(
        'program: {sectors: [{code: "31130"}], activities: [{id: "activity:1", provides: [{what: land_or_housing}]}]}\n'
    )
    folder = tmp_path / "herding" / "lens_herding"
    assert run(["new", "answers", "--case", "program.yaml", "--folder", "own", "--pack", str(folder)]) == 0
    text = (tmp_path / "own" / "answers.yaml").read_text("utf-8")
    assert text.count("# - question: herding.who-may-see") == 1
    assert "Can anyone beyond those who need it see who holds which plot?" in " ".join(text.replace("##", "").split())
    capsys.readouterr()
    assert run(["explain", "herding.who-may-see", "--pack", str(folder)]) == 0
    assert "Who may see the map" in capsys.readouterr().out
    assert run(["new", "program", "--pack", str(folder)]) == 2
