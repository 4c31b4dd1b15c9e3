"""A check that data can answer: which activities hand out fuel, and to what end nobody says."""

from collections.abc import Iterator

import lens

FUEL = lens.Check(
    id="logistics.fuel",
    title="Fuel",
    component="harm",
    verdict="risk",
    touches=("AH-3", "RF5.2"),
    why="Fuel can move whoever gets hold of it.",
    how="It looks at what each activity provides.",
    limits="It sees what is written down.",
    who=("procurement", "local_partner"),
    options=(
        lens.Option(id="vouchers", do="Give vouchers at a pump instead of fuel.", effort="days", who="procurement"),
    ),
    change_our_mind="A count shows where every liter went.",
    sources=("lens-judgement",),
    outcomes={
        "fuel": lens.Outcome(state="concern", level="moderate", says="Fuel is handed out."),
        "none": lens.Outcome(state="nothing_seen", says="The activity says what it provides, and fuel is not in it."),
        "unknown": lens.Outcome(state="open", because="not_known", level="moderate", says="Nobody says what is given."),
    },
)


@lens.check(FUEL)
def fuel(case: lens.Case, setting: lens.Setting) -> Iterator[lens.Found]:
    """One finding for each activity; where nothing is said, that is the finding."""
    if not case.program.activities:
        yield lens.Found(outcome="unknown", on="AH-3")
    for activity in case.program.activities:
        given = {one.what for one in activity.provides}
        outcome = "fuel" if "fuel" in given else "none" if given else "unknown"
        yield lens.Found(outcome=outcome, about=activity.id, on="AH-3")
