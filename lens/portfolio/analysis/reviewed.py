"""Which part of a portfolio was reviewed, at which depth, and what never was. Double standards show here."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from lens.portfolio.analysis.shares import percent
from lens.portfolio.analysis.small_cells import WHY_WITHHELD
from lens.portfolio.analysis.sums import AMOUNT, CURRENCY, KIND
from lens.portfolio.analysis.tables import Column
from lens.portfolio.runs import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.portfolio.analysis.finished import Finished, Row
    from lens.portfolio.analysis.tables import Table
    from lens.portfolio.runs.runfile import Functions
    from lens.reviews.model import Review

DEPTHS = {
    "full": "Reviewed in full.",
    "first-look": "A first look was taken.",
    "screened only": "Screened from published data only: never reviewed by anybody, as far as the given reviews tell.",
}

_NEVER = "screened only"

_BY: dict[str, tuple[str, str]] = {
    # What a program counts under, and what money does: a program is in all its countries, money in one.
    "all": (
        "select id as program, '' as value from programs",
        "select program, '' as value, kind, currency, amount from allocated",
    ),
    "donor": (
        "select id as program, donor as value from programs",
        """select a.program, p.donor as value, kind, currency, amount
           from allocated a join programs p on p.id = a.program""",
    ),
    "country": (
        """select id as program, coalesce(country, 'none published') as value
           from programs p left join program_places c on c.program = p.id""",
        """select program, case place_kind when 'country' then place else place_kind end as value, kind, currency,
             amount from allocated""",
    ),
    "scrutiny": (
        """select id as program, coalesce((
             select case when sum(scrutiny = 'high') then 'high' when sum(scrutiny = 'medium') then 'medium'
               when sum(scrutiny = 'triage') then 'triage' end
             from program_sectors x join sector_map s on s.code = x.code and s.judged = 1 where x.program = p.id),
             'not judged') as value from programs p""",
        """select program, case when s.judged = 1 then s.scrutiny else 'not judged' end as value, kind, currency, amount
           from allocated a left join sector_map s on a.sector_kind = 'dac' and s.code = a.sector""",
    ),
}
_WHAT = (
    Column("by", "code", "all, donor, country or scrutiny: what the programs are told apart by."),
    Column(
        "value",
        "code",
        "Which donor, country or scrutiny of the sector: high calls for due diligence always. A program counts in each "
        "of its countries, and under the most demanding of its sectors.",
    ),
    Column("depth", "code", " ".join(f"{name}: {text}" for name, text in DEPTHS.items())),
)


class Reviewed:
    """Saved reviews matched to the programs of a run."""

    def __init__(self, run: Finished, reviews: Iterable[Review]) -> None:
        self._run = run
        self._depths: dict[int, str] = {}
        self.given = self.unnamed = self.unmatched = 0
        for review in reviews:
            self.given += 1
            self._match(review)

    def _match(self, review: Review) -> None:
        identifier = " ".join(review.program.id.split())
        if not identifier:
            self.unnamed += 1
            return
        found = next(
            self._run.rows(
                "select min(m.program) from records r join members m on m.record = r.id where r.identifier = ?",
                identifier,
            )
        )[0]
        if found is None:
            self.unmatched += 1
        elif self._depths.get(found) != "full":
            self._depths[found] = review.depth

    @property
    def _functions(self) -> Functions:
        return {"depth_of": (1, lambda program: self._depths.get(program, _NEVER))}

    @property
    def _ways(self) -> Iterable[tuple[str, tuple[str, str]]]:
        """What programs are told apart by: nothing where none was reviewed, since it is so of every part of them.

        Nothing in public either where few were: what remains of the parts would tell which.
        """
        fewest = 1 if self._run.is_closed else self._run.fewest
        return _BY.items() if len(self._depths) >= fewest else (("all", _BY["all"]),)

    @property
    def _why(self) -> str:
        return f"fewer than {self._run.fewest}, none, or with another cell"

    def _counts(self, by: str) -> Counter[tuple[str, str]]:
        """Programs by what they are told apart by, and depth."""
        counts: Counter[tuple[str, str]] = Counter()
        for value, depth, programs in self._run.rows(
            f"select value, depth_of(program), count(distinct program) from ({_BY[by][0]}) group by 1, 2",  # noqa: S608
            functions=self._functions,
        ):
            counts[value, depth] = programs
        return counts

    def _few(self, counts: Counter[tuple[str, str]], known: Iterable[str] = ()) -> set[str]:
        """Of which donors, countries and so on it is not told in public how deep anybody looked.

        Where few programs were reviewed it could be told which: that can put those who work on them in danger. Where
        none was is withheld alike, or what is withheld would say where a review is. What is shown can be subtracted
        from all together: where too little is left that was not reviewed, more goes with it.
        """
        if self._run.is_closed or not self._depths:
            return set()
        values, fewest = {value for value, _ in counts}, self._run.fewest
        looked = {value: [counts[value, depth] for depth in DEPTHS if depth != _NEVER] for value in values}
        few = {
            value for value in values if max(looked[value]) < fewest or any(0 < one < fewest for one in looked[value])
        }
        few |= values.intersection(known)
        order = sorted(values - few, key=lambda value: (sum(looked[value]), counts[value, _NEVER], value))
        for value in order:
            if not few or (len(few) > 1 and sum(counts[one, _NEVER] for one in few) >= fewest):
                break
            few.add(value)
        return few

    def matching(self) -> Table:
        """How many reviews were given, and which could not be matched."""

        def made() -> Iterator[Row]:
            yield "given", "Saved reviews that were named.", self.given
            yield "without-identifier", "Made for an audience that sees no identifiers: not matched.", self.unnamed
            yield "not-in-run", "Of programs that are not in this run.", self.unmatched
            yield "programs-reviewed", "Programs of this run that a review was matched to.", len(self._depths)
            faults = next(self._run.rows("select count(*) from faults"))[0]
            yield "not-read", "Records, or rests of files, that could not be read: not even screened.", faults

        return self._run.table(
            "reviews_matched",
            "Saved reviews and this run",
            "What was reviewed elsewhere, or not saved, is not seen here.",
            (
                Column("item", "code", "What is counted."),
                Column("meaning", "text", "What that is."),
                Column("number", "count", "How many."),
            ),
            made,
        )

    def programs(self) -> Table:
        """Programs by depth of review."""

        def made() -> Iterator[Row]:
            for by, _ in self._ways:
                counts = self._counts(by)
                few = self._few(counts) if by != "all" else set()
                for value in sorted({value for value, _ in counts}):
                    whole = sum(counts[value, depth] for depth in DEPTHS)
                    for depth in DEPTHS:
                        count = counts[value, depth]
                        told = (None, None, self._why) if value in few else (count, percent(count, whole), "")
                        yield by, value, depth, *told

        return self._run.table(
            "reviewed",
            "What was reviewed, and what never was",
            "In order of codes. It tells where people looked, not where they should have: the same depth is not called "
            "for everywhere. Where no program was reviewed that is told once, and not for each donor and country; in "
            "public also where few were.",
            (
                *_WHAT,
                Column("programs", "count", "Programs."),
                Column("percent", "percent", "Of the programs of that value; 0 and 100 only where exact."),
                WHY_WITHHELD,
            ),
            made,
        )

    def money(self) -> Table:
        """Counted money by depth of review."""

        def made() -> Iterator[Row]:
            for by, (_, sql) in self._ways:
                sums: dict[tuple[str, str], dict[tuple[str, str], Decimal]] = {}
                counts: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
                for value, kind, currency, depth, amount, programs in self._run.rows(
                    f"""select value, kind, currency, depth_of(program), exact_sum(amount), count(distinct program)
                        from ({sql}) group by 1, 2, 3, 4""",  # noqa: S608 - names of ours
                    functions=self._functions,
                ):
                    sums.setdefault((kind, currency), {})[value, depth] = Decimal(amount)
                    counts.setdefault((kind, currency), Counter())[value, depth] = programs
                known = self._few(self._counts(by)) if by != "all" else set()
                few = {key: self._few(found, known) for key, found in counts.items()}
                keys = sorted((value, *key) for key, found in sums.items() for value in {value for value, _ in found})
                for value, *key in keys:
                    found = sums[key[0], key[1]]
                    parts = [found.get((value, depth), Decimal(0)) for depth in DEPTHS]
                    for depth, part in zip(DEPTHS, parts, strict=True):
                        share = percent(part, exact.total(parts))
                        told = (None, None, self._why) if value in few[key[0], key[1]] else (part, share, "")
                        yield by, value, depth, *key, *told

        return self._run.table(
            "reviewed_money",
            "Money of what was reviewed, and of what never was",
            "By where and what for the money is; `not_allocable` and `not_published` as in the tables of money.",
            (
                *_WHAT,
                *(KIND, CURRENCY),
                AMOUNT,
                Column("percent", "percent", "Of the money of that value, kind and currency."),
                WHY_WITHHELD,
            ),
            made,
        )
