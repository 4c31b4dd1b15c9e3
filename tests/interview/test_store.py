"""What is saved is whole at every moment: crashes at every write, power cuts, other people's changes, full disks."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import lens.writing
from lens.cases import Answer
from lens.errors import InputError, LensError
from lens.interview import Lock, LockedError, Store
from lens.interview.store import NotSavedError, file_for

from .conftest import Officer, begin


class PowerCut(BaseException):
    pass


class Failing:
    """Stands in for the calls that change a disk, and fails at the one with a number."""

    def __init__(self, monkeypatch, at, error=PowerCut):
        self.left, self.error = at, error
        monkeypatch.setattr(os, "fsync", self.around(lambda _: None))
        for place, name in ((os, "open"), (Path, "replace")):
            monkeypatch.setattr(place, name, self.around(getattr(place, name)))

    def around(self, real):
        def call(*arguments, **options):
            self.left -= 1
            if self.left == 0:
                raise self.error
            return real(*arguments, **options)

        return call


ROLE = "people_affected"
"""Asked few questions, so that every write of an interview can be the last."""


def test_a_crash_at_any_write_loses_nothing_that_was_said(folder, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)  # what the disk does is not tried here
    whole = tmp_path_factory.mktemp("whole")
    (whole / "program.yaml").write_bytes((folder / "program.yaml").read_bytes())
    Officer(begin(whole, role=ROLE)).finish()
    expected = (whole / "answers-interview.yaml").read_bytes()
    at, crashes = 1, 0
    while True:
        for one in [*folder.glob("answers*"), *folder.glob(".lens/*")]:
            one.unlink()
        with pytest.MonkeyPatch.context() as patch:
            interview = begin(folder, role=ROLE)
            Failing(patch, at)
            said = None
            try:
                for _ in range(100):
                    prompt = interview.prompt()
                    if prompt is None:
                        break
                    said = interview.store.answers
                    interview.hear(Officer(interview).reply(prompt))
                else:
                    raise AssertionError
            except PowerCut:
                crashes += 1
            else:
                break
        again = begin(folder, role=ROLE)
        assert again.store.answers.answers[: len(said.answers) - 1] == said.answers[:-1]
        assert len(again.store.answers.answers) >= len(said.answers)
        Officer(again).finish()
        assert (folder / "answers-interview.yaml").read_bytes() == expected
        assert not list(folder.glob(".lens-*"))
        at += 1
    assert crashes > 40


SESSION = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import Officer, begin
Officer(begin(Path(sys.argv[1]), role="context_owner")).finish()
print("done")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_a_session_that_is_killed_goes_on_to_the_same_end(folder, tmp_path_factory):
    whole = tmp_path_factory.mktemp("whole")
    (whole / "program.yaml").write_bytes((folder / "program.yaml").read_bytes())
    Officer(begin(whole, role="context_owner")).finish()
    expected = (whole / "answers-interview.yaml").read_bytes()
    dice = random.Random(5)  # noqa: S311 - no secret
    killed = 0
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", SESSION, str(folder), str(Path(__file__).parent)], stdout=subprocess.PIPE
        )
        deadline = time.monotonic() + 20
        file = folder / "answers-interview.yaml"
        size = file.stat().st_size if file.exists() else 0
        while process.poll() is None and time.monotonic() < deadline:
            if (file.stat().st_size if file.exists() else 0) != size:  # it has begun to write
                time.sleep(dice.random() * killed / 50)  # the first at once, the others a little later
                break
        if process.poll() is None:
            process.kill()
        out = process.communicate()[0]
        if b"done" in out:
            break
        killed += 1
        begin(folder, role="context_owner")  # whatever there is can be read
    assert killed >= 2
    Officer(begin(folder, role="context_owner")).finish()
    assert file.read_bytes() == expected


def answer(question="risk.treated-worse", word="no", **more):
    return Answer(question=question, answer=word, **more)


def test_an_answer_takes_the_place_of_the_earlier_one_and_leaves_the_others(folder):
    store = Store(folder / "a.yaml")
    for one in (answer(), answer("risk.counter-view"), answer(word="yes"), answer(about="place:1")):
        store.keep(one)
    again = Store(folder / "a.yaml").answers.answers
    assert [(one.question, one.about, one.answer) for one in again] == [
        ("risk.treated-worse", None, "yes"),
        ("risk.counter-view", None, "no"),
        ("risk.treated-worse", "place:1", "no"),
    ]


def test_a_file_with_comments_is_kept_beside_before_it_is_written(folder):
    file = folder / "a.yaml"
    by_hand = "# mine\nanswers:\n  answers:\n    - question: risk.counter-view # look\n      answer: no\n"
    file.write_text(by_hand)
    store = Store(file)
    store.keep(answer())
    store.keep(answer(word="yes"))
    assert [one.name for one in store.kept] == ["a.yaml.kept-1"]
    assert (folder / "a.yaml.kept-1").read_text() == by_hand
    assert len(Store(file).answers.answers) == 2


def test_what_somebody_else_writes_meanwhile_is_taken_in(folder):
    store = Store(folder / "a.yaml")
    store.keep(answer())
    other = Store(folder / "a.yaml")
    other.keep(answer("risk.counter-view", "partly"))
    other.keep(answer(word="partly"))
    store.keep(answer(word="yes"))
    assert store.was_changed
    assert [(one.question, one.answer) for one in Store(folder / "a.yaml").answers.answers] == [
        ("risk.treated-worse", "yes"),
        ("risk.counter-view", "partly"),
    ]
    assert len(store.kept) == 1
    assert "partly" in store.kept[0].read_text()


def test_what_cannot_be_read_meanwhile_is_kept_as_a_copy(folder):
    store = Store(folder / "a.yaml")
    store.keep(answer())
    (folder / "a.yaml").write_text("answers: [")
    store.keep(answer("risk.counter-view"))
    assert store.kept[0].read_text() == "answers: ["
    assert len(Store(folder / "a.yaml").answers.answers) == 2


def test_a_file_that_is_deleted_meanwhile_is_written_whole(folder):
    store = Store(folder / "a.yaml")
    store.keep(answer())
    (folder / "a.yaml").unlink()
    store.keep(answer("risk.counter-view"))
    assert len(Store(folder / "a.yaml").answers.answers) == 2


def test_a_full_disk_is_said_and_enter_tries_again(start, monkeypatch):
    interview = start()
    interview.hear("officer")
    key = interview.at.key
    with pytest.MonkeyPatch.context() as patch:
        Failing(patch, 1, OSError(28, "No space left on device"))
        told = interview.hear("4")
    assert told == ("It could not be saved: No space left on device. Enter tries again; q stops without it.",)
    assert interview.is_unsaved
    assert interview.store.answer_to(key) is None
    interview.hear("")
    assert interview.store.answer_to(key).answer == "not_known"
    assert not interview.is_unsaved


def test_windows_holding_a_file_for_a_moment_is_waited_for(folder, monkeypatch):
    real, tries = Path.replace, []

    def replace(self, target):
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(lens.writing.time, "sleep", lambda _: None)
    Store(folder / "a.yaml").keep(answer())
    assert len(tries) == 3
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError(13, "in use")))
    with pytest.raises(NotSavedError, match="in use"):
        Store(folder / "a.yaml").keep(answer(word="yes"))
    assert Store(folder / "a.yaml").answers.answers[0].answer == "no"


@pytest.mark.skipif(os.name == "nt", reason="links and permissions as POSIX has them")
def test_a_link_stays_a_link_and_permissions_stay(folder, tmp_path_factory):
    real = tmp_path_factory.mktemp("real") / "kept.yaml"
    Store(real).keep(answer())
    real.chmod(0o600)
    (folder / "a.yaml").symlink_to(real)
    Store(folder / "a.yaml").keep(answer(word="yes"))
    assert (folder / "a.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert Store(real).answers.answers[0].answer == "yes"


def test_a_file_that_holds_something_else_is_refused(folder):
    with pytest.raises(InputError, match="nothing else"):
        Store(folder / "program.yaml")
    with pytest.raises(LensError, match="restricted annex"):
        Store(folder / "restricted.yaml")


def test_each_published_activity_has_its_file(folder):
    file = folder / "activities.xml"
    file.write_text("<x/>")
    assert file_for([file], "XA/../1", published=True) == folder / "answers-XA----1.yaml"
    assert file_for([folder], None, published=False) == folder / "answers-interview.yaml"


# Two sessions at once

HOLD = """
import sys
from pathlib import Path
from lens.interview import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_session_is_told_so(folder):
    file = folder / ".lens" / "interview.lock"
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(LockedError, match="already, on this machine, since 2"):
            Lock(file)
        with pytest.raises(LockedError):
            Lock(file, take_over=True)
    finally:
        process.kill()
        process.communicate()
    with Lock(file) as lock:
        assert lock.was_cut_short
    with Lock(file) as lock:
        assert not lock.was_cut_short
    assert file.read_bytes() == b""


def test_a_session_on_another_machine_is_left_to_a_person_to_judge(folder):
    file = folder / "interview.lock"
    file.write_text(json.dumps({"host": "elsewhere\x1b[31m", "since": "2026-11-15 09:00"}))
    with pytest.raises(LockedError, match="--take-over"):
        Lock(file)
    with Lock(file, take_over=True):
        pass
    with Lock(file):
        pass


@pytest.mark.parametrize("left", ["{", "[]", "\x00\x01", '"x"'])
def test_a_lock_file_that_cannot_be_read_is_no_free_place(folder, left):
    file = folder / "interview.lock"
    file.write_text(left)
    with pytest.raises(LockedError):
        Lock(file)


def test_a_folder_that_cannot_be_written_to_is_said_before_anything_is_asked(folder):
    (folder / ".lens").write_text("")
    with pytest.raises(LensError, match="Answers could not be saved there either"):
        Lock(folder / ".lens" / "interview.lock")
