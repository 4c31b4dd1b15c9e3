"""A small case in a folder, and an officer who answers each prompt the same way however often it is asked."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from lens.cases.policy import Policy
from lens.hooks.registry import Registry
from lens.interview import Interview, Store
from lens.languages.language import language
from lens.readers.case_files import read_case

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 15)
REGISTRY = Registry(only_core=True)
WORDS = ("yes", "no", "partly", "not known", "not applicable", "known, not safe to record")


@pytest.fixture
def folder(tmp_path):
    shutil.copy(ROOT / "tests" / "fixtures" / "case" / "program.yaml", tmp_path)
    return tmp_path


def begin(folder, lang="en", **options):
    store = Store(folder / "answers-interview.yaml")
    read = read_case([folder], REGISTRY)
    settings = {"policy": Policy(), "as_of": TODAY, "depth": "first-look", **options}
    return Interview(read.case, REGISTRY, store, language(lang), **settings)


@pytest.fixture
def start(folder):
    def make(lang="en", **options):
        return begin(folder, lang, **options)

    return make


FIELDS = {
    "on": "2026-11-01",
    "ref": "Note 4: x # y - {z}",
    "held_elsewhere": "liaison",
    "checked_by": "adviser",
    "note": "it shows « that »",
    "who": "women of the market",
    "how": "in a home",
    "said": "it is *quiet*",
    "asked": "yes",
    "kind": "8",
    "reason": "It has none.",
    "dissent": "the livelihoods officer",
}


class Officer:
    """Answers by what is asked, never by how often: so a crash in between changes nothing of what is meant."""

    def __init__(self, interview):
        self.interview = interview

    def reply(self, prompt):
        number = sum(ord(sign) for sign in prompt.question)
        if prompt.step == "by-first":
            return "program officer"
        if prompt.step == "word":
            return WORDS[number % len(WORDS)]
        if prompt.step.startswith("follow:"):
            return "no"
        answer = self.interview.store.answer_to((prompt.question, prompt.about))
        if prompt.step == "more":
            if not answer.evidence and answer.answer != "not_applicable":
                return "1"
            if answer.affected is None and number % 2:
                return "2"
            return "3" if not answer.dissent and number % 3 else ""
        return FIELDS[prompt.step.split(":")[-1]]

    def finish(self, most=10_000):
        for _ in range(most):
            prompt = self.interview.prompt()
            if prompt is None:
                return self.interview
            self.interview.hear(self.reply(prompt))
        raise AssertionError("it does not end")


@pytest.fixture
def officer():
    return Officer
