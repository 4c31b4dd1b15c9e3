"""A review in the reader's language: what it holds of checks and catalog is English, and is put over here, once.

The JSON form is not: a saved review is the record, and can be told again in any language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lens.languages.english import check_in, remedy_in

if TYPE_CHECKING:
    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language
    from lens.reviews.model import Action, PackMissing, Review


def in_language(given: ReportInput) -> ReportInput:
    """What a renderer is handed, with the texts of checks and catalog in its language."""
    t = given.language
    if t.is_source:
        return given
    told = {one.check for one in given.review.findings}
    checks = {name: check_in(one, t) if name in told else one for name, one in given.checks.items()}
    return replace(given, checks=checks, review=review_in(given.review, t))


def review_in(review: Review, t: Language) -> Review:
    """A review with the titles of checks, what can be done and the names of the catalog in a language."""
    if t.is_source:
        return review
    local = t.opening(t.text("one.local-inhibitor"))

    def title(check: str, english: str) -> str:
        return t.of("checks", check, "title", english)

    def name(item: str, english: str) -> str:
        return local if item.startswith("local:") else t.of("catalog", item, "name", english)

    columns = tuple(replace(one, name=name(one.id, one.name)) for one in review.matrix.columns)
    return replace(
        review,
        findings=tuple(replace(one, title=title(one.check, one.title)) for one in review.findings),
        actions=tuple(_action(one, t) for one in review.actions),
        matrix=replace(review.matrix, columns=columns),
        context=tuple(replace(one, name=name(one.about, one.name)) for one in review.context),
        packs_missing=tuple(_pack(one, t) for one in review.packs_missing),
        not_asked=tuple(replace(one, title=title(one.check, one.title)) for one in review.not_asked),
    )


def _pack(pack: PackMissing, t: Language) -> PackMissing:
    title, asks = t.of("catalog", pack.name, "title", pack.title), t.of("catalog", pack.name, "asks", pack.asks)
    return replace(pack, title=title, asks=asks)


def _action(action: Action, t: Language) -> Action:
    """What to do, as the frame has it for what lens proposes itself, else as the catalog or the first check has it."""
    if t.has(f"action.{action.option}"):
        return replace(action, do=t.text(f"action.{action.option}"))
    if action.option.startswith("find-out-"):
        role = action.option.removeprefix("find-out-").replace("-", "_")
        return replace(action, do=t.text("action.find-out", role=t.word("role", role)))
    return replace(action, do=remedy_in(action.checks[0], action.option, action.do, t)) if action.checks else action
