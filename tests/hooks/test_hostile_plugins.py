"""A dozen hostile and broken plugins, all at once and one by one: every command works, and the fault is named."""

import json
import time

import pytest

HOOK = "import lens\n@lens.hookimpl\ndef lens_checks(register):\n"
CHECK = """\
import lens, lens.hooks, os, sys
def run(case, setting):
{run}
CHECK = lens.Check(
    id="{id}", title="Hostile", component="harm", touches=("AH-3",), why="It is.", who=("program_officer",),
    options=(lens.Option(id="count-again", do="Count again.", effort="hours", who="program_officer"),),
    change_our_mind="Nothing.", sources=("lens-judgement",),
    outcomes={{"some": lens.Outcome(state="concern", level="minor", says="There are {{count}}.")}},
)
@lens.hookimpl
def lens_checks(register):
    register(CHECK, run)
"""


def check(run, name="odd.check"):
    body = "\n".join(f"    {line}" for line in run.splitlines())
    return CHECK.format(run=body, id=name)


BOMB = "pack: bomb\ntitle: &a [x, x]\nquestions: [*a, *a, *a]\n"
DEEP = "pack: deep\nquestions: " + "[" * 100_000 + "\n"

DOZEN = {
    "aborts": "raise RuntimeError('Canary Abel')\n",
    "exits": "raise SystemExit('Canary Abel')\n",
    "is-no-python": "this is no python\n",
    "hook-raises": f"{HOOK}    raise KeyError('Canary Abel')\n",
    "sleeps": "import os, time\ntime.sleep(float(os.environ.get('NAP', '2')))\nimport lens\n"
    "@lens.hookimpl\ndef lens_commands(register):\n    pass\n",
    "junk": f"{HOOK}    register('no check')\n    register(None, 3)\n    register(type('Check', (), {{}})())\n",
    "core-id": check("yield lens.Found(outcome='some')", "harm.reaches-force"),
    "other-id": check("yield lens.Found(outcome='some')", "aborts.check"),
    "run-raises": check("raise ValueError('Canary Abel')", "run-raises.check"),
    "run-junk": check("yield 3", "run-junk.check"),
    "run-exits": check("raise SystemExit('Canary Abel')", "run-exits.check"),
    "no-end": check("while True: yield lens.Found(outcome='some', values={'count': 1})", "no-end.check"),
}


@pytest.fixture
def dozen(site):
    for name, source in DOZEN.items():
        site.plugin(name, source)
    site.pack("bomb", pack=BOMB)
    site.pack("deep", pack=DEEP)
    return site


def test_plugins_names_each_of_a_dozen(dozen):
    listed = dozen.run("plugins")
    assert listed.returncode == 3, listed.stderr
    for fault in (
        "aborts: loading the plugin: RuntimeError",
        "exits: loading the plugin: SystemExit",
        "is-no-python: loading the plugin: SyntaxError",
        "hook-raises: lens_checks: KeyError",
        "takes 2.0 s to import",
        "junk: registering a check: this is a str, and no lens.Check",
        "junk: registering a check: this is a NoneType, and no lens.Check",
        "junk: registering a check: this is a Check, and no lens.Check",
        "core-id: harm.reaches-force: ids of the core cannot be taken",
        "other-id: aborts.check: its ids begin with other-id.",
        "bomb: bomb/pack.yaml, line 2: References (* and &) are not used here. Write the value out.",
        "deep: deep/pack.yaml, line 2: This is nested more than 50 levels deep.",
    ):
        assert fault in listed.stdout
    assert "Traceback" not in listed.stderr
    assert "Canary" not in listed.stdout + listed.stderr


def test_the_list_is_the_same_each_time(dozen):
    first, second = (dozen.run("plugins").stdout.replace("2.1 s", "2.0 s") for _ in range(2))
    assert first == second


def test_a_review_beside_a_dozen_names_them_and_checks_all_else(dozen, monkeypatch):
    monkeypatch.setenv("NAP", "0")
    done = dozen.review("--format", "json", "--output", "-")
    assert done.returncode == 3, done.stderr
    made = json.loads(done.stdout)
    rows = {(one["owner"], one["where"], one["what"]) for one in made["not_checked"]}
    assert {
        ("run-raises", "run-raises.check", "ValueError"),
        ("run-junk", "run-junk.check", "TypeError"),
        ("run-exits", "run-exits.check", "SystemExit"),
        ("no-end", "no-end.check", "ValueError"),
    } <= rows
    assert {owner for owner, _, _ in rows} == {*DOZEN, "bomb", "deep"} - {"sleeps"}
    assert "Canary Abel" not in done.stdout + done.stderr

    alone = json.loads(dozen.review("--only-core", "--format", "json", "--output", "-").stdout)
    own = ("run-", "no-end")
    assert [one for one in made["findings"] if not one["check"].startswith(own)] == alone["findings"]


