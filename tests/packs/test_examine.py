"""What a reviewer would say of a pack: each rule fires on what breaks it, and on nothing else."""

import pytest

from lens.packs.examine import examine
from lens.packs.load import load_pack

NO_TRANSLATION = "There is no translation, so it is told in English in every language."


def said(folder):
    return [(one.item, one.what, "error" if one.is_error else "warning") for one in examine(load_pack(folder))]


def test_of_a_pack_without_fault_only_the_missing_translation_is_told(write):
    assert said(write(write.PACK)) == [("languages", NO_TRANSLATION, "warning")]


HEAD = {
    "no title": ("title", "", ("title", "This is empty.", "error")),
    "no owner": ("owner", " ", ("owner", "This is empty.", "error")),
    "no version": ("version", None, ("version", "This is empty.", "error")),
    "no license": ("license", None, ("license", "This is empty.", "error")),
    "no question": ("questions", [], ("questions", "The pack asks nothing.", "error")),
    "a source that nobody cites": (
        "sources",
        [
            {"id": "land.book", "title": "A book", "what": "That maps matter.", "status": "recalled"},
            {"id": "land.other", "title": "Another", "what": "That they do not.", "status": "recalled"},
        ],
        ("land.other", "No check cites this source.", "warning"),
    ),
}
CHECK = {
    "no stage": ("stages", [], "No stage is named, so it is asked at every stage.", "warning"),
    "nothing of the core": ("touches", ["land.book"], "It touches nothing of the core's catalog.", "error"),
    "no verdict": ("verdict", None, "A harm check serves one of the two verdicts.", "error"),
    "judgment alone": ("sources", ["lens-judgement"], "It rests on judgment alone.", "warning"),
    "one option": ("options", [{"id": "other-way-round"}], "There is one option only.", "warning"),
    "nobody else": ("others", [], "It does not say who else must act.", "warning"),
    "no how": ("how", "", "It has no how.", "warning"),
    "no limits": ("limits", "", "It has no limits.", "warning"),
    "nothing settles it": ("question.settles", " ", "It does not say what evidence settles it.", "error"),
    "no safe hold": ("question.hold_safely", "", "It does not say how to hold that evidence.", "warning"),
    "no help": ("question.help", "", "It does not say what is meant.", "warning"),
    "no document": ("question.documents", [], "No document is named that helps to answer it.", "warning"),
    "no examples": ("question.examples", None, "It has no examples.", "error"),
    "a good answer for a concern": (
        "question.examples.concern.answer",
        "yes",
        "The example of a concern is answered well.",
        "error",
    ),
    "a bad answer for none": (
        "question.examples.addressed.answer",
        "no",
        "The example of no concern is not answered well.",
        "error",
    ),
    "it escalates": ("question.escalates", "yes", "It can go to the escalation route at once.", "warning"),
    "it escalates without a way": (
        "question.escalates",
        "yes",
        "It can escalate and does not propose it.",
        "error",
    ),
}


@pytest.mark.parametrize(("path", "value", "remark"), HEAD.values(), ids=HEAD)
def test_the_head_of_a_pack(write, path, value, remark):
    assert remark in said(write(write.changed(path, value)))


@pytest.mark.parametrize(("path", "value", "what", "kind"), CHECK.values(), ids=CHECK)
def test_a_question(write, path, value, what, kind):
    found = said(write(write.changed(f"questions.0.{path}", value)))
    assert ("land.mapped", what, kind) in found


def test_a_successor_of_the_same_pack_is_there(write):
    old = write.changed("questions.0.lifecycle", "deprecated")
    wrong = write.changed("questions.0.successor", "land.newer", old)
    assert ("land.mapped", "Its successor land.newer is not in this pack.", "error") in said(write(wrong))
    elsewhere = write.changed("questions.0.successor", "sea.newer", old)
    assert "successor" not in str(said(write(elsewhere)))


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("unknown.because", None, "unknown is open and does not say why."),
        ("unknown.level", None, "unknown has no level."),
        ("given.level", None, "given has no level."),
        ("unknown", None, "It cannot come out as not known."),
    ],
)
def test_a_computed_check(write, path, value, what):
    good = {**write.PACK, "checks": [write.COMPUTED]}
    assert [one for one in said(write(good)) if one[0] == "land.given"] == []
    assert ("land.given", what, "error") in said(write(write.changed(f"checks.0.outcomes.{path}", value, good)))


FRENCH = "texts:\n  {item}:\n    title: {{of: '0', says: La terre}}\n"


@pytest.mark.parametrize(
    ("name", "text", "remark"),
    [
        ("pack__fr", FRENCH.format(item="land.mapped"), None),
        ("pack__fr", FRENCH.format(item="harm.reaches-force"), "A pack is heard on its own ids alone."),
        ("pack__fr", "texts: {land.mapped: {title: La terre}}", "A text needs `of` and `says`."),
        ("pack__fr", "texts: &a {}", "References (* and &) are not used here."),
        ("questions__old", "questions: []", "There is no questions.yaml."),
    ],
    ids=["a good one", "of the core", "not in form", "an anchor", "a file that only looks like one"],
)
def test_translations_are_read_too(write, name, text, remark):
    found = said(write(write.PACK, **{name: text}))
    assert [one[1] for one in found if one[2] == "error"][:1] == ([remark] if remark else [])


def test_files_further_down_are_told_of(write):
    folder = write(write.PACK)
    (folder / "more").mkdir()
    (folder / "more" / "questions.yaml").write_text("questions: []\n")
    assert ("file", "This is not read.", "warning") in said(folder)


def test_errors_come_first_and_the_order_is_fixed(write):
    broken = write.changed("questions.0.how", "", write.changed("owner", ""))
    found = said(write(broken))
    assert [one[2] for one in found] == ["error", "warning", "warning"]
    assert found == said(write(broken))


@pytest.mark.parametrize(
    ("change", "strict", "ends"),
    [
        (("title", "Land"), False, 0),
        (("title", "Land"), True, 1),
        (("title", ""), False, 1),
        (("questions", 3), False, 2),
        (("pack", "harm"), False, 2),
    ],
    ids=["warnings", "warnings, strict", "an error", "unreadable", "ids of the core"],
)
def test_exit_codes_of_pack_check(write, change, strict, ends, capsys):
    from lens.cli import run

    assert run(["pack", "check", str(write(write.changed(*change))), *(["--strict"] if strict else [])]) == ends
    done = capsys.readouterr()
    assert "Traceback" not in done.err
    assert "lens_land" in done.out + done.err


@pytest.mark.parametrize("named", ["", "nowhere", "pack.yaml", "../..", "\udcff"])
def test_what_names_no_pack_ends_in_2(named, tmp_path, monkeypatch, capsys):
    from lens.cli import run

    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack.yaml").write_text("pack: land\n") if named == "pack.yaml" else None
    assert run(["pack", "check", named]) == 2
    assert "fault in lens itself" not in capsys.readouterr().err


def test_a_folder_of_several_packs_asks_which(write, tmp_path, capsys):
    from lens.cli import run

    write(write.PACK)
    other = tmp_path / "lens_other"
    other.mkdir()
    (other / "pack.yaml").write_text("pack: other\n")
    assert run(["pack", "check", str(tmp_path)]) == 2
    assert "There are several packs" in capsys.readouterr().err
