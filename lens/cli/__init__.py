"""The command line: one file a command, each imported only when it is run.

The table below serves `lens --help` and completion without importing anything; a test holds each line to the
command's own help.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from typing import Any

import click

from lens import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "plan": ("Say what a review will ask, of whom, and what to gather.", "lens.cli.plan:plan"),
    "ask": ("Answer the questions of a review one at a time.", "lens.cli.ask:ask"),
    "slips": ("Write question slips for each role and take them back.", "lens.cli.slips:slips"),
    "review": ("Review a program and write the report.", "lens.cli.review:review"),
    "report": ("Write the report of a saved review again.", "lens.cli.report:report"),
    "compare": ("Say what changed between two saved reviews.", "lens.cli.compare:compare"),
    "screen": ("Screen published activities and say which deserve a look first.", "lens.cli.screen:screen"),
    "portfolio": (
        "Sum up a finished screening: coverage, concerns, money, donors side by side.",
        "lens.cli.portfolio:portfolio",
    ),
    "explain": ("Explain a check, factor, inhibitor or any other id.", "lens.cli.explain:explain"),
    "checks": ("List the checks, or those of one component.", "lens.cli.checks:checks"),
    "xlsform": ("Write the questions of a case as a form for KoboToolbox or ODK.", "lens.cli.xlsform:xlsform"),
    "import": ("Bring back answers from a field form.", "lens.cli.import_:import_"),
    "new": ("Write a commented file for you to fill in.", "lens.cli.new:new"),
    "workbook": ("Fill in a case in Excel or LibreOffice.", "lens.cli.workbook:workbook"),
    "demo": ("Write and review a made-up program.", "lens.cli.demo:demo"),
    "pack": ("Examine or preview a pack of questions.", "lens.cli.pack:pack"),
    "translations": ("Give texts to translators and take them back.", "lens.cli.translations:translations"),
    "templates": ("List the report templates, or copy some to change.", "lens.cli.templates:templates"),
    "plugins": ("List plugins and packs, also broken ones.", "lens.cli.plugins:plugins"),
    "schema": ("Print the JSON Schema of a file format.", "lens.cli.schema:schema"),
}


_LONGEST_LINE = 1000


class Commands(click.Group):
    """The core's commands from the table; a plugin's only where the core lacks the name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name in COMMANDS:
            return _translated(cmd_name, load(COMMANDS[cmd_name][1]))
        if ctx.resilient_parsing or cmd_name.startswith("-"):
            return None
        return _from_plugins(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the table, importing nothing."""
        say_ = _say_in_language()
        lines = [(name, line) for name, (line, _) in COMMANDS.items()]
        if say_ is not None:
            lines = [(name, say_(f"help.{name}", "text.1", line)) for name, line in lines]
        with formatter.section("Commands"):
            formatter.write_dl(lines)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print the help, in the language that is chosen."""
        _translated("", self)
        super().format_help(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say what is near to a name that does not exist."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from lens.errors import near

            hint = near(args[0], tuple(COMMANDS)) or "lens --help lists the commands."
            raise click.UsageError(f'There is no command "{args[0][:60]}". {hint}', ctx) from None


def _say_in_language() -> Any:
    """What puts the help in the language that `LENS_LANG` names; None for English, and where there is no such one."""
    from lens.cli.help import chosen

    if chosen() == "en":
        return None
    from pathlib import Path

    from lens.errors import LensError
    from lens.languages.language import language

    folder = os.environ.get("LENS_TRANSLATIONS")
    try:
        found = language(chosen(), Path(folder) if folder else None)
    except LensError:
        return None  # the command itself says so, where it uses the language
    return lambda item, field, text: found.of("frame", item, field, text)


def _translated(name: str, command: click.Command) -> click.Command:
    from lens.cli.help import in_words

    say_ = _say_in_language()
    if say_ is not None:
        in_words(name, command, say_)
    return command


def load(target: str) -> click.Command:
    """The command behind an entry of the table."""
    import importlib

    module, _, name = target.partition(":")
    found: Any = getattr(importlib.import_module(module), name)
    if not isinstance(found, click.Command):
        raise click.ClickException(f"{target} is not a command.")
    return found


def _from_plugins(name: str) -> click.Command | None:
    from lens.cli.options import own_registry
    from lens.hooks.contain import contained

    found: list[click.Command] = []
    entry = own_registry().commands.get(name)
    if entry is None:
        return None
    what = contained(lambda: found.append(load(entry[1])))
    if what:
        raise click.ClickException(f"The plugin that gives {name} could not be loaded ({what}). See: lens plugins")
    _blame(name, found[0])
    return found[0]


def _blame(name: str, command: click.Command) -> None:
    """Have a command of a plugin named where it fails, for it is no fault of ours."""
    from lens.errors import LensError
    from lens.hooks.contain import kind_of

    inner = command.invoke

    def invoke(ctx: click.Context) -> Any:
        try:
            return inner(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, LensError, OSError):
            raise
        except Exception as reason:  # noqa: BLE001 - a plugin may raise anything, with values of a case in it
            raise click.ClickException(f"{name}, which a plugin gives, failed ({kind_of(reason)}).") from None

    command.invoke = invoke  # type: ignore[method-assign] # of this one command alone


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: lens demo. Plugins can add commands: lens plugins lists them.",
)
@click.version_option(__version__, "--version", "-V", prog_name="lens", message="%(prog)s %(version)s")
def group() -> None:
    """Review aid and development programs through a three-part atrocity prevention lens.

    Risk factors, local inhibitors, and due diligence so that aid does no harm. It works offline, sends nothing
    anywhere, and gives no score: it says what is worrying, what is not known, what could be done and who must decide.

    \b
    Examples
      lens demo                       try it on a made-up program
      lens new program                begin your own file
      lens review my-program/         review it, write the report
      lens explain RF7.10             what does this mean?
    """  # noqa: D301 - click reads \b as: keep these lines as they are


def main() -> None:
    """Run the command line and end the process with its exit code: 0, 1, 2 or 3 as the docs say."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a sign shows another; that ends no command.
            stream.reconfigure(errors="replace")
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) is usual:  # else whoever began us wants it otherwise
            signal.signal(number, _stop)
    sys.exit(run(sys.argv[1:]))


def _stop(number: int, _: object) -> None:
    """Have a signal end the process as Ctrl-C does, so that what is half done is taken away."""
    # Packages complain of files they were writing; that is meant, and nobody need read it.
    sys.unraisablehook = lambda _: None
    raise KeyboardInterrupt(number)


def _signal(reason: BaseException) -> int:
    cause = reason.__cause__ or reason  # click makes an Abort of it
    number = cause.args[0] if cause.args else None
    return number if isinstance(number, int) else signal.SIGINT


def run(arguments: list[str]) -> int:
    """Run one command line; its exit code. Problems are said in words, never as a traceback."""
    stdout = sys.stdout
    try:
        result = group.main(arguments, prog_name="lens", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as reason:
        _usage(reason)
        return 2
    except (click.Abort, KeyboardInterrupt) as reason:
        say("Stopped.", err=True)
        return 128 + _signal(reason)
    except BrokenPipeError:
        _silence(sys.stdout)
        return 0
    except SystemExit:
        # click ends the process itself, with 1, where whoever read our output has gone; then it also changes stdout.
        if sys.stdout is stdout:
            raise
        sys.stdout = stdout
        _silence(stdout)
        return 0
    except Exception as reason:  # noqa: BLE001 - a bug of ours must not print values of a case
        return _ended(reason)
    return result if isinstance(result, int) else 0


def _ended(reason: Exception) -> int:
    """Say why a command could not go on; its exit code."""
    from lens.errors import InputError, LensError

    if isinstance(reason, InputError):
        _show(reason)
    elif isinstance(reason, LensError):
        say(f"{paint('Cannot go on:', 'red')} {printable(str(reason))}", err=True)
    elif isinstance(reason, OSError):
        # A full disk, a file that went away meanwhile: of the machine, and the user's to mend.
        _silence(sys.stdout)
        where = f" ({printable(str(reason.filename))})" if reason.filename else ""
        say(f"{paint('Cannot go on:', 'red')} {reason.strerror or type(reason).__name__}{where}.", err=True)
        return LensError.exit_code
    else:
        return _bug(reason)
    return reason.exit_code


def say(text: str | bytes = "", *, err: bool = False, nl: bool = True) -> None:
    """Print; where whoever reads it has gone, be silent from there on, so that the work and its exit code stand."""
    try:
        click.echo(text, err=err, nl=nl)
    except BrokenPipeError:
        _silence(sys.stderr if err else sys.stdout)
    except OSError:
        if not err:
            raise
        _silence(sys.stderr)  # there is nowhere left to say it


def _silence(stream: Any) -> None:
    """Lead a stream that cannot be written to nowhere, or Python would complain of it at the end."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _usage(reason: click.ClickException) -> None:
    try:
        reason.show()
    except OSError:
        _silence(sys.stderr)


def _show(reason: Any) -> None:
    shown = reason.problems[:50]
    count = len(reason.problems)
    head = "One thing needs mending:" if count == 1 else f"{count} things need mending:"
    say(paint(head, "red"), err=True)
    for problem in shown:
        # One line each, whatever a file is called, and none so long that the others are lost.
        line = printable(str(problem).replace("\n", "�"))
        say(f"  {line if len(line) <= _LONGEST_LINE else f'{line[:_LONGEST_LINE]}…'}", err=True)
    if count > len(shown):
        say(f"  … and {count - len(shown)} more.", err=True)
    say("Nothing was written.", err=True)


def _bug(reason: BaseException) -> int:
    """Name a bug by its kind and place only; the traceback is for whoever asks for it on their own machine."""
    if os.environ.get("LENS_DEBUG"):
        raise reason
    frame = reason.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_name}, line {frame.tb_lineno}" if frame else "an unknown place"
    say(
        f"{paint('This is a fault in lens itself', 'red')} ({type(reason).__name__} in {where}). "
        "Nothing that was not finished has been written. Please report it; LENS_DEBUG=1 shows more, which may include "
        "values of your files.",
        err=True,
    )
    return 3


def printable(text: str) -> str:
    """Text without control signs, so that nothing in a file can steer a terminal."""
    return "".join(sign if sign == "\n" or sign.isprintable() else "�" for sign in text)


def paint(text: str, color: str | None = None) -> str:
    """Make a word bold, and color it, unless the user asked for none. click drops colors where there is no terminal."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return click.style(text, fg=color, bold=True)
