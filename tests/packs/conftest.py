"""A pack in a folder, made from one that has no fault by changing one thing in it."""

import copy

import pytest
import yaml

QUESTION = {
    "id": "land.mapped",
    "title": "Land is mapped",
    "component": "harm",
    "verdict": "risk",
    "order": "600",
    "stages": ["design"],
    "applies": {"any": [{"provides": ["land_or_housing"]}]},
    "touches": ["AH-2"],
    "why": "A map shows who holds what.",
    "how": "It looks for a map.",
    "limits": "It cannot see copies.",
    "who": ["local_partner"],
    "options": [
        {"id": "land.ask", "do": "", "effort": "days", "who": "local_partner"},
        {"id": "other-way-round"},
    ],
    "others": ["the registry"],
    "change_our_mind": "A newer map.",
    "sources": ["land.book"],
    "question": {
        "ask": "Is it written down who holds land here?",
        "help": "Maps of any kind count.",
        "good": "yes",
        "if_bad": "moderate",
        "if_not_known": "moderate",
        "settles": "A dated map.",
        "hold_safely": "Keep no map.",
        "documents": ["agreements"],
        "minutes": "10",
        "examples": {
            "concern": {"tells": "There is none.", "answer": "no", "evidence": "community"},
            "addressed": {"tells": "There is one.", "answer": "yes", "evidence": "program_document"},
        },
    },
}
COMPUTED = {
    **{name: value for name, value in QUESTION.items() if name != "question"},
    "id": "land.given",
    "outcomes": {
        "given": {"state": "concern", "level": "high", "says": "Land is given to {count}."},
        "unknown": {"state": "open", "because": "not_known", "level": "moderate", "says": "It is not said."},
    },
}
PACK = {
    "pack": "land",
    "title": "Land rights",
    "owner": "A body, and a role in it",
    "version": "1.0",
    "license": "CC-BY-4.0",
    "sources": [{"id": "land.book", "title": "A book", "what": "That maps matter.", "status": "recalled"}],
    "remedies": [{"id": "land.ask", "do": "Ask the elders.", "effort": "days", "who": "local_partner"}],
    "questions": [QUESTION],
}


def changed(path, value, pack=None):
    """A pack with the value at a path such as `questions.0.why` replaced; None takes it away."""
    made = copy.deepcopy(pack or PACK)
    at = made
    *way, last = (int(one) if one.isdigit() else one for one in path.split("."))
    for step in way:
        at = at[step]
    if value is None:
        at.pop(last)
    else:
        at[last] = value
    return made


class Plain(yaml.SafeDumper):
    """What stands in two places is written twice."""

    def ignore_aliases(self, data):
        return True


class Write:
    """Write a pack, and other files beside it, into a folder; and the pack that all others are made of."""

    PACK = PACK
    QUESTION = QUESTION
    COMPUTED = COMPUTED
    changed = staticmethod(changed)

    def __init__(self, home):
        self.home = home

    def __call__(self, pack, **others):
        folder = self.home / "lens_land"
        folder.mkdir(exist_ok=True)
        if pack is not None:
            text = pack if isinstance(pack, str) else yaml.dump(pack, Dumper=Plain, sort_keys=False, allow_unicode=True)
            (folder / "pack.yaml").write_text(text)
        for name, text in others.items():
            (folder / f"{name.replace('__', '.')}.yaml").write_text(text)
        return folder


@pytest.fixture
def write(tmp_path):
    return Write(tmp_path)
