"""Every source that is cited is known, and every source that is known is used."""

from lens import catalog
from lens.checks.raw import raw_checks

# What the list of countries was made from; that file is plain rows and cannot name it.
CITED_ELSEWHERE = {"iso-3166"}


def cited_by_catalog():
    of_entries = {source for kind in catalog.KINDS for one in catalog.items(kind).values() for source in one.sources}
    return of_entries | set(catalog._file("sectors.yaml")["source"])


def cited_by_checks():
    found = set()
    for raw in raw_checks().values():
        found.update(raw["sources"], [raw["case"]["source"]] if raw.get("case") else [])
    return found


def test_every_source_cited_is_known():
    known = set(catalog.items("source"))
    assert sorted(cited_by_catalog() - known) == []
    assert sorted(cited_by_checks() - known) == []


def test_every_source_is_used():
    assert sorted(set(catalog.items("source")) - cited_by_catalog() - cited_by_checks() - CITED_ELSEWHERE) == []


def test_a_source_says_what_is_taken_from_it_and_of_what_weight_it_is():
    for name, one in catalog.items("source").items():
        assert str(one.more.get("what") or "").strip(), name
        assert one.certainty or one.status == "judgement", name
    weak = {name for name, one in catalog.items("source").items() if one.certainty == "low"}
    assert weak == {"dalessandra-whidden", "practitioners-digest-2025"}


def test_no_check_rests_on_a_weak_source_alone():
    weak = {name for name, one in catalog.items("source").items() if one.certainty == "low"}
    assert [name for name, raw in raw_checks().items() if set(raw["sources"]) <= weak] == []
