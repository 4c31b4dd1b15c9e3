"""Plugins and packs beside the core: what they give works, and what is broken takes nothing down and is named."""

import pytest

IMPORT_FAILS = "raise RuntimeError('Canary Abel')\n"
IMPORT_EXITS = "import sys\nsys.exit('Canary Abel')\n"
NOT_A_PLUGIN = "this is not python\n"
HOOK_RAISES = "import lens\n@lens.hookimpl\ndef lens_checks(register):\n    raise KeyError('Canary Abel')\n"
HOOK_EXITS = "import lens\n@lens.hookimpl\ndef lens_checks(register):\n    raise SystemExit(0)\n"
HOOK_REGISTERS_RUBBISH = """\
import lens
@lens.hookimpl
def lens_checks(register):
    register("not a check")
    register(None, 3)
@lens.hookimpl
def lens_readers(register):
    register(42)
@lens.hookimpl
def lens_renderers(register):
    register(object())
@lens.hookimpl
def lens_commands(register):
    register("review", "mine now", "x:y")
    register("Bad Name", "h", "x:y")
"""
UNKNOWN_HOOK = "import lens\n@lens.hookimpl\ndef lens_chekcs(register):\n    pass\n"
WANTS_TOO_MUCH = "import lens\n@lens.hookimpl\ndef lens_checks(register, secrets):\n    pass\n"
FINISHED_RAISES = (
    "import lens\n@lens.hookimpl\ndef lens_review_finished(review):\n    raise ValueError('Canary Abel')\n"
)

BROKEN = {
    "import fails": IMPORT_FAILS,
    "import exits": IMPORT_EXITS,
    "not python": NOT_A_PLUGIN,
    "hook raises": HOOK_RAISES,
    "hook exits": HOOK_EXITS,
    "registers rubbish": HOOK_REGISTERS_RUBBISH,
    "unknown hook": UNKNOWN_HOOK,
    "unknown argument": WANTS_TOO_MUCH,
}

CHECK = """\
import lens

def found(case, setting):
    yield lens.Found(outcome="{outcome}", values={{"partners": len(case.program.partners)}})

CHECK = lens.Check(
    id="{id}",
    title="Counts partners",
    component="harm",
    touches=("AH-3",),
    why="To see whether plugins work.",
    who=("program_officer",),
    options=(lens.Option(id="count", do="Count again.", effort="hours", who="program_officer"),),
    change_our_mind="Another count.",
    sources=("lens-judgement",),
    outcomes={{"many": lens.Outcome(state="concern", level="high", says="There are {{partners}} partners.")}},
)

@lens.hookimpl
def lens_checks(register):
    register(CHECK, found)
"""

PACK = """\
pack: land
title: Land rights
owner: somebody
version: "1.0"
license: CC-BY-4.0
questions:
  - id: land.mapped
    title: Land is mapped
    component: harm
    verdict: risk
    touches: [AH-2]
    why: Maps show who holds what.
    who: [local_partner]
    options:
      - {id: ask-elders, do: Ask the elders., effort: days, who: local_partner}
    change_our_mind: A map.
    sources: [lens-judgement]
    question:
      ask: Is it written down who holds land here?
      good: "yes"
      if_bad: moderate
      if_not_known: moderate
      settles: A dated map.
"""


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize(
    "command", [["--help"], ["checks"], ["plugins"], ["explain", "RF7"], ["schema", "program"]], ids=lambda one: one[0]
)
def test_a_broken_plugin_takes_no_command_down(site, source, command):
    site.plugin("bad", source)
    done = site.run(*command)
    assert done.returncode in ((0, 3) if command[0] in ("checks", "plugins") else (0,)), done.stderr
    assert done.stdout
    assert "Traceback" not in done.stderr
    assert "Canary" not in done.stdout + done.stderr


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_a_broken_plugin_is_named_and_ends_in_3(site, source):
    site.plugin("bad", source)
    listed = site.run("plugins")
    assert listed.returncode == 3
    assert "bad:" in listed.stdout


@pytest.mark.parametrize("source", [IMPORT_FAILS, HOOK_EXITS, FINISHED_RAISES], ids=["import", "hook", "finished"])
def test_a_review_beside_a_broken_plugin_says_what_was_not_checked(site, source):
    site.plugin("bad", source)
    done = site.review("--format", "json", "--output", "-")
    assert done.returncode == 3, done.stderr
    assert '"incomplete": true' in done.stdout
    assert '"owner": "bad"' in done.stdout
    assert "Canary" not in done.stdout + done.stderr


@pytest.mark.parametrize("option", [["--block", "bad"], ["--only-core"]], ids=["blocked", "only core"])
def test_a_broken_plugin_can_be_left_out(site, option):
    site.plugin("bad", IMPORT_FAILS)
    assert site.run("plugins", *option).returncode == 0
    done = site.review("--format", "json", "--output", "-", *option)
    assert done.returncode == 1, done.stderr
    assert '"incomplete": false' in done.stdout


