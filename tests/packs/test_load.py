"""Loading a pack: it is data whatever is in it, and everything that is wrong is said at once, with file and line."""

import os

import pytest

import lens
from lens.packs.load import load_pack


def problems(folder):
    with pytest.raises(lens.InputError) as caught:
        load_pack(folder)
    return [str(one) for one in caught.value.problems]


def test_a_pack_without_fault(write):
    pack = load_pack(write(write.PACK))
    assert (pack.name, [one.id for one in pack.checks]) == ("land", ["land.mapped"])
    assert pack.checks[0].options[0].do == "Ask the elders."
    assert pack.lines["land.mapped"][0] == "lens_land/pack.yaml"


TEXTS = {
    "an anchor": ("pack: &a land\n", "References (* and &) are not used here."),
    "an alias": ("pack: land\ntitle: *a\n", "References (* and &) are not used here."),
    "a bomb": (
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
        "References (* and &) are not used here.",
    ),
    "a tag": ("pack: !!python/object/apply:os.system ['touch /tmp/x']\n", "Tags (words that begin with !)"),
    "a key twice": ("pack: land\npack: land\n", "This key stands twice."),
    "100,000 deep": ("pack: land\nquestions: " + "[" * 100_000, "nested more than 50 levels deep"),
    "100,000 deep mappings": ("pack: land\nquestions: " + "{a: " * 100_000, "nested more than 50 levels deep"),
    "more than 5 MB": ("pack: land\ntitle: " + "a" * 5_000_001, "The file is larger than 5 MB."),
    "a second document": ("pack: land\n---\npack: sea\n", "A second document begins here."),
    "a list": ("- pack\n", "This should be a mapping"),
    "a text": ("land\n", "This should be a mapping"),
    "nothing": ("", "The pack has no name."),
    "a sign that is no text": ("pack: la\x01nd\n", "cannot be read as YAML"),
    "a name that is none": ("pack: Land Rights\n", "A pack must look like land-rights."),
    "a name with a way up": ("pack: ../../etc\n", "A pack must look like land-rights."),
    "a key nobody knows": ("pack: land\nqestions: []\n", 'Did you mean "questions"'),
    "a mapping for a list": ("pack: land\nquestions: {id: x}\n", "This should be a list."),
    "a merge": ("pack: land\n<<: {title: x}\n", "This name is not known here."),
}


@pytest.mark.parametrize(("text", "said"), TEXTS.values(), ids=TEXTS)
def test_what_no_pack_may_hold_is_refused_with_its_line(write, text, said):
    found = problems(write(text))
    assert said in found[0]
    assert found[0].startswith("lens_land/pack.yaml")
    assert all(len(one) < 400 for one in found)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbfpack: land\r\ntitle: Land\r\n",
        "pack: land\ntitle: Land\n".encode("utf-16"),
        b"pack: land\rtitle: Land\r",
    ],
    ids=["BOM and CRLF", "UTF-16", "CR"],
)
def test_files_as_editors_leave_them_are_read(write, raw):
    folder = write(None)
    (folder / "pack.yaml").write_bytes(raw)
    assert load_pack(folder).title == "Land"


def test_a_file_in_another_encoding_is_said(write):
    folder = write(None)
    (folder / "pack.yaml").write_bytes("pack: land\ntitle: Größe\n".encode("latin-1"))
    assert problems(folder) == [
        'lens_land/pack.yaml, line 2: The file is not in UTF-8. Save it again and choose "UTF-8" as its encoding.'
    ]


@pytest.mark.parametrize("name", ["more.yml", "more.YAML", "MORE.YML"])
def test_a_file_that_people_would_take_for_one_of_the_pack_is_told(write, name):
    folder = write(write.PACK)
    (folder / name).write_text("questions: []\n")
    assert problems(folder) == [f"lens_land/{name}: This is not read. Let its name end in .yaml."]


def test_a_folder_a_loop_and_a_link_to_nowhere_are_told(write):
    folder = write(write.PACK)
    (folder / "a.yaml").mkdir()
    (folder / "b.yaml").symlink_to("b.yaml")
    (folder / "c.yaml").symlink_to("nowhere")
    os.mkfifo(folder / "d.yaml")
    assert [one.partition(":")[0] for one in problems(folder)] == [f"lens_land/{one}.yaml" for one in "abcd"]


