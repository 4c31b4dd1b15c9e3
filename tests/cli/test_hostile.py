"""Hostile and clumsy use: every command ends in words and a documented exit code, and says nothing it should not."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lens import api
from lens.cli import run
from lens.errors import LensError
from lens.hooks.registry import Registry

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
PROGRAM = "program:\n  title: Market roads\n"
TOKEN = "CANARYxyz"


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "case"
    folder.mkdir()

    def write(files):
        for name, text in files.items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write


@pytest.fixture
def lens(capfd):
    def call(*arguments):
        code = run([str(one) for one in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert "fault in lens" not in out + err
        assert "pydantic" not in (out + err).lower()
        assert "\x1b" not in out + err
        return code, out, err

    return call


def shell(line, folder, **more):
    lens = f"'{sys.executable}' -m lens"
    return subprocess.run(
        ["bash", "-c", line.replace("LENS", lens)],
        cwd=folder,
        capture_output=True,
        timeout=60,
        env={**os.environ, **more},
        check=False,
    )


# Days, names and flags


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-02-30", "20260101", "2026-W01-1", "", "x\x1b[31m", "٢٠٢٦-٠١-٠١"]
)
def test_a_day_that_is_none_is_told(case, lens, day):
    code, _, err = lens("review", case({"program.yaml": PROGRAM}), "--as-of", day)
    assert code == 2
    assert "is not a day to review as of" in err


def test_a_moment_serves_as_its_day():
    from datetime import UTC, datetime

    assert api.day(datetime(2026, 3, 31, 23, 59, tzinfo=UTC)).isoformat() == "2026-03-31"


@pytest.mark.parametrize("option", ["--output", "--policy", "--templates", "--context"])
def test_an_empty_name_is_not_this_folder(case, lens, option):
    folder = case({"program.yaml": PROGRAM})
    code, _, err = lens("review", folder, option, "")
    assert code == 2
    assert 'empty text ("")' in err
    assert [one.name for one in folder.parent.iterdir()] == ["case"]


def test_a_partner_named_for_another_audience_is_told(case, lens):
    folder = case({"program.yaml": PROGRAM})
    code, _, err = lens("review", folder, "--for", "partner:1")
    assert code == 2
    assert "--audience partner" in err
    with pytest.raises(LensError, match="--audience partner"):
        api.review(folder, partner="partner:1", registry=Registry(only_core=True))


def test_help_reads_as_it_was_written(lens):
    code, out, _ = lens("--help")
    assert code == 0
    assert "\\b" not in out


# Which files are read


def test_what_looks_like_a_part_of_the_case_and_cannot_be_read_is_never_left_out_silently(case, lens):
    folder = case({"program.yaml": PROGRAM, "answers.yaml.txt": "answers: {}", ".hidden.yaml": "not: ours"})
    (folder / "context.yaml").symlink_to("/nowhere.yaml")
    (folder / "decisions.yaml").mkdir()
    code, _, err = lens("review", folder)
    assert code == 2
    assert "context.yaml: This link leads nowhere." in err
    assert "decisions.yaml: This is not a plain file." in err
    assert "answers.yaml.txt: This file ends in .txt, so it would not be read. Rename it to answers.yaml." in err
    assert ".hidden" not in err


@pytest.mark.parametrize(
    ("target", "said"),
    [("/nowhere.toml", "There is no such file."), ("lens.toml", "Too many levels of symbolic links.")],
)
def test_a_policy_that_is_a_link_to_nothing_is_not_passed_over(case, lens, target, said):
    folder = case({"program.yaml": PROGRAM})
    (folder / "lens.toml").symlink_to(target)
    code, _, err = lens("review", folder)
    assert code == 2
    assert "lens.toml: " in err
    assert said in err


def test_a_file_named_twice_in_different_words_is_read_once(case, lens):
    folder = case({"program.yaml": PROGRAM})
    (folder.parent / "link.yaml").symlink_to(folder / "program.yaml")
    code, _, _ = lens("review", folder, folder / ".." / "case" / "program.yaml", "link.yaml")
    assert code == 1


def test_a_second_policy_is_told(case, lens, tmp_path):
    folder = case({"program.yaml": PROGRAM, "lens.toml": ""})
    other = tmp_path / "other"
    other.mkdir()
    (other / "context.yaml").write_text("context:\n  on: 2026-05-01\n")
    (other / "lens.toml").write_text("")
    _, out, _ = lens("review", folder, other / "context.yaml")
    assert "A second agency policy lies beside the case and was not read." in " ".join(out.split())


def test_a_report_among_the_files_of_a_case_is_named_as_what_it_is(case, lens):
    folder = case({"program.yaml": PROGRAM})
    assert lens("review", folder, "--output", folder, "--format", "json")[0] == 1
    code, _, err = lens("review", folder)
    assert code == 2
    assert err.count("review.json") == 1
    assert "This is a saved review, not a part of a case." in err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04", "a packed file (zip) or an office document"),
        (b"%PDF-1.7", "a PDF"),
        (b'{"program": {}}', "This is JSON."),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "This is a web page."),
        (b"<rss/>", "not a file of IATI activities"),
        (b"program:\n  title: x\n", "Its name must end in .yaml."),
        (b"\x00\x01", "not a kind of file that lens knows"),
    ],
)
def test_a_file_that_is_something_else_is_named_as_what_it_is(case, lens, data, said):
    code, _, err = lens("review", case({"activities.xml": data}) / "activities.xml")
    assert code == 2
    assert said in err


def test_a_line_of_a_message_is_one_line_whatever_a_file_is_called(case, lens):
    folder = case({"a\nNothing to mend.\x1b[31m.yaml": "a: ["})
    code, _, err = lens("review", folder)
    assert code == 2
    assert "\nNothing to mend" not in err


def test_a_key_that_stands_twice_in_json_has_a_line(case, lens):
    code, _, err = lens("review", case({"p.json": '{"program": {\n"title": "a",\n"title": "b"}}'}))
    assert code == 2
    assert "p.json, line 3: This key stands twice." in err


# The annex


@pytest.mark.parametrize("name", ["restricted.yml", "Restricted.yaml", "restricted.json"])
def test_the_annex_is_the_annex_in_every_spelling_of_its_name(case, lens, name):
    # JSON is YAML as well, so one text serves both.
    folder = case({"program.yaml": PROGRAM, name: json.dumps({f"{TOKEN} Abel": {"name": TOKEN}})})
    code, out, err = lens("review", folder)
    assert code == 1
    assert "The restricted annex was not read." in out
    assert TOKEN not in out + err
    code, out, err = lens("review", folder, "--audience", "restricted")
    assert code == 2
    assert "(a key that is not said here)" in err
    assert TOKEN not in out + err


def test_a_second_annex_is_told(case, lens, tmp_path):
    folder = case({"program.yaml": PROGRAM, "restricted.yaml": "names: {}"})
    (tmp_path / "restricted.yml").write_text("names: {}")
    code, _, err = lens("review", folder, tmp_path / "restricted.yml", "--audience", "restricted")
    assert code == 2
    assert "There is a second restricted annex" in err


@pytest.mark.parametrize(
    ("file", "text"),
    [
        # Public fields within a field that is not.
        (
            "program.yaml",
            f"{PROGRAM}  partners:\n    - id: partner:1\n      direct_funding:\n        amount: {TOKEN}\n",
        ),
        (
            "answers.yaml",
            f"answers:\n  answers:\n    - question: harm.a-b\n      answer: no\n      evidence: [{{on: {TOKEN}}}]\n",
        ),
        ("context.yaml", f"context:\n  on: 2026-01-01\n  owner: [{TOKEN}]\n"),
        ("restricted.yaml", f"names:\n  {TOKEN}: {{name: x}}\n  partner:1: {{{TOKEN}: x}}\n"),
    ],
)
def test_an_error_never_says_what_an_internal_field_holds(case, lens, file, text):
    folder = case({"program.yaml": PROGRAM, file: text})
    code, out, err = lens("review", folder, "--audience", "restricted")
    assert code == 2
    assert TOKEN not in out + err


# The policy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = \nb = 1\n", "This cannot be read as TOML."),
        ('floor = "high"\nfloor = "high"\n', "line 2: This cannot be read as TOML."),
        ("escalation_days = " + "9" * 10_000, "This cannot be read as TOML."),
        ("[" + ".".join("a" * 5000) + "]\nb = 1", "This cannot be read as TOML."),
        ("a = " + "[" * 100_000, "This cannot be read as TOML."),
        ("[freshness]\n\ndynamic = 999999999\n", "line 3, freshness.dynamic: A number of days"),
        ('[[levels]]\ncheck = "harm.marked"\nlevel = "high"\nreason = "x"\n', 'Did you mean "harm.market" or'),
        ('[[levels]]\ncheck = "harm.market"\nlevel = "high"\nreason = "x"\n' * 2, "levels[2].check"),
        (
            '[[delegations]]\nup_to = "hihg"\n[[delegations]]\nrole = "x"\nup_to = "no"\n',
            "line 5, delegations[2].up_to",
        ),
    ],
)
def test_a_policy_that_cannot_be_used_is_told(case, lens, text, said):
    code, _, err = lens("review", case({"program.yaml": PROGRAM, "lens.toml": text}))
    assert code == 2
    assert "lens.toml" in err
    assert said in err


def test_a_level_of_a_check_of_a_pack_that_is_not_here_is_no_mistake_in_the_file_and_is_told(case, lens):
    policy = '[[levels]]\ncheck = "ict.shutdown"\nlevel = "high"\nreason = "x"\n'
    code, out, _ = lens("review", case({"program.yaml": PROGRAM, "lens.toml": policy}))
    assert code == 3
    assert "policy, ict.shutdown" in out


# A saved review


@pytest.fixture
def saved(case):
    folder = case({})
    for one in EXAMPLE.iterdir():
        shutil.copy(one, folder)
    made = api.review(folder, audience="internal", as_of="2026-11-15", registry=Registry(only_core=True))
    (path,) = api.write(made, folder.parent / "out", ["json"])
    return path


def test_a_saved_review_whose_outcome_was_changed_by_hand_is_refused(saved, lens):
    text = saved.read_text()
    assert '"outcome": "escalate"' in text
    saved.write_text(text.replace('"outcome": "escalate"', '"outcome": "recorded"', 1))
    code, _, err = lens("report", saved, "--output", "again")
    assert code == 2
    assert "contradicts itself" in err
    assert not Path("again").exists()


def test_everything_wrong_with_a_saved_review_is_said_at_once(saved, lens):
    data = json.loads(saved.read_text())
    data["outcome"], data["incomplete"], data["findings"][0]["count"] = "fine", "\x1b[31m", "many"
    saved.write_text(json.dumps(data, indent=1))
    code, _, err = lens("report", saved)
    assert code == 2
    assert "3 things need mending" in err
    assert ", outcome: This word is not one of the list." in err
    assert ", incomplete: This should be true or false." in err
    assert ", findings[1].count: This should be a whole number." in err
    assert all(", line " in line for line in err.splitlines()[1:4])


def test_a_large_review_can_be_read_again(case, lens):
    activities = "".join(f"    - id: activity:{number}\n      title: One\n" for number in range(1, 701))
    folder = case({"program.yaml": f"{PROGRAM}  activities:\n{activities}"})
    assert lens("review", folder, "--audience", "internal", "--format", "json", "--output", "large")[0] in (1, 3)
    assert Path("large/review.json").stat().st_size > 5_000_000
    assert lens("report", "large/review.json", "--audience", "public", "--output", "small")[0] in (1, 3)


def test_many_references_that_lead_nowhere_are_told_in_good_time(case, lens):
    places = "".join(f"    - id: place:{number}\n" for number in range(1500))
    activities = "".join(
        f"    - id: activity:{number}\n      title: x\n      places: [place:{number + 5000}]\n"
        for number in range(1500)
    )
    begun = time.monotonic()
    code, _, err = lens("review", case({"p.yaml": f"{PROGRAM}  places:\n{places}  activities:\n{activities}"}))
    assert code == 2
    assert "1500 things need mending" in err
    assert "and 1450 more" in err
    assert max(len(line) for line in err.splitlines()) < 1100
    assert time.monotonic() - begun < 10


# Where the output goes

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices are those of POSIX")


@posix
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("review case --format json --output -", 1),
        ("review case --output out", 1),
        ("checks", 0),
        ("plugins", 0),
        ("explain RF7", 0),
        ("schema review", 0),
        ("--help", 0),
        ("review nowhere 2>&1", 2),
    ],
)
def test_when_the_reader_has_gone_the_exit_code_stands(case, line, code):
    folder = case({"program.yaml": PROGRAM})
    made = shell(f"LENS {line} | true; exit ${{PIPESTATUS[0]}}", folder.parent)
    assert made.returncode == code
    assert b"Traceback" not in made.stderr
    assert b"Exception" not in made.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("line", ["review case --format json --output -", "checks", "--help", "schema review"])
def test_a_full_disk_is_told(case, line):
    folder = case({"program.yaml": PROGRAM})
    made = shell(f"LENS {line} > /dev/full", folder.parent)
    assert made.returncode == 2
    assert made.stderr.decode().splitlines()[-1] == "Cannot go on: No space left on device."
    assert shell("LENS review nowhere 2> /dev/full", folder.parent).returncode == 2


@posix
def test_what_is_printed_is_what_is_written_whatever_the_terminal_knows(case):
    folder = case({"program.yaml": "program:\n  title: السوق → ☐\n"})
    line = "LENS review case --as-of 2026-01-01 --audience internal --format {0} --output -"
    for form, name in (("markdown", "report.md"), ("html", "report.html"), ("json", "review.json")):
        made = shell(line.format(form), folder.parent, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
        assert made.returncode == 1
        shell(f"{line.format(form)[:-1]}out", folder.parent)
        assert made.stdout == (folder.parent / "out" / name).read_bytes()
    assert shell("LENS review case", folder.parent, PYTHONIOENCODING="cp1252", PYTHONUTF8="0").returncode == 1


@posix
def test_the_same_bytes_for_every_hash_seed(case):
    folder = case({})
    for one in EXAMPLE.iterdir():
        shutil.copy(one, folder)
    formats = "--format html --format json --format csv --format markdown"
    line = f"LENS review case --as-of 2026-11-15 --audience internal {formats} --output out"
    told = []
    for seed in ("1", "2"):
        made = shell(line, folder.parent, PYTHONHASHSEED=seed)
        files = sorted((folder.parent / "out").iterdir())
        told.append((made.stdout, made.stderr, [(one.name, one.read_bytes()) for one in files]))
    assert told[0] == told[1]
    assert len(told[0][2]) == 4


@pytest.mark.skipif(shutil.which("script") is None, reason="needs a terminal to write to")
@pytest.mark.parametrize("line", ["checks", "plugins", "explain RF7", "explain risk.counter-view", "review nowhere"])
def test_a_terminal_gets_no_codes_where_the_user_asked_for_none(tmp_path, line):
    plain = shell(f"script -qec 'NO_COLOR=1 {sys.executable} -m lens {line}' /dev/null", tmp_path)
    painted = shell(f"script -qec '{sys.executable} -m lens {line}' /dev/null", tmp_path, TERM="xterm", NO_COLOR="")
    assert b"\x1b[" not in plain.stdout
    assert b"\x1b[" in painted.stdout


@posix
def test_a_run_that_is_stopped_leaves_nothing_half_written(case):
    activities = "".join(f"    - id: activity:{number}\n      title: One\n" for number in range(1, 901))
    folder = case({"program.yaml": f"{PROGRAM}  activities:\n{activities}"})
    begun = subprocess.Popen(
        [sys.executable, "-m", "lens", "review", "case", "--output", "out"],
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(0.6)
    begun.send_signal(signal.SIGINT)
    _, err = begun.communicate(timeout=60)
    assert b"Traceback" not in err
    out = folder.parent / "out"
    if begun.returncode == 130:
        assert err.split() == [b"Stopped."]
        assert not out.exists() or not list(out.glob(".lens-*"))
    else:  # a fast machine was done
        assert {one.name for one in out.iterdir()} == {"report.html", "review.json"}
