"""`lens new pack`: what it writes has no error, its tests hold, and no name leads it elsewhere."""

import subprocess
import sys

import pytest

from lens.cli import run

PACKS = (
    ["land"],
    ["land-rights"],
    ["class"],
    ["import"],
    ["x"],
    ["a" * 40],
    ["land", "--python"],
    ["a-1-b", "--python"],
)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("arguments", PACKS, ids=" ".join)
def test_a_new_pack_has_no_error(home, arguments, capsys):
    name = arguments[0]
    assert run(["new", "pack", *arguments]) == 0
    assert run(["pack", "check", name]) == 0
    assert "0 errors" in capsys.readouterr().out
    assert run(["pack", "preview", name]) == 0
    assert run(["pack", "preview", name, "--html", "page.html"]) == 0
    shown = (home / "page.html").read_text()
    assert name in shown
    if "land-rights" not in name:
        left = [str(one) for one in (home / name).rglob("*") if one.is_file() and "land-rights" in one.read_text()]
        assert left == [], "the example's name is nowhere left"


@pytest.mark.parametrize("name", ["land-rights", "wells"])
@pytest.mark.parametrize("options", [[], ["--python"]], ids=["data", "python"])
def test_the_tests_of_a_new_pack_hold(home, name, options):
    """Installed, as its README says; here by its metadata alone, which is all that lens looks at."""
    run(["new", "pack", name, *options])
    module = f"lens_{name.replace('-', '_')}"
    info = home / name / f"{module}-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: atrocity-lens-{name}\nVersion: 0.1.0\n")
    code = f"[lens]\n{name} = {module}.checks\n" if options else ""
    (info / "entry_points.txt").write_text(f"[lens.packs]\n{name} = {module}\n{code}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=home / name,
        env={"PYTHONPATH": str(home / name), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr


BAD = {
    "": "cannot be the name of a pack",
    "Land": "cannot be the name of a pack",
    "land_rights": "cannot be the name of a pack",
    "land--rights": "cannot be the name of a pack",
    "-land": None,
    "land-": "cannot be the name of a pack",
    "1land": "cannot be the name of a pack",
    "../land": "cannot be the name of a pack",
    "/land": "cannot be the name of a pack",
    "land/..": "cannot be the name of a pack",
    "länd": "cannot be the name of a pack",
    "land\nrights": "cannot be the name of a pack",
    "{{ land }}": "cannot be the name of a pack",
    "a" * 41: "cannot be the name of a pack",
    "harm": "harm belongs to the core.",
    "lens": "lens belongs to the core.",
    "ict": "ict is the pack of atrocity-lens-ict.",
}


@pytest.mark.parametrize(("name", "said"), BAD.items(), ids=lambda one: repr(one)[:30])
def test_a_name_that_is_none_writes_nothing(home, name, said, capsys):
    assert run(["new", "pack", name]) == 2
    assert list(home.iterdir()) == []
    assert said is None or said in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["folder", "file", "link to nowhere"])
def test_what_is_there_is_left_as_it_is(home, kind, capsys):
    place = home / "land"
    {"folder": place.mkdir, "file": place.touch, "link to nowhere": lambda: place.symlink_to("nowhere")}[kind]()
    before = sorted(home.rglob("*"))
    assert run(["new", "pack", "land"]) == 2
    assert "is there already, and nothing was changed" in capsys.readouterr().err
    assert sorted(home.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [["pack"], ["pack", "land", "--folder", "file"], ["program", "land"], ["program", "--python"]],
    ids=" ".join,
)
def test_what_does_not_go_together_is_said(home, arguments, capsys):
    (home / "file").touch()
    assert run(["new", *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err