def test_hidden_files_of_editors_are_no_part_of_it(write):
    folder = write(write.PACK)
    (folder / ".#pack.yaml").symlink_to("somebody@somewhere")
    (folder / "._pack.yaml").write_bytes(b"\x00\x05\x16\x07")
    assert load_pack(folder).name == "land"


@pytest.mark.parametrize("link", [True, False], ids=["link", "folder"])
def test_a_folder_without_pack_yaml_says_how_to_begin(tmp_path, link):
    place = tmp_path / "empty"
    place.symlink_to(place) if link else place.mkdir()
    assert "`lens new pack NAME` writes one to fill in." in problems(place)[0]


CHANGES = {
    "another prefix": ("questions.0.id", "harm.mapped", "harm.mapped: The ids of this pack begin with land."),
    "no id": ("questions.0.id", "land", "id: A check must look like harm.reaches-force."),
    "an id that steers": ("questions.0.id", "land.\x1b[31m", "id: A check must look like"),
    "an id of 10,000 signs": ("questions.0.id", f"land.{'a' * 10_000}", "The id has more than 80 signs."),
    "no question": (
        "questions.0.question",
        None,
        "Under questions, each check has a question; under checks, none has.",
    ),
    "an empty question": ("questions.0.question.ask", " ", "question.ask: This is empty."),
    "no option": ("questions.0.options", [], "Options, sources and touches are needed."),
    "no source": ("questions.0.sources", [], "Options, sources and touches are needed."),
    "nothing touched": ("questions.0.touches", [], "Options, sources and touches are needed."),
    "nobody": ("questions.0.who", [], "who: Nobody is named who can best answer."),
    "an unknown source": ("questions.0.sources", ["land.bok"], 'Did you mean "land.book"'),
    "an unknown factor": ("questions.0.touches", ["RF99"], "RF99 is listed neither by lens nor by this pack."),
    "an option of the core told anew": (
        "questions.0.options.1",
        {"id": "other-way-round", "do": "Do nothing.", "effort": "days", "who": "local_partner"},
        "other-way-round is a remedy already.",
    ),
    "an option that says nothing": ("questions.0.options.1", {"id": "xyzzy"}, "xyzzy is no remedy and says nothing"),
    "a source of the core": (
        "sources.0.id",
        "lens-judgement",
        "An id of a pack must look like land-rights.short-name.",
    ),
    "a remedy of the core": ("remedies.0.id", "escalate-now", "An id of a pack must look like land-rights.short-name."),
    "an entry of the core": (
        "entries",
        [{"id": "RF7", "name": "x", "text": "x", "status": "recalled", "sources": ["land.book"]}],
        "An id of a pack must look like land-rights.short-name.",
    ),
    "an entry of another pack": (
        "entries",
        [{"id": "harm.x", "name": "x", "text": "x", "status": "recalled", "sources": ["land.book"]}],
        "harm.x: The ids of this pack begin with land.",
    ),
    "an entry without its source": (
        "entries",
        [{"id": "land.x", "name": "x", "text": "x", "status": "recalled", "sources": ["land.y"]}],
        "land.x: sources: land.y is listed neither by lens nor by this pack.",
    ),
    "an id twice": ("remedies.0.id", "land.book", "land.book: This id stands twice."),
    "a huge order": ("questions.0.order", "9" * 4_000, "order: The order is a number from 0 to 9999."),
    "an order that is none": ("questions.0.order", "1e400", "order: This should be a whole number."),
    "an order below all": ("questions.0.order", "-1", "order: The order is a number from 0 to 9999."),
    "a year of minutes": ("questions.0.question.minutes", "525600", "minutes: The minutes are a number from 1 to 480."),
    "no minutes": ("questions.0.question.minutes", "0", "minutes: The minutes are a number from 1 to 480."),
    "a level that is none": ("questions.0.question.if_bad", "terrible", "This word is not one of the list."),
    "an old one without successor": ("questions.0.lifecycle", "deprecated", "names the one that takes over"),
}


