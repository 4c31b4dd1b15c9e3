"""Tests that every pack and plugin can reuse: what a reviewer, and whoever depends on a pack, may count on.

In a test file of your own:

    from pathlib import Path
    from lens.testing import Conformance

    class TestConformance(Conformance):
        pack = "land-rights"
        cases = Path(__file__).parent / "cases.yaml"    # only where it has computed checks

The tests run over every check of the pack; pytest finds them by themselves, since lens installs a plugin of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from lens.testing.cases import Row, case, rows
from lens.testing.running import example, found, told

if TYPE_CHECKING:
    from lens.checks.model import Check
    from lens.hooks.registry import Registry

HEAVY = ("jinja2", "lxml", "matplotlib", "numpy", "openpyxl", "pandas", "pydantic", "requests", "scipy", "torch")
"""What a plugin may not import by itself: every command that needs plugins would wait for it."""

SPARSE: dict[str, str] = {
    "nothing": "",
    "a published program": "published: yes",
    "an empty context": "context: {}",
    "an empty activity": 'program: {activities: [{id: "activity:1"}]}',
    "a published activity": 'published: yes\nprogram: {activities: [{id: "activity:1"}]}',
    "a partner of no known kind": 'program: {partners: [{id: "partner:1"}]}',
}
"""Cases of which next to nothing is known."""

_AGAIN = """
import sys
from pathlib import Path
from lens.testing.conformance import Subject
for line in Subject(sys.argv[1], Path(sys.argv[2]) if sys.argv[2] else None).lines():
    print(line)
