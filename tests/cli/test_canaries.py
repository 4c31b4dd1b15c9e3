"""Tokens planted in every text of a full case: none above an audience's ceiling is in any output, message or error."""

import contextlib
import dataclasses
import io
import json
import typing
from pathlib import Path

import pytest

from lens.cases import Annex, Answers, Context, Decisions, Program
from lens.cases.fields import SENSITIVITIES, Form, sensitivity_of
from lens.cli import run
from lens.readers.boundary import class_in, hints_of
from lens.readers.text import load_yaml
from lens.reports import RENDERERS
from lens.reviews.redact import CEILINGS

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
PARTS = {"program": Program, "context": Context, "answers": Answers, "decisions": Decisions}


class Planter:
    """Replaces every free text of a file's data with a token, and remembers how sensitive its field is."""

    def __init__(self):
        self.tokens = {}

    def plant(self, kind, data, ceiling="public"):
        hints = hints_of(kind)
        made = {}
        for field in dataclasses.fields(kind):
            level = max(ceiling, sensitivity_of(field), key=SENSITIVITIES.index)
            inner = class_in(hints[field.name])
            given = data.get(field.name)
            if inner is not None and isinstance(given, list):
                made[field.name] = [self.plant(inner, one, level) for one in given]
            elif inner is not None and typing.get_origin(hints[field.name]) is dict and given:
                made[field.name] = {key: self.plant(inner, one, level) for key, one in given.items()}
            elif inner is not None and given is not None:
                made[field.name] = self.plant(inner, given, level)
            elif hints[field.name] is str:
                made[field.name] = self.token(level)
            elif given is not None:
                made[field.name] = given
        return made

    def token(self, level):
        token = f"CANARY{len(self.tokens)}Q"
        self.tokens[token] = level
        return token

    def above(self, audience):
        limit = SENSITIVITIES.index(CEILINGS[audience])
        return [token for token, level in self.tokens.items() if SENSITIVITIES.index(level) > limit]


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    planter = Planter()
    for name, kind in PARTS.items():
        data = load_yaml(EXAMPLE / f"{name}.yaml").data[name]
        (folder / f"{name}.json").write_text(json.dumps({name: planter.plant(kind, data)}))
    annex = planter.plant(Annex, load_yaml(EXAMPLE / "restricted.yaml").data)
    (folder / "restricted.yaml").write_text(json.dumps(annex))
    return folder, planter


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def all_of(words_in):
    """What was said and what stands in every file of a folder, unpacked."""
    return lambda folder, *said: "\n".join([*said, *(words_in(path) for path in sorted(folder.iterdir()))])


@pytest.mark.parametrize("depth", ["first-look", "full"])
@pytest.mark.parametrize("audience", ["public", "counterpart", "partner", "internal"])
def test_nothing_above_the_ceiling_is_in_any_output(planted, tmp_path, all_of, audience, depth):
    folder, planter = planted
    # What code hosts read is made for the public alone: for anybody else it is refused.
    made = [one for one in RENDERERS if audience == "public" or one.name not in ("sarif", "junit")]
    options = [f"--format={one.name}" for one in made]
    options += ["--for", "partner:1"] if audience == "partner" else []
    code, out, err = lens(
        "review",
        folder,
        "--audience",
        audience,
        "--depth",
        depth,
        "--as-of",
        "2026-11-15",
        "--output",
        tmp_path,
        *options,
    )
    assert code in (0, 1), err
    text = all_of(tmp_path, out, err)
    assert [token for token in planter.above(audience) if token in text] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(one.file_name for one in made)


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_what_may_be_seen_is_seen(planted, tmp_path, all_of, form):
    folder, planter = planted
    lens("review", folder, "--audience", "restricted", "--as-of", "2026-11-15", "--output", tmp_path, "--format", form)
    text = all_of(tmp_path)
    by_level = {
        level: [token for token, own in planter.tokens.items() if own == level and token in text]
        for level in SENSITIVITIES
    }
    assert by_level["shared"]
    assert by_level["internal"]
    assert by_level["restricted"]


@pytest.mark.parametrize("wider", ["internal", "restricted", "partner"])
def test_a_saved_review_cannot_be_widened(planted, tmp_path, wider):
    folder, _ = planted
    lens("review", folder, "--as-of", "2026-11-15", "--output", tmp_path)
    code, _, err = lens("report", tmp_path / "review.json", "--audience", wider, "--output", tmp_path / "again")
    assert code == 2
    assert "widened" in err or "no longer knows" in err
    assert not (tmp_path / "again").exists()


def test_a_saved_review_can_be_narrowed(planted, tmp_path, all_of):
    folder, planter = planted
    lens("review", folder, "--audience", "internal", "--as-of", "2026-11-15", "--output", tmp_path)
    code, out, err = lens("report", tmp_path / "review.json", "--audience", "public", "--output", tmp_path / "public")
    assert code == 1
    text = all_of(tmp_path / "public", out, err)
    assert [token for token in planter.above("public") if token in text] == []


@pytest.mark.parametrize("part", [*PARTS, "restricted"])
def test_errors_never_say_what_a_file_protects(planted, tmp_path, part):
    """Every text of one file moved to where it does not belong: the messages name places, not values."""
    folder, planter = planted
    for file in folder.iterdir():
        (tmp_path / file.name).write_text(file.read_text())
    name = "restricted.yaml" if part == "restricted" else f"{part}.json"
    broken = (tmp_path / name).read_text()
    for token in sorted(planter.tokens, key=len, reverse=True):
        broken = broken.replace(f'"{token}"', json.dumps([token]))
    (tmp_path / name).write_text(broken)
    code, out, err = lens("review", tmp_path, "--audience", "restricted", "--output", tmp_path / "out")
    assert code == 2
    assert [token for token in planter.tokens if token in out + err] == []
    assert not (tmp_path / "out").exists()


def test_forms_are_what_planting_left_alone():
    """Fields with a form (dates, ids, codes, money) hold no free text; the redaction of the model covers them."""
    for kind in PARTS.values():
        for hint in hints_of(kind).values():
            for part in getattr(hint, "__metadata__", ()):
                assert isinstance(part, Form)