@pytest.mark.parametrize(
    "command",
    [
        ["checks"],
        ["explain", "RF7"],
        ["explain", "harm.reaches-force"],
        ["schema", "pack"],
        ["new", "program"],
        ["pack", "check", "harm"],
        ["pack", "preview", "risk"],
        ["translations", "coverage"],
        ["nosuchcommand"],
        ["explain", "nosuchthing"],
    ],
    ids=" ".join,
)
def test_every_other_command_works_beside_a_dozen(dozen, command, monkeypatch):
    monkeypatch.setenv("NAP", "0")
    done = dozen.run(*command)
    expected = {"checks": 3, "nosuchcommand": 2}.get(command[0], 2 if command[-1] == "nosuchthing" else 0)
    if command[0] == "pack":
        expected = done.returncode if done.returncode in (0, 1) else -1
    assert done.returncode == expected, done.stderr
    assert "Traceback" not in done.stderr
    assert "fault in lens itself" not in done.stderr
    assert "Canary" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "command",
    [["--help"], ["explain", "RF7"], ["explain", "harm.reaches-force"], ["schema", "pack"], ["pack", "check", "land"]],
    ids=" ".join,
)
def test_it_imports_no_plugin(site, command, tmp_path):
    site.pack("land", pack="pack: land\n")
    site.plugin("spy", f"open({str(tmp_path / 'seen')!r}, 'w')\n")
    site.run(*command)
    assert not (tmp_path / "seen").exists()
    site.run("plugins")
    assert (tmp_path / "seen").exists(), "the spy itself works"


