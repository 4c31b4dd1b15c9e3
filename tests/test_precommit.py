"""The hooks of .pre-commit-hooks.yaml, run as pre-commit runs them: the entry, its arguments, the changed files."""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import lens
from lens import precommit
from lens.hooks.registry import Registry
from lens.readers.text import load_yaml

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "templates" / "example"
HOOKS = {one["id"]: one for one in load_yaml(ROOT / ".pre-commit-hooks.yaml").data}
# What pre-commit takes for a hook, as far as we use it.
KEYS = {"id", "name", "description", "entry", "language", "files", "types", "require_serial", "verbose"}


@pytest.fixture
def repository(tmp_path):
    """A repository with the demo case in `cases/wells`, its annex left out."""
    folder = tmp_path / "cases" / "wells"
    shutil.copytree(EXAMPLE, folder)
    (folder / "restricted.yaml").unlink()
    (tmp_path / "README.md").write_text("Cases.\n")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "other.yml").write_text("on: push\n")
    return tmp_path


def run(hook, repository, *files, arguments=()):
    """Run a hook on files as pre-commit does: those that its own pattern lets through."""
    entry = shlex.split(HOOKS[hook]["entry"])
    assert entry[0] == "python"
    wanted = [one for one in files if re.search(HOOKS[hook].get("files", ""), one)]
    return subprocess.run(
        [sys.executable, *entry[1:], *arguments, *wanted],
        cwd=repository,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={"PATH": "", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)},
    )


def all_files(repository):
    return [one.relative_to(repository).as_posix() for one in sorted(repository.rglob("*")) if one.is_file()]


def test_the_file_of_hooks_has_what_pre_commit_wants():
    assert list(HOOKS) == ["lens-names", "lens-review"]
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language"} <= hook.keys() <= KEYS
        assert hook["language"] == "python"
        # Two processes at once would each see half of a case's files, and print over one another.
        assert hook["require_serial"] == "true"


# Names


@pytest.mark.parametrize(
    "name",
    ["restricted.yaml", "Restricted.YML", "restricted.json", "restricted (copy).yaml", "restricted-names.xlsx"],
)
def test_the_annex_is_refused_by_its_name_alone(repository, name):
    (repository / "cases" / "wells" / name).write_bytes(b"\xff\x00 cannot be read")
    done = run("lens-names", repository, f"cases/wells/{name}")
    assert done.returncode == 1
    assert f"cases/wells/{name}: it is called like the restricted annex." in done.stderr
    assert "what was committed once stays" in done.stderr


def test_the_annex_is_refused_under_any_other_name_and_nothing_of_it_is_printed(repository):
    text = (EXAMPLE / "restricted.yaml").read_text("utf-8")
    for name in ("who-is-who.yaml", "notes.json"):
        (repository / name).write_text(
            text if name.endswith("yaml") else json.dumps({"names": {"partner:1": {"name": "Canary"}}}), "utf-8"
        )
    done = run("lens-names", repository, *all_files(repository))
    assert done.returncode == 1
    refused = [line for line in done.stderr.splitlines() if "under another name" in line]
    assert refused == [
        "notes.json: it is a restricted annex under another name.",
        "who-is-who.yaml: it is a restricted annex under another name.",
    ]
    assert "Canary" not in done.stdout + done.stderr


def test_an_annex_that_cannot_be_read_is_refused_all_the_same(repository):
    (repository / "notes.yaml").write_text('# mine\nnames:\n  partner:1:\n    name: "Canary\n', "utf-8")
    done = run("lens-names", repository, "notes.yaml")
    assert (done.returncode, "Canary" in done.stderr) == (1, False)


@pytest.mark.parametrize(("form", "language"), [("html", "en"), ("html", "fr"), ("markdown", "zh"), ("json", "en")])
def test_a_report_with_names_is_refused_and_others_are_not(tmp_path, form, language):
    registry = Registry(only_core=True)
    for audience, expected in (("restricted", 1), ("internal", 0), ("public", 0)):
        folder = tmp_path / audience
        made = lens.review(EXAMPLE, audience=audience, as_of="2026-11-15", depth="first-look", registry=registry)
        (file,) = lens.write(made, folder, [form], language=language, registry=registry)
        assert precommit.main(["names", str(file)]) == expected, audience


def test_a_repository_without_names_is_let_through(repository):
    done = run("lens-names", repository, *all_files(repository))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# Review


def test_the_case_of_a_changed_file_is_reviewed_once_at_a_first_look(repository):
    done = run("lens-review", repository, "cases/wells/answers.yaml", "cases/wells/context.yaml", "README.md")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == str(Path("cases") / "wells") + ":"
    assert sum("First look" in line for line in lines) == 1
    assert any("What is not known" in line for line in lines)


def test_findings_stop_a_commit_only_where_somebody_says_so(repository):
    done = run("lens-review", repository, "cases/wells/program.yaml", arguments=["--fail-on", "high"])
    assert done.returncode == 1


def test_a_file_that_needs_mending_stops_the_commit_with_field_and_line_and_no_value(repository):
    file = repository / "cases" / "wells" / "program.yaml"
    file.write_text(file.read_text("utf-8").replace("program:\n", "program:\n  titel: Canary\n", 1), "utf-8")
    done = run("lens-review", repository, "cases/wells/program.yaml")
    assert done.returncode == 2
    assert re.search(r"program\.yaml, line \d+, program\.titel: This name is not known here", done.stderr)
    assert "Canary" not in done.stdout + done.stderr


def test_what_could_not_be_checked_stops_the_commit(repository):
    file = repository / "cases" / "wells" / "lens.toml"
    file.write_text('[[off]]\ncheck = "gone.check"\nreason = "no pack"\n', "utf-8")
    done = run("lens-review", repository, "cases/wells/lens.toml")
    assert done.returncode == 3, done.stdout + done.stderr


def test_files_that_belong_to_no_case_are_left_alone(repository):
    done = run("lens-review", repository, ".github/other.yml", "README.md")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_file_that_was_taken_away_with_its_folder_is_no_fault(repository):
    assert run("lens-review", repository, "cases/gone/program.yaml").returncode == 0


def test_nothing_is_written_and_nothing_is_sent(repository, monkeypatch, capsys):
    def refused(*arguments, **more):
        raise AssertionError("a hook must not open a connection")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.chdir(repository)
    before = {name: (repository / name).read_bytes() for name in all_files(repository)}
    for hook in ("names", "review"):
        assert precommit.main([hook, *before]) == 0
    assert {name: (repository / name).read_bytes() for name in all_files(repository)} == before


def test_the_output_is_for_the_public(repository, monkeypatch, capsys):
    program = repository / "cases" / "wells" / "program.yaml"
    title = load_yaml(program).data["program"]["title"]
    monkeypatch.chdir(repository)
    precommit.main(["review", "cases/wells/program.yaml"])
    told = capsys.readouterr()
    assert title not in told.out + told.err


def test_a_hook_that_is_called_wrongly_says_so(capsys):
    assert precommit.main(["review", "--fail-on", "grave"]) == 2
    assert "--fail-on" in capsys.readouterr().err
