"""The pipelines that the documentation shows, and the reusable workflow: what they may do, and that their steps run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lens.readers.text import load_yaml, parse

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "approval-workflow.md").read_text("utf-8")
SHARED = ROOT / ".github" / "workflows" / "review-case.yml"
BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="runs the steps in bash")


def shown(name):
    """A file that the page shows."""
    (text,) = [one for one in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if one.startswith(f"# {name}\n")]
    return parse(text, name).data


SHARED_DATA = load_yaml(SHARED).data
CALLER = shown(".github/workflows/lens.yml")
GITLAB = shown(".gitlab-ci.yml")
STEPS = {one["name"]: one for one in SHARED_DATA["jobs"]["review"]["steps"] if "name" in one}


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "cases" / "wells"
    shutil.copytree(ROOT / "templates" / "example", folder)
    (folder / "restricted.yaml").unlink()
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    return tmp_path


def run(script, repository, **variables):
    """Run a script as a host does: bash, ending at the first command that fails."""
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=repository,
        env={**os.environ, "PATH": programs, "GITHUB_OUTPUT": str(repository / ".output"), **variables},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


# What they may do


def uses(data):
    """Every action and workflow that is named anywhere."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from [value] if key == "uses" else uses(value)
    elif isinstance(data, list):
        for one in data:
            yield from uses(one)


@pytest.mark.parametrize("data", [SHARED_DATA, CALLER], ids=["shared", "caller"])
def test_every_action_is_pinned_by_its_full_commit(data):
    named = list(uses(data))
    assert len(named) == 3
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in named)


def test_every_pin_says_which_version_it_is():
    text = SHARED.read_text("utf-8") + PAGE
    pinned = re.findall(r"uses: ((?:actions|github)/\S+@[0-9a-f]{40}) ?(.*)", text)
    assert len(pinned) == 5
    assert all(re.fullmatch(r"# v\d+\.\d+\.\d+", version) for _, version in pinned)


def test_the_shared_workflow_reads_and_does_nothing_else():
    assert SHARED_DATA["permissions"] == {}
    assert [one["permissions"] for one in SHARED_DATA["jobs"].values()] == [{"contents": "read"}]
    assert list(SHARED_DATA["on"]) == ["workflow_call"]
    checkout = SHARED_DATA["jobs"]["review"]["steps"][0]
    assert checkout["with"] == {"persist-credentials": "false"}
    assert "secrets" not in SHARED.read_text("utf-8")


def test_only_the_job_for_alerts_may_write_and_only_alerts():
    assert CALLER["permissions"] == {}
    rights = {name: one["permissions"] for name, one in CALLER["jobs"].items()}
    assert rights == {
        "review": {"contents": "read"},
        "alerts": {"actions": "read", "contents": "read", "security-events": "write"},
    }
    assert "pull_request_target" not in CALLER["on"]


def test_no_input_becomes_text_of_a_script():
    scripts = [one["run"] for one in SHARED_DATA["jobs"]["review"]["steps"] if "run" in one]
    assert len(scripts) == 4
    assert not any("${{" in one for one in scripts)


def test_what_the_caller_names_is_there():
    shared = SHARED_DATA["on"]["workflow_call"]["inputs"]
    assert set(CALLER["jobs"]["review"]["with"]) <= set(shared)
    download, upload = CALLER["jobs"]["alerts"]["steps"]
    assert download["with"]["name"] == shared["artifact"]["default"]
    assert upload["with"]["sarif_file"] == "review.sarif"
    assert CALLER["jobs"]["review"]["uses"].partition("@")[0].endswith(SHARED.relative_to(ROOT).as_posix())


def test_the_hooks_that_the_page_names_are_there():
    hooks = {one["id"] for one in load_yaml(ROOT / ".pre-commit-hooks.yaml").data}
    (named,) = shown(".pre-commit-config.yaml")["repos"]
    assert {one["id"] for one in named["hooks"]} == hooks


def test_both_pipelines_review_for_the_public():
    for script in (STEPS["Review"]["run"], "\n".join(GITLAB["review-case"]["script"])):
        assert "--audience public" in script
        assert ">/dev/null" in script
        assert '-- "$CASE"' in script


def test_every_line_of_a_script_is_a_text():
    # A colon in a line that is not quoted makes something else of it.
    job = GITLAB["review-case"]
    assert all(isinstance(one, str) for one in (*job["before_script"], *job["script"]))


# Their steps run


def review(repository, **more):
    return run(STEPS["Review"]["run"], repository, CASE="cases/wells", DEPTH="first-look", FAIL_ON="high", **more)


@needs_bash
def test_the_workflow_keeps_the_report_and_fails_at_the_gate(repository):
    done = review(repository)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "::error::Somebody has to look. The report is in the artifacts of this run.\n"
    assert done.stderr == ""
    assert (repository / ".output").read_text() == "code=1\n"
    assert sorted(one.name for one in (repository / "lens-report").iterdir()) == [
        "report.html",
        "review.json",
        "review.junit.xml",
        "review.sarif",
    ]
    assert run(STEPS["The gate"]["run"], repository, CODE="1").returncode == 1
    assert run(STEPS["The gate"]["run"], repository, CODE="0").returncode == 0


@needs_bash
def test_a_file_that_needs_mending_ends_the_workflow_with_field_and_line(repository):
    file = repository / "cases" / "wells" / "program.yaml"
    file.write_text(file.read_text("utf-8").replace("program:\n", "program:\n  titel: Canary\n", 1), "utf-8")
    done = review(repository)
    assert done.returncode == 2
    assert "program.titel: This name is not known here" in done.stderr
    assert "Canary" not in done.stdout + done.stderr
    assert (repository / ".output").read_text() == "code=2\n"


@needs_bash
@pytest.mark.parametrize("case", ["$(touch broken)", "`touch broken`", "; touch broken", "--help", "-rf"])
def test_a_hostile_name_of_a_case_is_only_a_name(repository, case):
    done = run(STEPS["Review"]["run"], repository, CASE=case, DEPTH="full", FAIL_ON="high")
    assert done.returncode == 2
    assert not (repository / "broken").exists()


@needs_bash
def test_the_workflow_finds_names_that_were_committed(repository):
    script = STEPS["No names in the repository"]["run"].replace("python ", f"{sys.executable} ")
    assert run(script, repository).returncode == 0
    (repository / "with space.yaml").write_text('names:\n  "partner:1":\n    name: Canary\n')
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    done = run(script, repository)
    assert done.returncode != 0
    assert "with space.yaml: it is a restricted annex" in done.stderr
    assert "Canary" not in done.stderr


@needs_bash
def test_the_script_for_gitlab_runs_and_ends_with_the_exit_code(repository):
    job = GITLAB["review-case"]
    script = "\n".join(job["script"]).replace("python ", f"{sys.executable} ")
    done = run(script, repository, CASE=job["variables"]["CASE"])
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert (repository / job["artifacts"]["reports"]["junit"]).is_file()
    assert job["artifacts"]["when"] == "always"
