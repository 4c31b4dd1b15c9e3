"""A pack as officers will see it: every question in the order in which it is asked, and the same each time."""

from lens.cli.pack import questionnaire
from lens.packs.load import load_pack
from lens.packs.preview import page, shown


def test_every_check_is_shown_in_the_order_in_which_it_is_asked(write):
    second = {**write.QUESTION, "id": "land.first", "component": "risk", "verdict": None}
    pack = load_pack(write({**write.PACK, "questions": [write.QUESTION, second], "checks": [write.COMPUTED]}))
    assert [(one.number, one.id, one.is_question) for one in shown(pack)] == [
        (1, "land.first", True),
        (2, "land.given", False),
        (3, "land.mapped", True),
    ]


def test_it_tells_what_reviewers_of_a_pack_look_for(write, capsys):
    questionnaire(load_pack(write(write.PACK)))
    said = capsys.readouterr().out
    for text in (
        "A body, and a role in it",
        "1.0, digest ",
        "Is it written down",
        "[ ] not known",
        "A dated map.",
        "good answer: yes",
    ):
        assert text in said


def test_the_page_needs_nothing_from_outside_and_is_the_same_each_time(write):
    pack = load_pack(write(write.PACK))
    html = page(pack)
    assert html == page(pack)
    assert "src=" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_an_empty_pack_is_shown_too(write, capsys):
    pack = load_pack(write("pack: land\n"))
    questionnaire(pack)
    assert "land" in capsys.readouterr().out
    assert "land" in page(pack)


def test_a_page_that_is_there_is_left_as_it_is(write, tmp_path, capsys):
    from lens.cli import run

    (tmp_path / "page.html").write_text("mine")
    assert run(["pack", "preview", str(write(write.PACK)), "--html", str(tmp_path / "page.html")]) == 2
    assert (tmp_path / "page.html").read_text() == "mine"
    assert "is there already" in capsys.readouterr().err