"""
_MARK = "-- imported: "
_IMPORTS = f"import sys, importlib; importlib.import_module(sys.argv[1]); print({_MARK!r}, *sorted(sys.modules))"


class Subject:
    """The pack that is tested, by its name or by its folder, and its tables."""

    def __init__(self, pack: str | Path, cases: Path | None) -> None:
        self.named = pack
        self.cases = cases

    @cached_property
    def registry(self) -> Registry:
        """What is installed, and the pack where it is named by its folder."""
        from lens.hooks.installed import Rules
        from lens.hooks.registry import Registry

        folder = Path(self.named)
        named = [folder] if (folder / "pack.yaml").is_file() else []
        made = Registry(Rules(preview=True), packs=named)
        _ = made.checks, made.catalog
        return made

    @property
    def pack(self) -> str:
        """Its name."""
        from lens.packs.load import name_in

        folder = Path(self.named)
        return name_in(folder) if (folder / "pack.yaml").is_file() else str(self.named)

    @property
    def checks(self) -> dict[str, Check]:
        """Its checks that loaded, by id."""
        return {name: one.check for name, one in self.registry.checks.items() if one.check.pack == self.pack}

    @property
    def questions(self) -> list[str]:
        """The ids of its questions."""
        return [name for name, one in self.checks.items() if one.question is not None]

    @property
    def computed(self) -> list[str]:
        """The ids of its computed checks."""
        return [name for name, one in self.checks.items() if one.question is None]

    @cached_property
    def rows(self) -> list[Row]:
        """Its tables."""
        return rows(self.cases) if self.cases is not None else []

    @property
    def distributions(self) -> set[str]:
        """The distributions that give it: one, or none where it is named as a folder that is not installed."""
        named = (one for one in self.registry.sources.values() if one.name == self.pack and one.kind != "core")
        return {one.distribution for one in named if one.distribution}

    def faults(self) -> list[str]:
        """What of it, and of whatever comes in the same distribution, did not load, a line each."""
        own = self.distributions
        owners = {self.pack, *own, *(one.name for one in self.registry.sources.values() if one.distribution in own)}
        return [f"{one.where}: {one.what}" for one in self.registry.faults if one.owner in owners]

    def lines(self) -> list[str]:
        """Everything its computed checks say of the tables and of sparse cases, a line each."""
        said = [
            f"{one}: {told(each)} {sorted(each.values.items())}"
            for one in self.rows
            for each in found(one.check, one.case, one.setting, registry=self.registry)
        ]
        for name in self.computed:
            for what, text in SPARSE.items():
                said += [f"{name}: {what}: {told(one)}" for one in found(name, case(text), registry=self.registry)]
        return said


class Conformance:
    """What every pack holds to. Name the pack, and the file of its tables where it has computed checks."""

    pack: ClassVar[str | Path] = ""
    cases: ClassVar[Path | None] = None
    subject: ClassVar[Subject]

    def test_it_loads(self) -> None:
        """Nothing of it was refused, and there is something of it."""
        assert self.subject.faults() == []
        assert self.subject.checks

    def test_a_reviewer_finds_no_error(self) -> None:
        """`lens pack check` names no error; its warnings are for people to weigh."""
        from lens.packs.examine import examine

        packs = [pack for pack, _ in self.subject.registry.packs if pack.name == self.subject.pack]
        errors = [str(one) for pack in packs for one in examine(pack) if one.is_error]
        assert errors == []

    def test_the_example_of_a_concern_is_one(self, lens_question: str) -> None:
        """The engine sees a concern where the pack's author does."""
        made = example(lens_question, "concern", self.subject.registry)
        assert made.state == "concern"

    def test_the_other_example_is_none(self, lens_question: str) -> None:
        """The engine sees none where the author sees none, on evidence in date."""
        made = example(lens_question, "addressed", self.subject.registry)
        assert made.state in ("addressed", "nothing_seen")

    def test_it_comes_out_as_the_table_says(self, lens_row: Row) -> None:
        """Outcome, subject, factor, and the values of the first finding."""
        made = found(lens_row.check, lens_row.case, lens_row.setting, registry=self.subject.registry)
        assert [told(one) for one in made] == list(lens_row.found)
        if lens_row.values is not None:
            assert {name: str(value) for name, value in made[0].values.items()} == lens_row.values

    def test_every_outcome_is_reached(self, lens_computed: str) -> None:
        """Each outcome that a check declares comes out in some row, and no other."""
        reached = {
            one.outcome
            for row in self.subject.rows
            if row.check == lens_computed
            for one in found(lens_computed, row.case, row.setting, registry=self.subject.registry)
        }
        assert reached == set(self.subject.checks[lens_computed].outcomes)

    def test_what_is_not_there_is_never_fine(self, lens_computed: str, lens_sparse: str) -> None:
        """Where next to nothing is known, a check neither raises, nor is silent, nor says that all is well."""
        outcomes = self.subject.checks[lens_computed].outcomes
        made = found(lens_computed, case(SPARSE[lens_sparse]), registry=self.subject.registry)
        assert made, "a check that says nothing has not said that all is well"
        assert {outcomes[one.outcome].state for one in made} <= {"open", "concern", "not_applicable"}

    def test_sentences_and_values_fit(self, lens_row: Row) -> None:
        """A sentence is filled in from the values that are given, and no free text of the case is among them."""
        from lens.languages.files import placeholders
        from lens.testing.planted import TOKEN, planted

        outcomes = self.subject.checks[lens_row.check].outcomes
        for one in found(lens_row.check, planted(lens_row.case), lens_row.setting, registry=self.subject.registry):
            assert set(placeholders(outcomes[one.outcome].says)) == set(one.values)
            assert TOKEN not in repr((one.about, one.on, one.values))

    def test_the_same_again(self) -> None:
        """The same cases give the same findings in the same order, whatever Python's hash seed is."""
        if not self.subject.computed:
            return
        arguments = [sys.executable, "-c", _AGAIN, str(self.subject.named), str(self.subject.cases or "")]
        said = {
            subprocess.run(  # noqa: S603 - ourselves, with our own arguments
                arguments, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(said) == 1

    def test_importing_it_is_cheap(self) -> None:
        """The plugin's module imports nothing heavy by itself."""
        from lens.hooks.installed import installed

        for one in installed(lambda *_: None):
            if one.kind == "plugin" and one.distribution in self.subject.distributions:
                arguments = [sys.executable, "-c", _IMPORTS, one.point.value.partition(":")[0].strip()]
                done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 - as above
                end = done.stdout.rpartition(_MARK)
                assert end[1], f"importing {one.point.value} failed:\n{done.stderr}"
                assert set(end[2].split()) & set(HEAVY) == set()


def parameters(subject: Subject, name: str) -> tuple[list[object], list[str]] | None:
    """The values of a parameter of the tests above, and what each is called; None for any other name."""
    if name == "lens_row":
        return list(subject.rows), [str(one) for one in subject.rows]
    known = {"lens_question": subject.questions, "lens_computed": subject.computed, "lens_sparse": list(SPARSE)}
    listed = known.get(name)
    return None if listed is None else (list(listed), list(listed))
