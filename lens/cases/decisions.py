"""What was decided about findings, and where escalating signs were sent."""

from __future__ import annotations

from lens.cases.fields import Day, Fingerprint, internal, public, record
from lens.words import Decision, RiskState, YesNo


@record
class Disposition:
    """What a role decided about one finding, why, who approved it, and until when it holds."""

    finding: Fingerprint = internal(help="The finding's fingerprint, as printed beside it in the report.")
    decision: Decision = public(help="accept, mitigate, redesign, suspend, stop or dispute.")
    reason: str = internal(help="Why.")
    owner: str = internal(help="The role that answers for it; no names.")
    approvers: tuple[str, ...] = internal(help="Roles that approved: not the owner; two for escalating findings.")
    on: Day = public(band="day", help="The day of the decision.")
    until: Day = public(band="day", help="The last day it holds.")
    measure: str = internal(default="", help="What will be done, for mitigate and redesign.")
    loses_protection: str = internal(
        default="", help="Who loses protection, witness or income; needed for suspend and stop."
    )


@record
class Step:
    """One step of an escalation: which role, on which day."""

    role: str = internal(help="The role; no names.")
    on: Day = public(band="day", help="The day.")
    note: str = internal(default="", help="What was said or decided.")


@record
class Escalation:
    """Where an escalating sign was sent, who took note, what was decided."""

    finding: Fingerprint = internal(help="The finding's fingerprint.")
    sent: Step = internal(help="To whom it went, and when.")
    answer_due: Day = public(band="day", help="The day by which an answer is due.")
    acknowledged: Step | None = internal(default=None, help="Who took note, and when.")
    decided: Step | None = internal(default=None, help="Who decided, and when.")
    until: Day | None = public(
        default=None, band="day", help="The last day this record holds; 90 days after sending if empty."
    )
    state: RiskState | None = public(default=None, help="The state of the sign when it was sent.")
    second_route: YesNo = public(default="no", help="Whether it went by the second route.")
    loses_protection: str = internal(
        default="", help="Who loses protection, witness or income if we withhold or leave."
    )


@record
class Decisions:
    """All dispositions and escalations of one program."""

    dispositions: tuple[Disposition, ...] = public(default=(), help="Decisions about findings.")
    escalations: tuple[Escalation, ...] = public(default=(), help="Escalation records.")
