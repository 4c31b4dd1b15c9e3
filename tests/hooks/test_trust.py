"""Who may be let in, whose a name is, and what a policy can and cannot do."""

import json
import time

import pytest

import lens
from lens.checks import CORE_PACKS
from lens.hooks.installed import Rules

PACK = """\
pack: {name}
title: Land rights
owner: somebody
version: "1.0"
license: CC-BY-4.0
questions:
  - id: {name}.mapped
    title: Land is mapped
    component: harm
    verdict: risk
    touches: [AH-2]
    why: Maps show who holds what.
    who: [local_partner]
    options:
      - {{id: ask-elders, do: {do}, effort: days, who: local_partner}}
    change_our_mind: A map.
    sources: [lens-judgement]
    question:
      ask: Is it written down who holds land here?
      good: "yes"
      if_bad: moderate
      if_not_known: moderate
      settles: A dated map.
"""
COMPUTED = """\
pack: land
title: Land rights
owner: somebody
version: "1.0"
license: CC-BY-4.0
checks:
  - id: land.given
    title: Land is given
    component: harm
    verdict: risk
    touches: [AH-2]
    why: It is taken from somebody.
    who: [local_partner]
    options:
      - {id: other-way-round}
    change_our_mind: A map.
    sources: [lens-judgement]
    outcomes:
      given: {state: concern, level: high, says: Land is given.}
"""
GIVEN = """\
import lens
from lens.checks import CORE_PACKS
@lens.check("land.given")
def given(case, setting):
    yield lens.Found(outcome="given")
"""


def pack(name="land", do="Ask the elders."):
    return PACK.format(name=name, do=do)


def both(site):
    """One distribution that gives a pack and the function for its computed check."""
    site.pack("land", pack=COMPUTED)
    (site.folder / "code_of_land.py").write_text(GIVEN)
    (site.folder / "land-1.0.dist-info" / "entry_points.txt").write_text(
        "[lens.packs]\nland = lens_land\n[lens]\nland = code_of_land\n"
    )


@pytest.fixture
def here(site, monkeypatch):
    """What is laid down is seen by this process too. Packs only: nothing of them stays in memory."""
    monkeypatch.syspath_prepend(site.folder)
    return site


def reviewed(registry, **policy):
    from lens.testing.cases import setting

    case = lens.Case(program=lens.Program())
    return lens.review_case(case, registry=registry, as_of="2026-06-01", policy=setting(policy).policy)


def kinds(registry):
    _ = registry.packs
    return {name: one.left_out for name, one in registry.sources.items() if one.kind == "pack"}


@pytest.mark.parametrize(
    ("rules", "left_out"),
    [
        (Rules(), {"land": "", "water": ""}),
        (Rules(block=frozenset({"land"})), {"land": "blocked", "water": ""}),
        (Rules(allow=frozenset({"water"})), {"land": "not on the list of what is allowed", "water": ""}),
        (
            Rules(allow=frozenset()),
            dict.fromkeys(("land", "water"), "not on the list of what is allowed"),
        ),
        (
            Rules(allow=frozenset({"water"}), block=frozenset({"water"})),
            {"land": "not on the list of what is allowed", "water": "blocked"},
        ),
        (Rules(python=False), {"land": "", "water": ""}),
        (Rules(only_core=True), {}),
    ],
    ids=["none", "block", "allow", "allow nothing", "block beats allow", "no Python", "only core"],
)
def test_rules_leave_packs_out_and_say_why(here, rules, left_out):
    here.pack("land", pack=pack())
    here.pack("water", pack=pack("water"))
    registry = lens.Registry(rules)
    assert kinds(registry) == {f"pack:{name}": why for name, why in left_out.items()}
    asked = {name.partition(".")[0] for name in registry.checks}
    assert asked & {"land", "water"} == {name for name, why in left_out.items() if not why}
    assert reviewed(registry).provenance.blocked == tuple(name for name, why in left_out.items() if why)


@pytest.mark.parametrize("rules", [Rules(block=frozenset({"lnad"})), Rules(allow=frozenset({"lnad"}), only_core=True)])
def test_a_name_that_nobody_has_is_an_error(here, rules):
    here.pack("land", pack=pack())
    with pytest.raises(lens.LensError, match=r'There is no plugin or pack "lnad"\. Did you mean "land"\?'):
        _ = lens.Registry(rules).packs


