"""The documentation names what there is, and only that."""

import importlib.util
import inspect
import re
import tomllib
from pathlib import Path

import pytest

import lens
from lens import catalog, words
from lens.cli import COMMANDS
from lens.hooks import specs
from lens.hooks.registry import Registry

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
WRITTEN = {
    one.relative_to(ROOT).as_posix(): one.read_text("utf-8")
    for one in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
        *sorted(path for path in DOCS.rglob("*.md") if not {"generated", "_build"} & set(path.parts)),
    )
}


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generated(generator):
    return generator.pages()


# Hooks


HOOK_PAGES = {Path(name).stem: text for name, text in WRITTEN.items() if name.startswith("docs/reference/hooks/lens_")}
INCLUDED = re.compile(r"^```\{literalinclude\} \.\./\.\./\.\./(examples/[\w/.]+\.py)$", re.MULTILINE)


@pytest.fixture(scope="module")
def signatures(generator):
    return {name: signature for name, signature, _ in generator.hooks()}


def test_every_hook_of_the_live_registry_has_its_page_and_no_page_is_left_over(signatures):
    live = set(vars(Registry(only_core=True).plugins.hook)) - {"__dict__"}
    assert set(HOOK_PAGES) == set(signatures) == live


def test_a_page_says_the_signature_when_it_is_called_its_arguments_and_what_fails(signatures):
    for name, signature in signatures.items():
        page = HOOK_PAGES[name]
        assert page.startswith(f"# {name}{signature}\n")
        assert "*When:*" in page
        assert "*What fails:*" in page
        for argument in re.findall(r"[(,] ?(\w+):", signature):
            assert f"`{argument}" in page.partition("*Arguments:*")[2].partition("*What fails:*")[0]


def test_the_example_of_a_page_is_a_distribution_that_is_really_installed_and_tested():
    tested = (ROOT / "tests" / "installed" / "test_examples.py").read_text("utf-8")
    shown = set()
    for name, page in HOOK_PAGES.items():
        (path,) = INCLUDED.findall(page)
        file = ROOT / path
        marks = "lens.check(" if name == "lens_checks" else f"def {name}("
        assert marks in file.read_text("utf-8"), name
        project = tomllib.loads((file.parent / "pyproject.toml").read_text("utf-8"))["project"]
        assert f"`{project['name']}`" in page
        (point,) = project["entry-points"]["lens"]
        assert f'"{point}":' in tested
        shown.add(file.parent.name)
    assert shown == {one.parent.name for one in (ROOT / "examples").glob("*/pyproject.toml")}


def test_the_list_of_hooks_names_them_all_in_the_order_in_which_they_are_declared(signatures):
    index = WRITTEN["docs/reference/hooks/index.md"]
    declared = [name for name in vars(specs) if name in signatures]
    assert re.findall(r"^\| \[(lens_\w+)\]\(\1\.md\)", index, re.MULTILINE) == declared
    readme = (ROOT / "examples" / "README.md").read_text("utf-8")
    assert [name for name in signatures if f"`{name}`" not in readme] == []


# Commands, names, packages


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_docs(name, generated):
    assert f"\n## lens {name}\n" in generated["commands"]
    assert any(f"lens {name}" in text for text in WRITTEN.values())


def test_commands_named_in_the_docs_exist():
    named = {one for text in WRITTEN.values() for one in re.findall(r"(?:^\$? ?|`)lens ([a-z]+)\b", text, re.MULTILINE)}
    assert named <= {*COMMANDS, "handover"} | {"X"}


def test_every_name_of_the_public_api_is_in_its_page():
    page = WRITTEN["docs/reference/python-api.md"]
    assert [name for name in lens.__all__ if name != "__version__" and f"lens.{name}" not in page] == []


