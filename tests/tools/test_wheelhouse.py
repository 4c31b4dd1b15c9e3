"""The wheelhouse: what each system needs, texts and checksums, and an installer that takes nothing that was changed.

That it installs and runs is shown by `make wheelhouse-check`, which downloads; nothing here does.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("packaging")
ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools" / "wheelhouse"
GUIDE = (ROOT / "docs" / "how-to" / "install-offline.md").read_text("utf-8")


def load(name):
    spec = importlib.util.spec_from_file_location(f"wheelhouse_{name}", TOOLS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = load("build")
installer = load("install")


def target(system, python="3.12"):
    return next(one for one in build.TARGETS if (one.system.name, one.python) == (system, python))


def wheel(folder, name, *requires, version="1.0"):
    file = folder / f"{name}-{version}-py3-none-any.whl"
    told = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in requires)]
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(f"{name}-{version}.dist-info/METADATA", "Metadata-Version: 2.1\n" + "\n".join(told) + "\n\n")
    return file


# What each system needs


def test_targets_are_every_system_with_every_python():
    assert len(build.TARGETS) == 12
    assert {one.python for one in build.TARGETS} == {"3.11", "3.12", "3.13"}
    assert {one.system.sys_platform for one in build.TARGETS} == {"linux", "darwin", "win32"}


def test_conditions_are_held_against_the_target_and_not_this_machine(tmp_path):
    there = {
        "main": wheel(tmp_path, "main", 'colors ; sys_platform == "win32"', 'old ; python_version < "3.12"', "always"),
        "always": wheel(tmp_path, "always"),
        "old": wheel(tmp_path, "old"),
    }
    assert build.reach(target("linux-x86_64"), ["main"], there) == ({"main", "always"}, set())
    assert build.reach(target("macos-arm64", "3.11"), ["main"], there) == ({"main", "always", "old"}, set())
    assert build.reach(target("windows-x86_64"), ["main"], there) == ({"main", "always"}, {"colors"})


def test_extras_are_followed_also_through_one_another_and_without_end(tmp_path):
    there = {
        "main": wheel(tmp_path, "main", 'main[a] ; extra == "all"', 'one>=1 ; extra == "a"', 'two ; extra == "b"'),
        "one": wheel(tmp_path, "one", "main"),
    }
    assert build.reach(target("linux-x86_64"), ["main[all]"], there) == ({"main", "one"}, set())
    assert build.reach(target("linux-x86_64"), ["main[b]"], there)[1] == {"two"}


@pytest.mark.parametrize(
    ("systems", "pythons", "expected"),
    [
        (None, None, ""),
        ({"win32"}, None, 'sys_platform == "win32"'),
        ({"win32", "darwin"}, None, 'sys_platform == "darwin" or sys_platform == "win32"'),
        (None, {"3.11"}, 'python_version == "3.11"'),
        ({"linux"}, {"3.11"}, '(sys_platform == "linux" and python_version == "3.11")'),
    ],
)
def test_a_package_that_not_all_need_gets_a_condition(systems, pythons, expected):
    those = {
        one
        for one in build.TARGETS
        if (systems is None or one.system.sys_platform in systems) and (pythons is None or one.python in pythons)
    }
    assert build.condition(those, build.TARGETS) == expected


def test_requirements_have_every_hash_in_order(tmp_path):
    own = {"atrocity-lens": wheel(tmp_path, "atrocity_lens")}
    colors = wheel(tmp_path, "colors")
    windows, linux = target("windows-x86_64"), target("linux-x86_64")
    found = {linux: dict(own), windows: {**own, "colors": colors}}
    lines = [one for one in build.requirements(found, own).splitlines() if not one.startswith("#")]
    assert lines == [
        "atrocity-lens[all]==1.0 \\",
        f"    --hash=sha256:{build.digest(own['atrocity-lens'])}",
        'colors==1.0 ; sys_platform == "win32" \\',
        f"    --hash=sha256:{build.digest(colors)}",
    ]


def test_two_versions_of_one_package_are_refused(tmp_path, monkeypatch):
    files = iter([wheel(tmp_path, "one"), wheel(tmp_path, "one", version="2.0")])
    monkeypatch.setattr(build, "needed", lambda *given: {"one": next(files)})
    with pytest.raises(SystemExit, match=r"one: linux-x86_64, Python 3.12 takes 2.0, others take 1.0"):
        build.gather(build.TARGETS[:2], {}, tmp_path)


# The folder


@pytest.fixture
def folder(tmp_path):
    """A folder with the installer and the texts, and one wheel."""
    made = tmp_path / "lens-wheelhouse-1.0"
    (made / "wheels").mkdir(parents=True)
    wheel(made / "wheels", "one")
    for name in ("install.py", "install.sh", "install.cmd"):
        shutil.copyfile(TOOLS / name, made / name)
    build.write(made / "SHA256SUMS", build.sums(made))
    return made


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, str(folder / "install.py"), *arguments], capture_output=True, text=True, check=False
    )


def test_checksums_name_every_file_in_order(folder):
    names = [line.partition("  ")[2] for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert names == ["install.cmd", "install.py", "install.sh", "wheels/one-1.0-py3-none-any.whl"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the program of Linux is not here")
def test_the_program_that_the_guide_names_reads_the_checksums(folder):
    assert "sha256sum --check SHA256SUMS" in GUIDE
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_the_installer_says_that_all_is_as_it_was(folder):
    done = run(folder, "--check")
    assert (done.returncode, done.stdout) == (0, "Checksums: every file is as SHA256SUMS says.\n")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: (one / "install.sh").write_text("#!/bin/sh\n"), "install.sh was changed"),
        (lambda one: (one / "install.cmd").unlink(), "install.cmd is missing"),
        (
            lambda one: wheel(one / "wheels", "other"),
            "wheels/other-1.0-py3-none-any.whl does not belong here",
        ),
    ],
)
def test_the_installer_takes_nothing_that_was_changed(folder, tmp_path, change, told):
    change(folder)
    done = run(folder, "--to", str(tmp_path / "lens"))
    assert done.returncode == 1
    assert f"  {told}\n" in done.stderr
    assert not (tmp_path / "lens").exists()


def test_the_installer_does_not_write_into_a_folder_of_somebodys_work(folder, tmp_path):
    (tmp_path / "lens").mkdir()
    (tmp_path / "lens" / "program.yaml").write_text("program:\n")
    done = run(folder, "--to", str(tmp_path / "lens"))
    assert done.returncode == 1
    assert "is there already and is not an install of lens" in done.stderr
    assert [one.name for one in (tmp_path / "lens").iterdir()] == ["program.yaml"]


def test_a_python_that_is_too_old_is_told_so(folder, monkeypatch, capsys):
    monkeypatch.setattr(installer, "HERE", str(folder))
    monkeypatch.setattr(sys, "argv", ["install.py"])
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert installer.main() == 1
    assert "This is Python 3.9. The files are for 3.11, 3.12 and 3.13" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_script_says_where_to_get_a_python_from_if_there_is_none(folder):
    done = subprocess.run(
        ["/bin/sh", str(folder / "install.sh")], env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert 'See INSTALL.txt, "Python first".' in done.stderr
    assert "\n## Python first\n" in GUIDE


def test_the_zip_is_the_same_every_time_and_names_no_machine(folder):
    first = build.pack(folder).read_bytes()
    os.utime(folder / "install.py", (0, 0))
    assert build.pack(folder).read_bytes() == first
    with zipfile.ZipFile(build.pack(folder)) as packed:
        assert [one.filename for one in packed.infolist()] == sorted(one.filename for one in packed.infolist())
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 2, 0, 0, 0)}


# The guide


def test_the_guide_names_every_system_and_python_that_there_is():
    assert len(re.findall(r"^\| (?:Windows|macOS|Linux), ", GUIDE, re.MULTILINE)) == len(build.SYSTEMS)
    for version in build.PYTHONS:
        assert version in GUIDE


def test_the_guide_as_text_has_no_marks_and_no_long_lines():
    text = build.plain(build.offline(GUIDE))
    assert "\n    make wheelhouse\n" in text
    assert not set("`*|") & set(text)
    assert max(len(line) for line in text.splitlines() if not line.startswith("    ")) <= 78
    assert "](" not in text


def test_the_guide_as_a_page_loads_nothing():
    pytest.importorskip("markdown_it")
    page = build.page(build.offline(GUIDE))
    assert page.startswith("<!doctype html>")
    assert "<h1>Install without a network</h1>" in page
    assert not re.findall(r"(?:src|href)=", page)