@pytest.mark.parametrize(("path", "value", "said"), CHANGES.values(), ids=CHANGES)
def test_what_a_check_cannot_do_without_is_refused(write, path, value, said):
    found = problems(write(write.changed(path, value)))
    assert any(said in one for one in found), found
    assert all(len(one) < 600 for one in found)


def test_a_computed_check_needs_outcomes(write):
    found = problems(write({**write.PACK, "checks": [{**write.COMPUTED, "outcomes": {}}]}))
    assert found == [
        "lens_land/pack.yaml, line 67, land.given: A computed check says what its outcomes are. Add at least one."
    ]


def test_every_fault_of_every_file_is_said_at_once(write):
    folder = write(write.changed("title", ["x"]), more="questions: [3]\n", other="pack: land\nsources: 3\n")
    assert [one.partition(",")[0] for one in problems(folder)] == [
        "lens_land/pack.yaml",
        "lens_land/more.yaml",
        "lens_land/other.yaml",
    ]


def test_a_translation_of_a_core_text_is_not_heard(write):
    from lens.languages.files import digest
    from lens.languages.language import language

    core = lens.Registry(only_core=True).checks["harm.reaches-force"].check
    of = digest(core.title)
    says = f"texts:\n  harm.reaches-force:\n    title: {{of: '{of}', says: Tout va bien}}\n"
    folder = write(write.PACK, pack__fr=says)
    made = language("fr", None, {"land": folder})
    assert made.of("checks", core.id, "title", core.title) != "Tout va bien"


QUIET = "{{ 7*7 }} {% raise %} {name.__class__} {0} %s <script>alert(1)</script> \x7f [x](javascript:y) **b** $(id)"


def test_texts_of_a_pack_stay_texts_in_every_format(write, tmp_path):
    texts = ("title", "why", "how", "limits", "change_our_mind")
    question = {**write.QUESTION, **dict.fromkeys(texts, QUIET), "others": [QUIET]}
    question["question"] = {**write.QUESTION["question"], "ask": f"{QUIET}?", "help": QUIET, "settles": QUIET}
    question["applies"] = {}
    made = {**write.PACK, "title": QUIET, "owner": QUIET, "questions": [question]}
    made["remedies"] = [{**write.PACK["remedies"][0], "do": f"=HYPERLINK({QUIET})"}]
    computed = {**write.COMPUTED, "outcomes": {"given": {"state": "concern", "level": "high", "says": QUIET}}}
    registry = lens.Registry(only_core=True, packs=[write({**made, "checks": [computed]})])
    from lens.hooks.registry import Registered

    check = next(one for pack, _ in registry.packs for one in pack.checks if one.id == "land.given")
    registry.checks["land.given"] = Registered(check, lambda case, setting: [lens.Found(outcome="given")], "land")
    answer = lens.cases.Answer(question="land.mapped", answer="no", by="officer")
    activity = lens.cases.Activity(id="activity:1", provides=(lens.cases.Provision(what="land_or_housing"),))
    case = lens.Case(program=lens.Program(activities=(activity,)), answers=lens.cases.Answers(answers=(answer,)))
    review = lens.review_case(case, registry=registry, as_of="2026-06-01", audience="internal")
    assert {"land.given", "land.mapped"} <= {one.check for one in review.findings if one.state == "concern"}
    for form in ("html", "brief", "markdown", "csv", "json", "risk-section"):
        text = lens.render(review, form, registry=registry)
        assert form == "csv" or "<script>alert" not in text
        assert "<class" not in text
        assert form != "csv" or "'=HYPERLINK" in text
        assert form not in ("html", "markdown") or "7*7" in text.replace("\\", "")


def test_texts_of_a_pack_stay_texts_in_its_preview(write, capsys):
    from lens.cli.pack import questionnaire
    from lens.packs.preview import page

    made = {**write.PACK, "title": QUIET, "questions": [{**write.QUESTION, "title": QUIET, "why": f"{QUIET}\x1b[31m"}]}
    folder = write(made)
    pack = load_pack(folder)
    html = page(pack)
    assert "<script>alert" not in html
    assert "{{ 7*7 }}" in html
    questionnaire(pack)
    shown = capsys.readouterr().out
    assert "\x1b[31m" not in shown
    assert "{name.__class__}" in shown