def test_functions_are_told_with_their_arguments():
    told = dict(re.findall(r"^`lens\.(\w+)(\(.*\))`$", WRITTEN["docs/reference/python-api.md"], re.MULTILINE))
    functions = {name: getattr(lens, name) for name in lens.__all__ if inspect.isfunction(getattr(lens, name))}
    for name, function in functions.items():
        signature = inspect.signature(function)
        plain = [one.replace(annotation=one.empty) for one in signature.parameters.values()]
        bare = signature.replace(parameters=plain, return_annotation=signature.empty)
        assert told[name] == str(bare).replace("'", '"'), name


def test_every_dependency_has_its_line_of_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    named = {re.split(r"[<>=\[~! ]", one)[0].lower() for one in needed} - {"atrocity-lens"}
    rows = re.findall(r"^\|(?: `\[\w+\]` \|)? ([\w, -]+) \| \w", WRITTEN["docs/dependencies.md"], re.MULTILINE)
    told = {name.strip().lower() for row in rows for name in row.split(",")} - {"package", "extra"}
    assert told == named


def test_exit_codes_are_told_as_the_command_tells_them(generator):
    codes = [code for code, _ in generator.exit_codes()]
    assert codes == ["0", "1", "2", "3"]
    for page in ("README.md", "docs/how-to/use-in-a-workflow.md"):
        assert re.findall(r"^\| (\d) \|", WRITTEN[page], re.MULTILINE) == codes


def test_outcomes_are_told_in_their_order():
    told = re.findall(r"^\| \*\*(.+?)\*\* \|", WRITTEN["docs/what-the-lens-is.md"], re.MULTILINE)
    assert told == [words.spoken(one) for one in words.OUTCOMES]


def test_links_between_files_lead_somewhere():
    links = [
        (name, target)
        for name, text in WRITTEN.items()
        for target in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
        if "generated/" not in target
    ]
    assert len(links) > 20
    assert [(name, target) for name, target in links if not ((ROOT / name).parent / target).exists()] == []


# Generated pages


def test_generated_pages_are_the_same_every_time(generator, generated):
    assert generator.pages() == generated


def test_every_check_has_its_section(generated):
    for name, one in Registry(only_core=True).checks.items():
        assert f"\n# `{name}`: {one.check.title}\n" in generated[f"checks/{name}"]
        assert f"`{name}`" in generated["checks"]


def test_every_list_of_words_is_there(generated):
    for name, meanings in words.MEANINGS.items():
        told = section_of(generated["words"], name.capitalize())
        assert re.findall(r"^\| `(\w[\w-]*)` \|", told, re.MULTILINE) == list(meanings)


def section_of(page, heading):
    return page.partition(f"\n## {heading}\n")[2].split("\n## ")[0]


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("RF", "risk-factors"),
        ("indicator", "risk-factors"),
        ("INH", "inhibitors"),
        ("AH", "harm-paths"),
        ("HRDDP", "harm-paths"),
        ("DNH", "harm-paths"),
        ("RAFT", "harm-paths"),
    ],
)
def test_every_entry_of_the_catalog_is_there_with_its_status(kind, page, generated):
    for name, item in catalog.items(kind).items():
        told = generated[f"factors/{name.partition('.')[0]}" if page == "risk-factors" else page]
        line = f"\n| {name} | " if kind == "indicator" else f" {name}"
        assert line in told
        assert words.spoken(item.status) in told


def test_the_list_of_the_un_is_never_called_complete(generated):
    pages = [text for name, text in generated.items() if name == "risk-factors" or name.startswith("factors/")]
    assert len(pages) == 15
    assert all("not verified complete" in text for text in pages)
    assert "not verified complete" in WRITTEN["docs/explanation/limits-and-misuse.md"]


def test_every_field_of_a_case_is_there_with_who_may_see_it(generated):
    import dataclasses

    from lens.cases import Context, Program
    from lens.cases.fields import sensitivity_of

    for kind in (Program, Context):
        told = generated["file-formats"].partition(f"\n### {kind.__name__}\n")[2].split("\n### ")[0]
        for field in dataclasses.fields(kind):
            if field.name != "published":
                row = re.search(rf"^\| `{field.name}`.*$", told, re.MULTILINE)
                assert row, field.name
                assert sensitivity_of(field) in row[0]