def test_a_check_from_a_plugin_is_asked(site):
    site.plugin("count", CHECK.format(id="count.partners", outcome="many"))
    done = site.review("--format", "markdown", "--output", "-")
    assert done.returncode == 1, done.stderr
    assert "There are 1 partners." in done.stdout
    assert "To see whether plugins work." in site.run("explain", "count.partners").stdout


def test_a_check_cannot_take_an_id_of_the_core(site):
    site.plugin("bad", CHECK.format(id="harm.reaches-force", outcome="many"))
    listed = site.run("plugins")
    assert listed.returncode == 3
    assert "ids of the core cannot be taken" in listed.stdout


def test_ids_under_the_prefix_of_another_are_refused_and_both_are_named(site):
    site.plugin("one", CHECK.format(id="count.partners", outcome="many"))
    site.plugin("two", CHECK.format(id="count.partners", outcome="many"))
    listed = site.run("plugins")
    assert "one: count.partners: its ids begin with one." in listed.stdout
    assert "two: count.partners: its ids begin with two." in listed.stdout


def test_a_check_that_says_what_it_never_declared_is_an_error(site):
    site.plugin("count", CHECK.format(id="count.partners", outcome="surprise"))
    done = site.review("--format", "json", "--output", "-")
    assert done.returncode == 3, done.stderr
    assert '"where": "count.partners"' in done.stdout


def test_a_pack_is_found_without_being_imported(site):
    site.pack("land", pack=PACK)
    listed = site.run("plugins")
    assert listed.returncode == 0, listed.stdout
    assert "digest" in listed.stdout
    assert "Is it written down who holds land here?" in site.run("checks").stdout
    done = site.review("--format", "json", "--output", "-")
    assert '"land.mapped"' in done.stdout
    assert '"name": "land"' in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: land.mapped", "id: harm.mapped", "The ids of this pack begin with land."),
        ("id: land.mapped", "id: other.mapped", "The ids of this pack begin with land."),
        ("    why:", "    wyh:", "This name is not known here."),
        ("pack: land", "pack: harm", "begin with harm"),
        ("sources: [lens-judgement]", "sources: []", "Options, sources and touches are needed."),
        ("title: Land rights", "title: &a Land", "References (* and &) are not used here."),
    ],
)
def test_a_pack_with_a_fault_is_refused_and_named(site, old, new, said):
    assert old in PACK
    site.pack("land", pack=PACK.replace(old, new, 1))
    listed = site.run("plugins")
    assert listed.returncode == 3
    assert "land:" in listed.stdout
    assert said in listed.stdout


def test_a_pack_may_not_take_the_name_of_the_core(site):
    site.pack("harm", pack=PACK.replace("pack: land", "pack: harm").replace("land.mapped", "harm.mapped"))
    listed = site.run("plugins")
    assert listed.returncode == 3
    assert "the name is taken" in listed.stdout


def test_a_command_from_a_plugin(site):
    site.plugin(
        "greet",
        "import click, lens\n"
        "@click.command()\ndef greet():\n    click.echo('hello from a plugin')\n"
        "@lens.hookimpl\ndef lens_commands(register):\n    register('greet', 'Say hello.', 'greet:greet')\n",
    )
    done = site.run("greet")
    assert (done.returncode, done.stdout) == (0, "hello from a plugin\n"), done.stderr


def test_help_scans_no_plugins(site):
    site.plugin("bad", "raise SystemExit(9)\n")
    assert site.run("--help").returncode == 0


@pytest.mark.parametrize(
    "text",
    ["[lens]\nbroken line\n", "[lens.packs]\nx = = ]\n[lens\n", "\x00\x01", "[lens]\nx = no.such.module:thing\n"],
)
@pytest.mark.parametrize("command", [["plugins"], ["checks"], ["--help"]], ids=lambda one: one[0])
def test_broken_metadata_takes_nothing_down(site, text, command):
    site.plugin("good", "import lens\n@lens.hookimpl\ndef lens_commands(register):\n    register('x', 'h', 'a:b')\n")
    info = site.folder / "worse-2.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(text)
    done = site.run(*command)
    assert done.returncode in ((3, 0) if command == ["--help"] or text.startswith("\x00") else (3,)), done.stderr
    assert "fault in lens itself" not in done.stderr
    if command == ["plugins"]:
        assert "command: x" in done.stdout
    if command == ["checks"]:
        assert " computed " in done.stdout


def test_blocking_what_is_not_there_is_an_error(site):
    site.plugin("good", "")
    done = site.review("--block", "goood")
    assert done.returncode == 2
    assert 'There is no plugin or pack "goood". Did you mean "good"?' in done.stderr