def test_a_pack_that_lens_knows_of_can_be_blocked_before_it_is_there(here):
    assert lens.Registry(Rules(block=frozenset({"ict"}))).packs


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[plugins]\nblock = ["lnad"]\n', 'There is no plugin or pack "lnad"'),
        ('[plugins]\nblok = ["land"]\n', "This name is not known here."),
        ('[plugins]\npython = "perhaps"\n', "This word is not one of the list."),
    ],
)
@pytest.mark.parametrize("by", ["flag", "variable"])
def test_a_policy_with_a_mistake_is_an_error_that_names_it(site, tmp_path, monkeypatch, written, said, by):
    site.pack("land", pack=pack())
    (tmp_path / "agency.toml").write_text(written)
    if by == "variable":
        monkeypatch.setenv("LENS_POLICY", "agency.toml")
    done = site.run("plugins", *(["--policy", "agency.toml"] if by == "flag" else []))
    assert done.returncode == 2
    assert "agency.toml" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("command", [["plugins"], ["checks"], ["pack", "check", "land"], ["explain", "land.mapped"]])
def test_a_policy_that_is_not_there_is_an_error_wherever_plugins_count(site, monkeypatch, command):
    monkeypatch.setenv("LENS_POLICY", "nowhere.toml")
    site.pack("land", pack=pack())
    done = site.run(*command)
    assert done.returncode == 2
    assert "nowhere.toml: There is no such file." in done.stderr
    assert site.run("explain", "RF7").returncode == 0, "what needs no plugin needs no policy"


def test_an_agency_can_forbid_code_and_allow_packs_and_what_is_then_not_asked_is_said(site, tmp_path):
    both(site)
    made = json.loads(site.review("--format", "json", "--output", "-").stdout)
    assert "land.given" in [one["check"] for one in made["findings"] if one["state"] == "concern"]

    (tmp_path / "agency.toml").write_text('[plugins]\npython = "no"\n')
    done = site.review("--format", "json", "--output", "-", "--policy", "agency.toml")
    assert done.returncode == 1, done.stderr
    made = json.loads(done.stdout)
    assert made["not_checked"] == []
    assert [one["check"] for one in made["not_asked"] if one["why"] == "code"] == ["land.given"]
    assert made["provenance"]["blocked"] == ["land"]
    listed = site.run("plugins", "--policy", "agency.toml")
    assert (listed.returncode, "not computed, since its Python is not let in" in listed.stdout) == (0, True)


def test_a_review_records_every_pack_and_plugin_with_version_and_digest(site):
    site.pack("land", pack=pack())
    site.plugin("code", "import lens\n@lens.hookimpl\ndef lens_checks(register): pass\n")
    made = json.loads(site.review("--format", "json", "--output", "-").stdout)
    used = {(one["name"], one["kind"]): one for one in made["provenance"]["used"]}
    assert set(used) == {(name, "core") for name in CORE_PACKS} | {
        ("land", "pack"),
        ("code", "plugin"),
    }
    assert all(one["version"] and len(one["digest"]) == 16 for one in used.values())


def test_a_digest_changes_with_every_file_and_with_where_a_text_stands(here):
    here.pack("land", pack=pack())
    seen = set()
    folder = here.folder / "lens_land"
    for name, text in (("a", ""), ("a", "sources: []\n"), ("b", "sources: []\n"), ("a", "sources: []\n\n")):
        (folder / f"{name}.yaml").write_text(text)
        registry = lens.Registry()
        seen.add(next(one.digest for one, owner in registry.packs if owner == "land"))
        (folder / f"{name}.yaml").unlink()
    assert len(seen) == 4


def faults(registry):
    _ = registry.checks
    return [str((one.owner, one.where, one.what)) for one in registry.faults]


@pytest.mark.parametrize("name", ["harm", "lens", "Harm", "atrocity-lens", "risk"])
def test_a_name_of_the_core_cannot_be_taken(here, name):
    here.pack("land", pack=pack("land"))
    (here.folder / "land-1.0.dist-info" / "entry_points.txt").write_text(f"[lens.packs]\n{name} = lens_land\n")
    (fault,) = faults(lens.Registry())
    assert fault == f"('land', 'pack {name}', 'the name is taken by lens; one of the two must be removed')"


@pytest.mark.parametrize("name", ["a b", "\x1b[31mred", "a" * 100, "../land", "läñd", "pack:land"])
def test_a_name_that_is_none_is_refused(here, name):
    here.pack("land", pack=pack("land"))
    (here.folder / "land-1.0.dist-info" / "entry_points.txt").write_text(f"[lens.packs]\n{name} = lens_land\n")
    found = faults(lens.Registry())
    assert len(found) == 1
    assert "land" in found[0]
    assert "\x1b" not in found[0]


