"""The command line as people meet it: what each command says, and its exit code."""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lens.cli import COMMANDS, Commands, group, run

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "example"
CALM = ROOT / "tests" / "fixtures" / "case"


def lens(*arguments):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]
    return code, said[0], said[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_each_command_says_of_itself(name):
    assert isinstance(group, Commands)
    command = group.get_command(click.Context(group), name)
    assert command.name == name
    assert (command.help or "").split("\n")[0] == COMMANDS[name][0]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(name):
    code, out, _ = lens(name, "--help")
    assert code == 0
    assert "Example" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["revew"], 'Did you mean "review"?'),
        (["review"], "Missing argument"),
        (["review", "x", "--dept", "full"], "--depth"),
        (["review", "x", "--depth", "deep"], "first-look"),
        (["review", EXAMPLE, "--as-of", "tomorrow"], "2026-03-31"),
        (["review", EXAMPLE, "--format", "pdff"], "Known: html"),
        (["review", EXAMPLE, "--lang", "xx"], "en"),
        (["review", EXAMPLE, "--audience", "partner"], "partner:2"),
        (["review", EXAMPLE, "--audience", "partner", "--for", "partner:99"], "There is no partner:99"),
        (["review", EXAMPLE, "--output", "-"], "name one --format"),
        (["review", "nothing-here"], "There is no such file"),
        (["review", EXAMPLE, "--activity", "XA-1"], "none was given"),
        (["explain", "RF7.99"], "Nothing here is called"),
        (["explain", "7.10"], "Write RF7.10"),
        (["explain", "harm.reach-force"], 'Did you mean "harm.reaches-force"'),
        (["schema", "programme"], "program"),
    ],
)
def test_a_wrong_request_is_said_and_ends_in_2(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = lens(*arguments)
    assert code == 2, out + err
    assert said in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "code"),
    [([], 1), (["--fail-on", "severe"], 0), (["--fail-on", "minor"], 1)],
    ids=["high", "severe", "minor"],
)
def test_fail_on(options, code, tmp_path):
    done, _, err = lens(
        "review", CALM, "--depth", "first-look", "--as-of", "2026-11-15", "--output", tmp_path, *options
    )
    assert done == code, err


def test_an_escalating_sign_is_at_or_above_every_level(tmp_path):
    assert lens("review", EXAMPLE, "--as-of", "2026-11-15", "--output", tmp_path, "--fail-on", "severe")[0] == 1


def test_json_to_standard_output_is_only_json():
    code, out, err = lens("review", EXAMPLE, "--as-of", "2026-11-15", "--format", "json", "--output", "-")
    assert code == 1
    assert json.loads(out)["outcome"] == "escalate"
    assert "ESCALATE" in err


def test_the_outcome_is_said_first(tmp_path):
    _, out, _ = lens("review", EXAMPLE, "--as-of", "2026-11-15", "--output", tmp_path)
    assert out.startswith("ESCALATE")
    assert out.index("not known") < out.index("worrying")


@pytest.mark.parametrize(
    "item", ["RF7", "RF7.10", "INH5", "AH-3", "HRDDP-2", "DNH-T", "15210", "harm.reaches-force", "escalate", "rf7"]
)
def test_explain(item):
    code, out, _ = lens("explain", item)
    assert code == 0
    assert len(out) > 40


@pytest.mark.parametrize("option", [[], ["--first-look"], ["--component", "harm"]])
def test_checks(option):
    code, out, _ = lens("checks", *option)
    assert code == 0
    assert ("risk.attacked-for-identity" in out) == ("--component" not in option)
    assert ("harm.hrddp-end-use" in out) == ("--first-look" not in option)


def test_the_first_look_has_its_fifteen_questions():
    _, out, _ = lens("checks", "--first-look")
    assert sum(" asked " in line for line in out.splitlines()) == 15


def test_same_bytes_whatever_the_hash_seed(tmp_path):
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        formats = [f"--format={one}" for one in ("html", "json", "markdown", "csv")]
        subprocess.run(
            [sys.executable, "-m", "lens", "review", EXAMPLE, "--as-of", "2026-11-15", "--output", folder, *formats],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
            timeout=60,
        )
        made.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 4


def test_no_colors_where_there_is_no_terminal(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "lens", "review", EXAMPLE, "--output", tmp_path],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"\x1b" not in done.stdout + done.stderr


def test_three_lines_of_python(tmp_path):
    import lens as library

    made = library.review(EXAMPLE, as_of="2026-11-15", audience="internal")
    files = library.write(made, tmp_path, ["html", "json"])
    assert [path.name for path in files] == ["report.html", "review.json"]
    assert library.read_review(tmp_path / "review.json") == made