def test_every_field_of_a_pack_is_there_with_its_default_its_words_and_its_meaning(generated):
    import dataclasses

    from lens.checks.model import Check, Question
    from lens.packs.form import Entry, PackFile, Remedy, Source

    page = generated["pack-format"]
    for kind in (PackFile, Check, Question, Source, Remedy, Entry):
        told = page.partition(f"\n## {kind.__name__}\n")[2].split("\n## ")[0]
        rows = {row[1]: row[0] for row in re.finditer(r"^\| `(\w+)` \|.*$", told, re.MULTILINE)}
        assert list(rows) == [one.name for one in dataclasses.fields(kind)]
        for one in dataclasses.fields(kind):
            needed = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
            assert ("**needed**" in rows[one.name]) == needed
            assert one.metadata["help"].split("<")[0] in rows[one.name]
    assert "`severe`, `high`, `moderate`, `minor`" in page
    assert "| `minutes` | a whole number | `15` |" in page


def test_the_page_has_every_field_of_the_schema_that_editors_use(generated):
    from lens.readers.schema import schema_of

    schema = schema_of("pack")
    parts = {**schema["$defs"], "PackFile": schema}
    for name, part in parts.items():
        if "properties" in part:
            told = generated["pack-format"].partition(f"\n## {name}\n")[2].split("\n## ")[0]
            assert set(re.findall(r"^\| `(\w+)` \|", told, re.MULTILINE)) == set(part["properties"]), name


def test_every_column_of_a_portfolio_is_there_with_its_type_and_meaning(generator, generated):
    page = generated["portfolio-tables"]
    tables = generator.portfolio_tables()
    assert len(tables) > 20
    for made in tables:
        told = section_of(page, f"`{made.name}`")
        rows = re.findall(r"^\| `(\w+)` \| ([A-Z]+(?:\(38,\d\))?) \| \S", told, re.MULTILINE)
        assert [name for name, _ in rows] == [one.name for one in made.columns], made.name
        assert told.count("*Internal.*") == sum(one.internal for one in made.columns)


# What is not said


AVOIDED = re.compile(
    r"\b(target group\w*|interventions?|hot ?spots?|failed states?|rogue|low[- ]risk|cleared|complian\w+|beneficiar\w+"
    r"|probabilit\w+|genocide score|passed|passes)\b",
    re.IGNORECASE,
)
SCORE = re.compile(r"\bscor\w+\b", re.IGNORECASE)
NO_SCORE = re.compile(r"\b(no[ -]|not a )score\b", re.IGNORECASE)


@pytest.mark.parametrize("name", WRITTEN)
def test_words_that_judge_too_much_are_not_used(name):
    text = WRITTEN[name]
    assert AVOIDED.findall(text) == []
    assert [one for one in SCORE.findall(NO_SCORE.sub("", text)) if one] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_no_page_names_a_path_of_a_machine(name):
    assert re.findall(r"(?:/wor[k]/|/tmp/|/home/|/root/|/Users/|[A-Z]:\\)\S*", WRITTEN[name]) == []


def test_no_generated_page_names_a_path_of_a_machine(generated):
    for text in generated.values():
        assert re.findall(r"/wor[k]/|/tmp/|/home/|/root/|/Users/|[A-Z]:\\\\", text) == []


# What `lens explain` points to


def test_every_page_that_explain_names_is_there(generated):
    from lens.checks.raw import raw_checks
    from lens.cli.pages import page_of, page_of_check

    named = {page_of(one) for kind in catalog.KINDS for one in catalog.items(kind).values()}
    for page in named | {page_of_check(name) for name in raw_checks()}:
        name, _, anchor = page.partition("#")
        text = generated[name.removesuffix(".md")]
        assert not anchor or f"({anchor})=" in text, page