@pytest.mark.parametrize(
    "value", ["lens_land [extra]", "lens_land:thing", "lens_land.sub", "no_such", "json", "a b", "."]
)
def test_an_entry_point_that_leads_to_no_pack_is_named(here, value):
    here.pack("land", pack=pack("land"))
    (here.folder / "land-1.0.dist-info" / "entry_points.txt").write_text(f"[lens.packs]\nland = {value}\n")
    (fault,) = faults(lens.Registry())
    assert "'land'" in fault


def test_two_distributions_with_one_name_for_a_pack_are_both_named_and_one_is_used(here):
    here.pack("land", pack=pack("land"))
    here.pack("other", pack=pack("land"))
    (here.folder / "other-1.0.dist-info" / "entry_points.txt").write_text("[lens.packs]\nland = lens_other\n")
    registry = lens.Registry()
    (fault,) = faults(registry)
    assert fault == "('other', 'pack land', 'the name is taken by land; one of the two must be removed')"
    assert "land.mapped" in registry.checks


def test_code_cannot_take_the_name_of_the_pack_of_another_distribution(site):
    site.pack("land", pack=COMPUTED)
    site.plugin("aaa", GIVEN)
    (site.folder / "aaa-1.0.dist-info" / "entry_points.txt").write_text("[lens]\nland = aaa\n")
    listed = site.run("plugins")
    assert "aaa: plugin land: the name is taken by land" in listed.stdout
    assert "land: land.given: it has no function" in listed.stdout


def test_a_pack_that_lens_knows_of_belongs_to_its_own_distribution(here):
    here.pack("ict", pack=pack("ict"))
    registry = lens.Registry()
    (fault,) = faults(registry)
    assert fault == "('ict', 'pack ict', 'the name is taken by atrocity-lens-ict; one of the two must be removed')"
    assert "ict" in [one.name for one in reviewed(registry).packs_missing], "what poses as a pack hides no gap"


def test_whoever_is_called_as_an_allowed_distribution_does_not_get_in_by_that(here):
    here.pack("good", pack=pack("good"))
    here.pack("evil", pack=pack("good"))
    (here.folder / "good-1.0.dist-info" / "entry_points.txt").write_text("[lens.packs]\nwells = lens_good\n")
    (here.folder / "evil-1.0.dist-info" / "entry_points.txt").write_text("[lens.packs]\ngood = lens_evil\n")
    found = faults(lens.Registry(Rules(allow=frozenset({"good"}))))
    assert "('evil', 'pack good', 'the name is taken by good; one of the two must be removed')" in found


def test_a_distribution_without_metadata_is_called_by_its_folder(here):
    here.pack("land", pack="")
    (here.folder / "land-1.0.dist-info" / "METADATA").unlink()
    registry = lens.Registry()
    _ = registry.packs
    assert registry.sources["pack:land"].distribution == "land-1.0.dist-info"


def test_of_two_copies_of_a_distribution_the_same_one_is_read_each_time(here):
    here.pack("land", pack=pack("land"))
    for version in ("0.9", "2.0"):
        info = here.folder / f"land-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: land\nVersion: {version}\n")
        (info / "entry_points.txt").write_text("[lens.packs]\nland = lens_land\n")
    registry = lens.Registry()
    _ = registry.packs
    assert (registry.sources["pack:land"].version, registry.faults) == ("0.9", [])


def folder(tmp_path, name="lens_land", text=None):
    place = tmp_path / name
    place.mkdir()
    if text is not None:
        (place / "pack.yaml").write_text(text)
    return place


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "There is no pack.yaml in this folder."),
        ("", "The pack has no name."),
        ("pack: [a, b]\n", "The pack has no name."),
        ("pack: harm\n", "harm is the name of a pack of the core"),
        ("pack: *x\n", "References"),
    ],
)
def test_a_folder_that_holds_no_pack_is_an_error(tmp_path, text, said):
    place = folder(tmp_path, text=text)
    with pytest.raises(lens.LensError, match=said.replace("(", ".").replace("*", ".")):
        _ = lens.Registry(packs=[place]).packs


@pytest.mark.parametrize("named", ["pack.yaml", "nowhere", ""])
def test_pack_names_a_folder_that_is_there(site, tmp_path, named):
    (tmp_path / "pack.yaml").write_text(pack())
    done = site.run("checks", "--pack", named)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_same_folder_twice_is_one_pack_and_two_of_one_name_are_an_error(tmp_path):
    one, other = folder(tmp_path, "one", pack()), folder(tmp_path, "other", pack())
    assert "land.mapped" in lens.Registry(packs=[one, one]).checks
    with pytest.raises(lens.LensError, match="Two folders hold a pack called land"):
        _ = lens.Registry(packs=[one, other]).packs