def test_completion_imports_no_plugin(site, tmp_path, monkeypatch):
    site.plugin("spy", f"open({str(tmp_path / 'seen')!r}, 'w')\n")
    monkeypatch.setenv("_LENS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "lens explain RF7")
    monkeypatch.setenv("COMP_CWORD", "2")
    site.run()
    assert not (tmp_path / "seen").exists()


def hooks(*bodies, head="", mark="@lens.hookimpl"):
    """A plugin that is an object, its hooks given as `lens_checks(…): body`."""
    body = "".join(f"    {mark}\n    def {one}\n" for one in bodies)
    imports = "import itertools, time, lens\nfrom lens.catalog import Item\nfrom lens.hooks import Renderer\n"
    return f"{imports}{head}\nclass P:\n{body}odd = P()\n"


NOTHING = "odd: registering the plugin: it gives nothing: it has no hook and no marked check"
NOT_READ = "odd: lens_checks: what it gives back is not read: it must call register(…)"
SENTENCE = "def Boom(): return type('Canary Abel\\x1b[31m', (Exception,), {})"
ODD = {
    "an attribute that raises": (
        hooks("lens_checks(self): raise ValueError('Canary Abel')", mark="@property"),
        "odd: registering the plugin: lens_checks cannot be read",
    ),
    "an attribute that sleeps": (
        hooks("lens_checks(self, register): register(3)") + "P.slow = property(lambda self: time.sleep(60))\n",
        "odd: registering a check: this is a int, and no lens.Check",
    ),
    "every attribute raises": (
        "class P:\n    def __getattribute__(self, name): raise SystemExit('Canary Abel')\nodd = P()\n",
        "odd: loading the plugin: SystemExit",
    ),
    "a number": ("odd = 42\n", NOTHING),
    "nothing": ("odd = None\n", NOTHING),
    "it is not there": ("", "odd: loading the plugin: AttributeError"),
    "a hook without its mark": (
        hooks("lens_checks(self, register): pass", mark=""),
        "odd: registering the plugin: lens_checks is not marked with lens.hookimpl",
    ),
    "a hook that is a generator": (hooks("lens_checks(self): yield 3"), NOT_READ),
    "a hook that is a wrapper": (
        hooks("lens_checks(self, register): yield", mark="@lens.hookimpl(wrapper=True)"),
        NOT_READ,
    ),
    "a kind of error with a sentence for its name": (
        hooks("lens_checks(self): raise Boom()", head=SENTENCE),
        "odd: lens_checks: an error without a proper name",
    ),
    "a kind of Ctrl-C": (
        hooks("lens_checks(self): raise Stop", head="class Stop(KeyboardInterrupt): pass"),
        "odd: lens_checks: Stop",
    ),
    "a catalog of nothing": (
        hooks("lens_catalog(self, register): register('', lambda: [3])"),
        "odd: catalog entry: this is a int, and no lens.catalog.Item",
    ),
    "an endless catalog": (
        hooks("lens_catalog(self, register): register('x', lambda: itertools.repeat(3))"),
        "odd: catalog: only the first 5000 entries are read",
    ),
    "an entry of the core": (
        hooks("lens_catalog(self, register): register('x', lambda: [Item('RF99', 'RF', 'n', 't', 'seen')])"),
        "odd: catalog entry: RF99: ids of this form belong to the core",
    ),
    "an entry of another pack": (
        hooks("lens_catalog(self, register): register('x', lambda: [Item('ict.x', 'x', 'n', 't', 'seen')])"),
        "odd: catalog entry: ict.x: before its dot stands the name of another pack",
    ),
    "a format with a path for a name": (
        hooks("lens_renderers(self, register): register(Renderer('../x', 'x.txt', print))"),
        "odd: registering a renderer: its name must be letters, digits, hyphens, dots",
    ),
    "a format with a path for a file": (
        hooks("lens_renderers(self, register): register(Renderer('x', '../../x.txt', print))"),
        "odd: registering a renderer: x: file_name must be the plain name of a file, and for_people True or False",
    ),
    "a format without a file": (
        hooks("lens_renderers(self, register): register(Renderer('x', None, print))"),
        "odd: registering a renderer: x: file_name must be the plain name of a file, and for_people True or False",
    ),
    "a format that is no function": (
        hooks("lens_renderers(self, register): register(Renderer('x', 'x.txt', 3))"),
        "odd: registering a renderer: x: render must be a function",
    ),
    "a format of the core": (
        hooks("lens_renderers(self, register): register(Renderer('html', 'x.txt', print))"),
        "odd: registering the renderer html: the name is taken by lens",
    ),
    "a command that is none": (
        hooks("lens_commands(self, register): register(3, 'h', 'a:b')"),
        "odd: registering the command ?: its name is not valid",
    ),
    "a command that leads nowhere": (
        hooks("lens_commands(self, register): register('x', 'h', 'nowhere')"),
        "odd: registering the command x: its target must look like module:attribute",
    ),
    "a command of the core": (
        hooks("lens_commands(self, register): register('review', 'h', 'a:b')"),
        "odd: registering the command review: the name is taken by lens",
    ),
    "it registers later": (
        hooks(
            "lens_readers(self, register): kept.append(register)",
            "lens_renderers(self, register): kept[0](3)",
            head="kept = []",
        ),
        "odd: lens_renderers: LensError",
    ),
}


@pytest.mark.parametrize(("source", "said"), ODD.values(), ids=ODD)
def test_a_plugin_that_is_odd_is_named(site, source, said):
    site.plugin("odd", source, value="odd:odd")
    listed = site.run("plugins")
    assert listed.returncode == 3, listed.stderr
    assert said in listed.stdout
    assert "Traceback" not in listed.stderr
    assert "Canary" not in listed.stdout + listed.stderr


def test_a_plugin_that_equals_every_other_shuts_none_of_them_out(site):
    body = "        P.seen += 1\n        return P.seen > 1\n    seen = 0\n    __hash__ = None"
    alike = hooks("lens_commands(self, register): register('one', 'h', 'a:b')")
    equal = f"class P:\n    def __eq__(self, other):\n{body}\n"
    site.plugin("alike", alike.replace("class P:\n", equal), value="alike:odd")
    site.plugin("other", "import lens\n@lens.hookimpl\ndef lens_commands(register): register('two', 'h', 'a:b')\n")
    listed = site.run("plugins")
    assert listed.returncode == 0, listed.stdout
    assert "command: one" in listed.stdout
    assert "command: two" in listed.stdout


FIELDS = {
    "an id with signs that steer a terminal": ('id="odd.check"', 'id="odd.\\x1b[31mred"', "id: A check must look like"),
    "an id of 10,000 signs": ('id="odd.check"', 'id="odd." + "a" * 10_000', "more than 80 signs"),
    "an id that is a number": ('id="odd.check"', "id=7", "id: A check must look like"),
    "a component that there is not": ('component="harm"', 'component="scores"', "component: This word is not one"),
    "no source": ('sources=("lens-judgement",)', "sources=()", "Options, sources and touches are needed."),
    "a source that nobody lists": ('("lens-judgement",)', '("made-up",)', "made-up is listed neither by lens"),
    "nobody to answer": ('who=("program_officer",),\n', "who=(),\n", "who: Nobody is named"),
    "a huge order": ('title="Hostile"', 'title="Hostile", order=10**5000', "order: The order is a number from 0"),
    "an outcome that is none": ('state="concern"', 'state="safe"', "state: This word is not one of the list."),
    "a function that is none": ("register(CHECK, run)", "register(CHECK, 3)", "its function is a int"),
    "no function": ("register(CHECK, run)", "register(CHECK)", "a check is either a question or has a function"),
}


@pytest.mark.parametrize(("old", "new", "said"), FIELDS.values(), ids=FIELDS)
def test_a_check_that_does_not_hold_what_its_fields_say_is_refused(site, old, new, said):
    source = check("yield lens.Found(outcome='some')")
    assert old in source
    site.plugin("odd", source.replace(old, new))
    listed = site.run("plugins")
    assert listed.returncode == 3, listed.stderr
    assert said in listed.stdout
    assert "\x1b[31mred" not in listed.stdout
    assert len(listed.stdout) < 5_000
    assert site.run("checks").returncode == 3


def test_thousands_of_checks_are_taken_and_told_in_a_line(site):
    many = check("yield lens.Found(outcome='some', values={'count': 1})").replace(
        "register(CHECK, run)",
        "import dataclasses\n    for n in range(2000):\n"
        "        register(dataclasses.replace(CHECK, id=f'odd.c{n}'), run)\n"
        "        register(dataclasses.replace(CHECK, id=f'other.c{n}'), run)",
    )
    site.plugin("odd", many)
    begun = time.perf_counter()
    listed = site.run("plugins")
    assert time.perf_counter() - begun < 20
    assert "check: 2000 in all" in listed.stdout
    assert "odd: more: there is more wrong" in listed.stdout


RUNS = {
    "free text as a value": "yield lens.Found(outcome='some', values={'count': 'Canary Abel'})",
    "free text as what it is about": "yield lens.Found(outcome='some', about='Canary Abel')",
    "free text as a factor": "yield lens.Found(outcome='some', on='Canary Abel')",
    "free text as a name": "yield lens.Found(outcome='some', values={'Canary Abel': 1})",
    "a huge number": "yield lens.Found(outcome='some', values={'count': 10**5000})",
    "a kind of Found of its own": "class F(type(lens.Found(outcome='some'))): pass\nyield F(outcome='some')",
    "nothing": "return None",
    "no findings": "yield from ()",
    "recursion": "def down(): down()\ndown()\nyield",
    "a memory error": "raise MemoryError\nyield",
    "an end of all generators": "raise GeneratorExit\nyield",
    "a change to the case": "case.program.title = 'Canary'\nyield",
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_a_check_that_says_what_none_may_is_an_error(site, run):
    site.plugin("odd", check(run))
    done = site.review("--format", "json", "--output", "-")
    assert done.returncode == 3, done.stderr
    made = json.loads(done.stdout)
    assert [one["where"] for one in made["not_checked"]] == ["odd.check"]
    assert "Canary" not in done.stdout + done.stderr


def test_what_a_check_does_to_the_case_behind_its_back_changes_nothing(site):
    """Not by assignment, which frozen values refuse, but past it, and into the mappings that they hold."""
    run = (
        "object.__setattr__(case.program, 'activities', ())\nobject.__setattr__(setting, 'depth', 'first-look')\n"
        "for one in case.answers.answers: one.follow_ups.clear()\n"
        "yield lens.Found(outcome='some', values={'count': 1})"
    )
    site.plugin("odd", check(run).replace('component="harm"', 'component="risk", order=0'))
    made = json.loads(site.review("--format", "json", "--output", "-").stdout)
    alone = json.loads(site.review("--only-core", "--format", "json", "--output", "-").stdout)
    for part in ("matrix", "program", "depth"):
        assert made[part] == alone[part]
    assert [one for one in made["findings"] if one["check"] != "odd.check"] == alone["findings"]


def test_what_a_plugin_does_to_the_process_is_put_back(site, tmp_path):
    run = (
        "import decimal, locale, os, sys\nprint('loud')\nsys.stdout.close()\nsys.stderr.close()\n"
        "sys.setrecursionlimit(120)\nos.chdir('/')\ndecimal.getcontext().prec = 1\n"
        "os.environ['LENS_DEBUG'] = '1'\nlocale.setlocale(locale.LC_ALL, 'C.UTF-8')\n"
        "yield lens.Found(outcome='some', values={'count': 1})"
    )
    site.plugin("odd", "print('loud at import')\n" + check(run))
    done = site.review("--format", "json", "--output", "-")
    assert done.returncode == 1, done.stderr
    made = json.loads(done.stdout)  # nothing that was printed is in it
    assert not made["incomplete"]
    assert "loud at import" in done.stderr
    assert "loud\n" in done.stderr
    site.review("--format", "json", "--output", "out")
    assert (tmp_path / "out" / "review.json").is_file(), "the folder is the one that was named"


@pytest.mark.parametrize(
    ("run", "ends"),
    [("os._exit(0)", 0), ("sys.__stdout__.close()\nyield", 3), ("raise KeyboardInterrupt\nyield", 130)],
    ids=["ends the process", "closes the real output", "Ctrl-C"],
)
def test_what_cannot_be_held(site, run, ends):
    """A plugin is trusted code: these three take a command down. The docs say so; here it is written down."""
    site.plugin("odd", check(run))
    done = site.review("--format", "json", "--output", "-")
    assert done.returncode == ends
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


NOTE = "EvidenceNote(about='RF8', state='early_signs', on=None, source='x')"
GATHERS = {
    "junk": "return [3]",
    "nothing": "return None",
    "no end": f"\n    while True: yield {NOTE}",
    "an id that there is not": f"return [{NOTE.replace('RF8', 'Canary Abel')}]",
    "a state that there is not": f"return [{NOTE.replace('early_signs', 'Canary Abel')}]",
    "a day that is none": f"return [{NOTE.replace('on=None', 'on=3')}]",
    "a raise": "raise SystemExit('Canary Abel')",
}


@pytest.mark.parametrize("gather", GATHERS.values(), ids=GATHERS)
def test_a_source_of_evidence_that_gives_junk_is_named(site, gather):
    site.plugin(
        "odd",
        f"import lens\nfrom lens.hooks import EvidenceNote, EvidenceSource\ndef gather(case, setting): {gather}\n"
        "@lens.hookimpl\ndef lens_evidence(register): register(EvidenceSource('odd', gather))\n",
    )
    done = site.review("--format", "json", "--output", "-")
    assert done.returncode == 3, done.stderr
    assert [(one["owner"], one["where"]) for one in json.loads(done.stdout)["not_checked"]] == [("odd", "evidence")]
    assert "Canary" not in done.stdout + done.stderr


RENDERS = {
    "bytes that lie": "type('T', (bytes,), {'__bytes__': lambda self: 3})(b'x')",
    "a number": "3",
    "nothing": "None",
    "half a sign": "'\\ud800'",
    "an exit": "exit(0)",
}


@pytest.mark.parametrize("gives", RENDERS.values(), ids=RENDERS)
def test_a_format_that_gives_no_text_keeps_no_other_from_being_written(site, gives, tmp_path):
    site.plugin(
        "odd",
        f"import lens\nfrom lens.hooks import Renderer\ndef render(given): return {gives}\n"
        "@lens.hookimpl\ndef lens_renderers(register): register(Renderer('odd', 'odd.txt', render))\n",
    )
    done = site.review("--format", "odd", "--format", "json", "--output", "out")
    assert done.returncode == 2
    assert "Could not be made: odd. Written all the same: review.json." in done.stderr
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["review.json"]


def test_a_format_that_changes_what_it_is_handed_changes_no_other(site, tmp_path):
    site.plugin(
        "odd",
        "import lens\nfrom lens.hooks import Renderer\ndef render(given):\n    given.checks.clear()\n"
        "    object.__setattr__(given.review, 'outcome', 'recorded')\n    return 'x'\n"
        "@lens.hookimpl\ndef lens_renderers(register): register(Renderer('odd', 'odd.txt', render))\n",
    )
    site.review("--format", "odd", "--format", "json", "--format", "markdown", "--output", "out")
    site.review("--only-core", "--format", "markdown", "--output", "alone")
    assert json.loads((tmp_path / "out" / "review.json").read_text())["outcome"] != "recorded"
    both = [(tmp_path / one / "report.md").read_text() for one in ("out", "alone")]
    assert ("What was found" in both[0]) == ("What was found" in both[1])


READS = {
    "junk": "return 3",
    "an exit": "raise SystemExit('Canary Abel')",
    "an error that claims to be none": "class E(lens.LensError): exit_code = 0\n    raise E('there is nothing')",
    "a program that is none": "return lens.hooks.ReadProgram('Canary Abel', Annex())",
    "a program of junk": "return lens.hooks.ReadProgram(lens.Program(places=('Canary Abel',), title=3), Annex())",
    "notes that are none": "return lens.hooks.ReadProgram(lens.Program(), Annex(), notes=3)",
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_reader_that_knows_everything_and_gives_junk_is_named(site, read, tmp_path):
    site.plugin(
        "odd",
        f"import lens, lens.hooks\nfrom lens.cases import Annex\ndef read(path, activity):\n    {read}\n"
        "@lens.hookimpl\ndef lens_readers(register): register(lens.hooks.Reader('odd', lambda head: True, read))\n",
    )
    (tmp_path / "what.ever").write_text("anything")
    done = site.run("review", "what.ever")
    assert done.returncode == 2
    assert "odd" in done.stderr or "there is nothing" in done.stderr
    assert "Nothing was written." in done.stderr
    assert "Traceback" not in done.stderr
    assert "fault in lens itself" not in done.stderr
    assert "Canary" not in done.stdout + done.stderr
    ours = site.review("--format", "json", "--output", "-")
    assert ours.returncode == 1, "a case of our own is read as ever"


def test_who_is_told_of_a_finished_review_cannot_change_it(site):
    site.plugin(
        "odd",
        "import lens\n@lens.hookimpl\ndef lens_review_finished(review):\n"
        "    object.__setattr__(review, 'outcome', 'recorded')\n    object.__setattr__(review, 'findings', ())\n"
        "    for one in review.coverage: one.open.clear()\n",
    )
    made = json.loads(site.review("--format", "json", "--output", "-").stdout)
    alone = json.loads(site.review("--only-core", "--format", "json", "--output", "-").stdout)
    for part in ("outcome", "findings", "coverage"):
        assert made[part] == alone[part]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise SystemExit(0)", "The plugin that gives greet could not be loaded (SystemExit)"),
        ("x = 3", "The plugin that gives greet could not be loaded (AttributeError)"),
        ("greet = 3", "The plugin that gives greet could not be loaded (ClickException)"),
    ],
)
def test_a_command_that_cannot_be_had_is_named(site, source, said):
    site.plugin(
        "odd", "import lens\n@lens.hookimpl\ndef lens_commands(register): register('greet', 'h', 'target:greet')\n"
    )
    (site.folder / "target.py").write_text(source)
    done = site.run("greet")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_command_that_fails_is_named_and_no_fault_of_ours(site):
    site.plugin(
        "odd",
        "import click, lens\n@click.command()\ndef greet(): raise ValueError('Canary Abel')\n"
        "@lens.hookimpl\ndef lens_commands(register): register('greet', 'h', 'odd:greet')\n",
    )
    done = site.run("greet")
    assert (done.returncode, done.stderr) == (2, "Error: greet, which a plugin gives, failed (ValueError).\n")


def test_something_marked_that_is_no_function_is_named_and_a_proxy_beside_it_hides_nothing(site):
    mark = "class Called:\n    pass\nx = Called()\nlens.check('odd.check')(x)\n"
    proxy = "class Proxy:\n    def __getattribute__(self, name): raise RuntimeError\nproxy = Proxy()\n"
    site.plugin("odd", f"import lens\n{proxy}{mark}@lens.check('someone.else')\ndef f(case, setting): ...\n")
    listed = site.run("plugins")
    assert "odd: odd.check: what is marked is a Called, and cannot be called" in listed.stdout
    assert "odd: someone.else: no pack of the same distribution describes this check" in listed.stdout
