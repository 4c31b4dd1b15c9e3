"""What a publisher says of results, documents, gender and local bodies; for most of it, most say nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens.cases.case import factor_of
from lens.checks.computed.published_reading import around, exactly, published
from lens.checks.marks import check
from lens.checks.period import period_of
from lens.checks.reading import found, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Case
    from lens.checks.computed.published_reading import Around
    from lens.checks.model import Found
    from lens.checks.setting import Setting

LONG = timedelta(days=365)
"""After so long, results can be expected."""

TO_READ = {"A01": "appraisal", "A04": "conditions", "A07": "evaluation", "A08": "results", "A09": "agreement"}
"""Categories of documents in which risks can stand, and what they are."""

AGAINST_WOMEN = ("RF7.9", "RF10.4", "RF10.5")
"""What is aimed at women and children first."""

LOCAL_KINDS = frozenset({"local_organization", "women_led_organization", "customary_body", "religious_body"})
NOT_LOCAL_KINDS = frozenset({"international_ngo", "multilateral", "bilateral_donor", "contractor", "company"})


@check("published.results")
def results(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether results are published once they can be expected, with figures for women and men."""
    said = published(case)
    if said.disaggregated_by_sex:
        yield found("by-sex", on="INH8", count=said.disaggregated_by_sex, all=said.indicators)
    elif said.results:
        yield found("not-by-sex", on="INH8", count=said.results)
    elif case.program.start is not None and setting.as_of - case.program.start < LONG and not _over(case, setting):
        yield found("too-early", on="AH-10")
    else:
        yield found("none-after-end" if _over(case, setting) else "not-published", on="AH-10")


def _over(case: Case, setting: Setting) -> bool:
    period = period_of(case.program, setting.as_of)
    return period is not None and period.is_over


@check("published.documents")
def documents(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether a document is published in which risks can stand; none is read here."""
    said = published(case)
    there = words(name for code, name in TO_READ.items() if code in said.document_kinds)
    if there:
        yield found("to-read", kinds=there)
    elif said.documents:
        yield found("others", count=said.documents)
    else:
        yield found("not-published")


@check("published.gender")
def gender(case: Case, setting: Setting) -> Iterator[Found]:
    """What the gender marker says: screened and not aimed at is a statement, and no marker is none."""
    marks = [one for one in published(case).markers if one.code == "1" and one.vocabulary == "1"]
    said = [one.significance for one in marks if one.significance is not None]
    if not marks:
        yield found("not-published", on="INH8")
    elif not said:
        yield found("no-significance", on="INH8")
    elif max(said) != "0":
        yield found("an-aim", on="INH8", significance=int(max(said)))
    else:
        yield _no_aim(around(case, setting))


def _no_aim(seen: Around) -> Found:
    """Gender equality is no aim: what that means depends on what is in play there."""
    if meets := exactly(AGAINST_WOMEN, seen.played):
        return found("no-aim-in-play", on="INH8", factors=words(meets))
    settled = not seen.unsaid and {factor_of(one) for one in AGAINST_WOMEN} <= seen.not_seen
    return found("no-aim-not-seen" if settled else "no-aim", on="INH8")


@check("published.local")
def local(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether local or women-led bodies do the work or receive, as far as kinds are published."""
    those = [one for one in case.program.partners if one.role in ("implementing", "recipient")]
    own = sum(one.local == "yes" or one.women_led == "yes" or one.kind in LOCAL_KINDS for one in those)
    open_ = sum(one.local == "not_known" and one.kind not in LOCAL_KINDS | NOT_LOCAL_KINDS for one in those)
    if not those:
        yield found("not-published", on="INH10")
    elif own:
        yield found("local", on="INH10", count=own, all=len(those))
    elif open_:
        yield found("not-known", on="INH10", count=open_, all=len(those))
    else:
        yield found("none-local", on="INH10", count=len(those))