@pytest.mark.parametrize("rules", [Rules(block=frozenset({"land"})), Rules(allow=frozenset({"ict"}))])
def test_a_folder_does_not_get_round_what_a_policy_lets_in(tmp_path, rules):
    with pytest.raises(lens.LensError, match=r"The pack land .* may not be used"):
        _ = lens.Registry(rules, packs=[folder(tmp_path, text=pack())]).packs


def test_a_folder_takes_the_place_of_the_same_pack_installed_and_its_functions_serve_it(site, tmp_path):
    both(site)
    place = folder(tmp_path, "draft", COMPUTED.replace("title: Land is given", "title: Land is handed out"))
    done = site.run("checks", "--pack", str(place))
    assert done.returncode == 0, done.stderr
    assert "Land is handed out" in done.stdout
    assert "Land is given" not in done.stdout


def test_two_packs_that_disagree_both_speak(here):
    here.pack("land", pack=pack("land", "Ask the elders."))
    here.pack("water", pack=pack("water", "Ask no elder."))
    policy = {"levels": [{"check": "water.mapped", "level": "minor", "reason": "why"}]}
    registry = lens.Registry()
    from lens.cases import Answer, Answers

    answers = tuple(Answer(question=f"{one}.mapped", answer="no", by="officer") for one in ("land", "water"))
    from lens.testing.cases import setting

    case = lens.Case(program=lens.Program(), answers=Answers(answers=answers))
    made = lens.review_case(case, registry=registry, as_of="2026-06-01", policy=setting(policy).policy)
    found = {one.check: (one.state, one.level) for one in made.findings if one.check.endswith(".mapped")}
    assert found == {"land.mapped": ("concern", "moderate"), "water.mapped": ("concern", "minor")}
    told = {one.do for one in made.actions if one.option == "ask-elders"}
    assert told == {"Ask the elders.", "Ask no elder."}


@pytest.mark.parametrize("check", ["harm.reaches-force", "harm.hrddp-asked"])
def test_a_floored_check_is_asked_though_a_policy_switches_it_off(check):
    registry = lens.Registry(only_core=True)
    floored = sorted(name for name, one in registry.checks.items() if one.check.is_floored)
    check = check if check in registry.checks else floored[0]
    assert registry.checks[check].check.is_floored
    made = reviewed(registry, off=[{"check": check, "reason": "we would rather not"}])
    assert check in [one.check for one in made.findings]
    assert made.provenance.policy_refused == (check,)
    assert made.provenance.policy_off == ()


def test_no_floored_check_can_be_lowered_and_each_attempt_is_told():
    registry = lens.Registry(only_core=True)
    plain = {one.fingerprint: one.level for one in reviewed(registry).findings}
    floored = [name for name, one in registry.checks.items() if one.check.is_floored]
    changes = [{"check": name, "level": "minor", "reason": "we would rather not"} for name in floored]
    made = reviewed(registry, levels=changes)
    assert {one.fingerprint: one.level for one in made.findings} == plain
    lowest = {name for name in floored if _only_minor(registry.checks[name].check)}
    assert set(made.provenance.policy_refused) == set(floored) - lowest


def _only_minor(check):
    from lens.reviews.provenance import _gravest

    return _gravest(check) == "minor"


def test_a_level_stays_at_the_floor_and_the_report_says_that_it_was_moved(here):
    here.pack("land", pack=pack())
    made = reviewed(
        lens.Registry(), floor="moderate", levels=[{"check": "land.mapped", "level": "minor", "reason": "why"}]
    )
    assert [one.level for one in made.findings if one.check == "land.mapped"] == ["moderate"]
    assert made.provenance.policy_changes == ("land.mapped",)


def test_what_a_policy_says_of_a_check_that_is_not_there_is_not_checked():
    made = reviewed(lens.Registry(only_core=True), off=[{"check": "land.nowhere", "reason": "why"}])
    assert [(one.owner, one.where, one.what) for one in made.not_checked] == [
        ("policy", "land.nowhere", "no-such-check")
    ]
    assert made.incomplete


def test_three_hundred_distributions_beside_it_take_no_time_to_speak_of(here):
    def seconds():
        begun = time.perf_counter()
        _ = lens.Registry()._installed
        return time.perf_counter() - begun

    def more(count, start):
        for number in range(start, start + count):
            info = here.folder / f"beside_{number}-1.0.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: beside-{number}\nVersion: 1.0\n" + "x" * 9000)
            (info / "entry_points.txt").write_text("[console_scripts]\nbeside = beside:main\n")

    more(300, 0)
    few = min(seconds() for _ in range(3))
    more(900, 300)
    many = min(seconds() for _ in range(3))
    assert few < 0.5
    assert many < 10 * few, "four times as many take about four times as long"
