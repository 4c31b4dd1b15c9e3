"""Inhibitors: how much of the budget reaches local and women-led bodies directly. A fact, with no threshold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lens.checks.marks import check
from lens.checks.reading import found, unasked, words
from lens.words import FORCE_KINDS, LOCAL_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.cases import Budget, Case, Partner
    from lens.checks.model import Found
    from lens.checks.setting import Setting

    Sums = dict[tuple[str, str], Decimal]

HUNDRED = Decimal(100)
_STATE_KINDS = frozenset({"ministry", "local_authority", "justice_institution", "oversight_body", "bilateral_donor"})


def is_women_led(partner: Partner) -> bool:
    """Whether a body is led by women."""
    return partner.kind == "women_led_organization" or partner.women_led == "yes"


def is_local(partner: Partner) -> bool:
    """Whether a body is of the place and answers to people there."""
    if partner.kind in FORCE_KINDS or partner.kind in _STATE_KINDS:
        return False  # near to people, perhaps; not theirs
    return partner.kind in LOCAL_KINDS or partner.local == "yes"


@check("inhibitors.local-share")
def local_share(case: Case, setting: Setting) -> Iterator[Found]:
    """What reaches local bodies directly, in each currency and kind of money apart."""
    partners = case.program.partners
    local = [one for one in partners if is_local(one)]
    paid = [one for one in local if one.direct_funding is not None and one.direct_funding.amount > 0]
    if not partners or (case.is_published and not paid):
        yield unasked(case)
    elif not local:
        unclear = any(one.kind == "not_known" or one.local == "not_known" for one in partners)
        yield found("not-known" if unclear else "no-local", count=len(partners))
    elif not paid:
        yield found("none-direct", count=len(local))
    else:
        yield _reported(case, local, paid)


def _reported(case: Case, local: list[Partner], paid: list[Partner]) -> Found:
    count, whole = len(local), budget_of(case)
    shares = _shares(paid, whole)
    if not shares:
        return found("no-total", count=count, paid=len(paid))
    led = [one for one in paid if is_women_led(one)]
    led_shares = _shares(led, whole) or "none"
    return found("reported", count=count, paid=len(paid), shares=shares, women=len(led), women_shares=led_shares)


def budget_of(case: Case) -> Sums:
    """The program's money by currency and kind; where only its activities have any, theirs."""
    own = _sums(case.program.budgets)
    return own or _sums(budget for one in case.program.activities for budget in one.budgets)


def _sums(budgets: Iterable[Budget]) -> Sums:
    """Sums by currency and kind. Money of which the currency is not stated cannot be added to anything."""
    made: Sums = {}
    for one in budgets:
        if one.currency:
            key = (one.currency, one.kind)
            made[key] = made.get(key, Decimal(0)) + one.amount
    return made


def _shares(partners: Iterable[Partner], whole: Sums) -> str:
    """Percentages by currency and kind, where the whole is known in that currency and kind."""
    direct = _sums(one.direct_funding for one in partners if one.direct_funding is not None)
    return words(
        f"{int((amount * HUNDRED / whole[key]).to_integral_value())} percent of {key[1]} {key[0]}"
        for key, amount in direct.items()
        if whole.get(key, Decimal(0)) > 0
    )
