"""`lens ask` as people meet it: in a pipe, in a terminal, interrupted, and with what nobody should type."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from lens.interview import Lock, Store

STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def ask(folder, typed=b"", *options, **settings):
    done = subprocess.run(
        [sys.executable, "-m", "lens", "ask", str(folder), "--as-of", "2026-11-15", *options],
        input=typed if isinstance(typed, bytes) else typed.encode(),
        capture_output=True,
        timeout=60,
        check=False,
        **settings,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def kept(folder):
    return {(one.question, one.about): one for one in Store(folder / "answers-interview.yaml").answers.answers}


def test_scripted_answers_come_from_a_pipe_and_its_end_is_a_clean_end(folder):
    code, out, err = ask(folder, "program officer\n4\n4\n", "--first-look")
    assert (code, err) == (0, "")
    assert len(kept(folder)) == 2
    assert "Saved. Answers given here so far: 2." in out
    assert str(folder / "answers-interview.yaml") in out
    code, out, _ = ask(folder, "\n4", "--first-look")
    assert (code, len(kept(folder))) == (0, 3)
    assert "Question 3 of 15" in out


def test_nothing_typed_is_nothing_written(folder):
    code, out, _ = ask(folder, "", "--first-look")
    assert code == 0
    assert not (folder / "answers-interview.yaml").exists()
    assert "15 answers still to be given" in out


def test_what_it_prints_is_plain_lines(folder):
    _, out, _ = ask(
        folder, "officer\n?\n1\n1\n1\n\n\n\n\n\n\nq\n", env={**os.environ, "COLUMNS": "60", "FORCE_COLOR": "1"}
    )
    assert STEERS.findall(out) == []
    assert max(len(line) for line in out.splitlines() if not line.startswith("  /")) <= 80


def test_long_lines_broken_text_and_control_signs_are_said(folder):
    typed = b"officer\n5\n" + b"x" * 3_000_000 + b"\n\x1b[2J\xff\xfe because\n\nq\n"
    code, out, err = ask(folder, typed, "--first-look", env={**os.environ, "PYTHONUTF8": "1"})
    assert (code, err) == (0, "")
    assert "longer than 4000 signs" in out
    assert "Signs that are no text were left out." in out
    assert STEERS.findall(out) == []
    assert [one.reason for one in kept(folder).values()] == ["because"]


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "utf-8"])
def test_a_terminal_of_another_encoding_ends_nothing(folder, encoding):
    code, _, err = ask(
        folder, "officer\nq\n", "--lang", "ar", env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    )
    assert (code, err) == (0, "")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--role", "finanse"], 'Did you mean "finance"?'),
        (["--lang", "xx"], "no texts in the language"),
        (["--answers", "restricted.yaml"], "never kept in the restricted annex"),
        (["--as-of", "soon"], "is not a day"),
    ],
)
def test_a_wrong_request_is_said_and_nothing_is_made(folder, options, said):
    code, _, err = ask(folder, "", *options, cwd=folder)
    assert code == 2
    assert said in err
    assert not list(folder.glob("answers*"))


def test_a_case_with_mistakes_is_told_before_anything_is_asked(folder):
    (folder / "answers.yaml").write_text("answers:\n  answers:\n    - question: x\n")
    code, out, err = ask(folder)
    assert (code, out) == (2, "")
    assert "answers.yaml, line 3" in err
    assert not (folder / ".lens").exists()


def test_a_second_session_ends_in_2_with_a_plain_message(folder):
    with Lock(folder / ".lens" / "interview.lock"):
        code, out, err = ask(folder)
    assert (code, out) == (2, "")
    assert "Somebody is answering questions of this case already, on this machine" in err


def test_answers_can_be_kept_in_a_file_that_is_named(folder, tmp_path_factory):
    file = tmp_path_factory.mktemp("other") / "mine.yaml"
    code, _, _ = ask(folder, "officer\n4\n", "--first-look", "--answers", str(file))
    assert (code, len(Store(file).answers.answers)) == (0, 1)
    _, out, _ = ask(folder, "", "--first-look", "--answers", str(file))
    assert "14 answers still to be given" in out


pty = pytest.importorskip("pty")  # terminals as POSIX has them


class Terminal:
    def __init__(self, folder, *options):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lens", "ask", str(folder), "--as-of", "2026-11-15", "--first-look", *options],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
        )
        os.close(slave)
        self.seen = ""

    def until(self, text):
        deadline = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < deadline, self.seen
            self.read()
        before, _, self.seen = self.seen.partition(text)
        return before

    def read(self):
        try:
            self.seen += os.read(self.master, 65536).decode(errors="replace")
        except OSError:
            return False
        return True

    def type(self, text):
        os.write(self.master, text)

    def end(self):
        while self.read():
            pass
        os.close(self.master)
        return self.process.wait(30)


def test_ctrl_c_in_a_terminal_ends_with_everything_saved(folder):
    terminal = Terminal(folder)
    terminal.until("by role: ")
    terminal.type("chargée de programme\n".encode())
    terminal.until("Answer: ")
    terminal.type(b"4\n")
    terminal.until("Answer: ")
    terminal.type(b"\x03")
    assert terminal.end() == 130
    assert "Saved. Answers given here so far: 1." in terminal.seen
    assert [one.by for one in kept(folder).values()] == ["chargée de programme"]


def test_a_line_that_goes_away_loses_nothing(folder):
    terminal = Terminal(folder)
    terminal.until("by role: ")
    terminal.type(b"officer\n")
    terminal.until("Answer: ")
    terminal.type(b"4\n")
    terminal.until("Answer: ")
    os.close(terminal.master)
    assert terminal.process.wait(30) in (0, 2, -signal.SIGHUP)
    assert len(kept(folder)) == 1
    assert ask(folder, "\nq\n")[0] == 0


def test_ctrl_d_in_a_terminal_is_an_end(folder):
    terminal = Terminal(folder)
    terminal.until("by role: ")
    terminal.type(b"\x04")
    assert terminal.end() == 0


def test_what_a_terminal_would_cut_off_is_said(folder):
    terminal = Terminal(folder)
    terminal.until("by role: ")
    terminal.type(b"officer\n")
    terminal.until("Answer: ")
    terminal.type(b"5\n")
    terminal.until("apply: ")
    for _ in range(45):
        terminal.type(b"x" * 100)
        time.sleep(0.005)
        os.set_blocking(terminal.master, False)
        try:
            terminal.read()
        finally:
            os.set_blocking(terminal.master, True)
    terminal.type(b"\n")
    terminal.until("longer than 4000 signs")
    terminal.type(b"short\n")
    terminal.until("Enter goes on.")
    terminal.type(b"q\n")
    assert terminal.end() == 0
    assert [one.reason for one in kept(folder).values()] == ["short"]
