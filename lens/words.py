"""Every closed list of words that lens knows, in one place, each with its meaning.

The `Literal` types serve the type checker and the published schemas; `MEANINGS` serves messages, help and the
generated page of words. A test holds the two together.
"""

from __future__ import annotations

from typing import Literal, get_args

RiskState = Literal["seen", "early_signs", "looked_for_not_seen", "not_known"]
InhibitorState = Literal["working", "strained", "hollow", "missing", "not_known"]
Trend = Literal["worsening", "stable", "improving", "not_known"]
Confidence = Literal["high", "medium", "low"]
AnswerWord = Literal["yes", "partly", "no", "not_known", "not_applicable", "known_not_safe_to_record"]
YesNo = Literal["yes", "no", "not_known"]
State = Literal["concern", "open", "addressed", "nothing_seen", "not_applicable", "error"]
OpenBecause = Literal[
    "not_asked", "not_known", "no_evidence", "stale", "withheld_for_safety", "not_published", "disagreement"
]
Level = Literal["severe", "high", "moderate", "minor"]
Grade = Literal["checked", "documented", "stated", "none"]
Decision = Literal["accept", "mitigate", "redesign", "suspend", "stop", "dispute"]
Outcome = Literal["escalate", "revise", "find_out", "decide", "recorded"]
NextStep = Literal["escalate", "full_review_now", "full_review_by"]
Stage = Literal["context", "design", "appraise", "partner", "implement", "monitor", "decide", "evaluate", "publish"]
Depth = Literal["first-look", "full"]
Audience = Literal["public", "counterpart", "partner", "internal", "restricted"]
Component = Literal["risk", "inhibitors", "harm"]
Tendency = Literal["structural", "dynamic", "mixed"]
EffectKind = Literal["intended_to_reduce", "intended_to_support", "could_worsen", "could_erode"]
PartnerKind = Literal[
    "security_force",
    "security_ministry",
    "auxiliary_or_militia",
    "armed_group",
    "private_guard",
    "ranger_border_or_prison_service",
    "de_facto_authority",
    "ministry",
    "local_authority",
    "justice_institution",
    "oversight_body",
    "customary_body",
    "religious_body",
    "local_organization",
    "women_led_organization",
    "national_organization",
    "international_ngo",
    "multilateral",
    "bilateral_donor",
    "contractor",
    "company",
    "media",
    "academic",
    "foundation",
    "other",
    "not_known",
]
PartnerRole = Literal["funding", "accountable", "extending", "implementing", "recipient", "other"]
Provided = Literal[
    "cash",
    "goods",
    "food",
    "training",
    "equipment",
    "vehicles",
    "fuel",
    "weapons_or_ammunition",
    "communications",
    "surveillance",
    "data_or_lists",
    "advice",
    "salaries",
    "budget_support",
    "services",
    "infrastructure",
    "land_or_housing",
    "media_content",
    "legal_support",
    "convening",
    "research",
    "other",
]
ActorKind = Literal["state", "non_state", "external", "commercial", "protective"]
Approach = Literal["support", "leave_alone", "not_decided"]
EvidenceKind = Literal[
    "community",
    "staff",
    "local_organization",
    "human_rights_monitoring",
    "humanitarian_monitoring",
    "un",
    "government",
    "media",
    "research",
    "partner_report",
    "program_document",
    "published_data",
    "other",
]
EventKind = Literal[
    "election",
    "census",
    "registration_or_id",
    "trial_or_verdict",
    "commemoration",
    "resource_project",
    "religious_event",
    "peace_deadline",
    "troop_or_mission_change",
    "aid_change",
    "land_or_relocation",
    "other",
]
Persons = Literal["women", "men", "girls", "boys", "displaced", "host_community", "minority", "everyone", "other"]
BudgetKind = Literal["planned", "commitment", "disbursement", "expenditure"]
EffortWord = Literal["hours", "days", "weeks"]
Role = Literal[
    "program_officer",
    "program_manager",
    "context_owner",
    "community_liaison",
    "people_affected",
    "local_partner",
    "gender_adviser",
    "protection_adviser",
    "security_adviser",
    "data_protection_officer",
    "procurement",
    "finance",
    "legal",
    "monitoring",
    "embassy_political",
    "senior_reviewer",
]
Age = Literal["under-3-months", "3-to-6-months", "6-to-12-months", "over-a-year", "undated"]
Flag = Literal["humanitarian", "cross_border", "remote_management"]
Lifecycle = Literal["preview", "stable", "deprecated"]
Verdict = Literal["risk", "resilience", "both"]
Subject = Literal["program", "policy", "institution"]
Document = Literal[
    "context_analysis",
    "program_design",
    "results_framework",
    "budget",
    "calendar",
    "agreements",
    "contracts",
    "partner_checks",
    "delivery_records",
    "site_maps",
    "selection_criteria",
    "minutes_of_hearings",
    "complaints_log",
    "monitoring_reports",
    "evaluation_reports",
    "staff_records",
    "data_protection_plan",
    "security_plan",
    "exit_plan",
    "risk_register",
    "law_and_policy",
    "human_rights_reports",
    "decision_papers",
    "incident_reports",
    "publication_policy",
]
Needs = Literal["program", "context", "answers", "published", "text"]
Leverage = Literal["high", "medium", "low_to_medium", "low", "none"]
EscalationClass = Literal["at_once", "senior", "none"]
Scrutiny = Literal["high", "medium", "triage"]
Strength = Literal["stronger", "moderate", "weaker", "mixed"]
TextStatus = Literal["seen", "seen_in_part", "recalled", "judgement", "founding_document"]
Certainty = Literal["high", "medium", "low"]
Origin = Literal["un", "other_standard", "founding_document", "ours"]

FORCE_KINDS: frozenset[str] = frozenset(
    {
        "security_force",
        "security_ministry",
        "auxiliary_or_militia",
        "armed_group",
        "private_guard",
        "ranger_border_or_prison_service",
        "de_facto_authority",
    }
)
"""Partner kinds that bear arms, command those who do, or rule without recognition: the first look's question 10."""

LOCAL_KINDS: frozenset[str] = frozenset({"local_organization", "women_led_organization", "customary_body"})
"""Partner kinds counted as local when the share of money reaching local organizations is reported."""

LEVELS: tuple[Level, ...] = get_args(Level)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
COMPONENTS: tuple[Component, ...] = get_args(Component)

MEANINGS: dict[str, dict[str, str]] = {
    "risk state": {
        "seen": "The indicator or factor is present, on the evidence given.",
        "early_signs": "It is beginning to show.",
        "looked_for_not_seen": "Somebody named by role looked, on a date and in a stated way, and did not see it.",
        "not_known": "Asked, and not known. Never the same as not there.",
    },
    "inhibitor state": {
        "working": "It restrains, on the evidence given.",
        "strained": "It restrains less than it did, or is under pressure.",
        "hollow": "It exists on paper or has been captured.",
        "missing": "Looked for and not found.",
        "not_known": "Asked, and not known.",
    },
    "trend": {
        "worsening": "Moving toward more danger.",
        "stable": "Not moving.",
        "improving": "Moving toward less danger.",
        "not_known": "The direction is not known.",
    },
    "confidence": {
        "high": "Several independent kinds of source agree.",
        "medium": "Some support; other readings remain.",
        "low": "Thin or one-sided support.",
    },
    "answer": {
        "yes": "Yes.",
        "partly": "In part; a bad answer given in part counts one level lower.",
        "no": "No.",
        "not_known": "Asked, and the person asked does not know.",
        "not_applicable": "The question does not fit here; a reason is needed.",
        "known_not_safe_to_record": "Known, and not safe to write down. Never held against anyone.",
    },
    "yes or no": {
        "yes": "Yes.",
        "no": "No.",
        "not_known": "Not known.",
    },
    "finding state": {
        "concern": "Something worrying was found.",
        "open": "It could not be judged; the finding says why and what level is at stake.",
        "addressed": "It was asked and is dealt with, on evidence.",
        "nothing_seen": "The data could have shown a concern and did not. Not proof of absence.",
        "not_applicable": "It does not fit here, with the reason.",
        "error": "The check itself failed. It counts as not checked.",
    },
    "open because": {
        "not_asked": "Nobody has answered yet.",
        "not_known": "Asked, and not known.",
        "no_evidence": "Answered well, with nothing to rest it on.",
        "stale": "The answer or its evidence is older than the policy allows.",
        "withheld_for_safety": "Known to somebody, and not safe to write down.",
        "not_published": "Published data does not say.",
        "disagreement": "Those who were asked answer differently, and nobody has settled it.",
    },
    "level": {
        "severe": "People could be killed, expelled or persecuted; work does not go on as planned.",
        "high": "Serious harm is plausible; the design must change or a named person must decide.",
        "moderate": "Harm is possible; it must be managed.",
        "minor": "Worth knowing and putting right.",
    },
    "evidence grade": {
        "checked": "Checked by someone other than the respondent.",
        "documented": "Rests on a dated document or record, or is vouched for by a role that holds it elsewhere.",
        "stated": "Somebody said so.",
        "none": "Nothing is given to rest it on.",
    },
    "decision": {
        "accept": "Go on with the risk as it is, by a named role, until a date.",
        "mitigate": "Lessen it by a stated measure.",
        "redesign": "Change the design.",
        "suspend": "Pause this part, after asking who loses protection by the pause.",
        "stop": "End this part, after asking who loses protection by the end.",
        "dispute": "The finding is held to be wrong; a reason is given.",
    },
    "outcome": {
        "escalate": "There is an escalating sign without a current record that it was escalated.",
        "revise": "There is a severe or high concern that nobody has decided on.",
        "find_out": "Too much is open at this stage to judge; the report says who can find out.",
        "decide": "Other concerns, or open or disputed points, need a named decision.",
        "recorded": "Everything asked was answered and decided. This says nothing about what was not asked.",
    },
    "next step": {
        "escalate": "Tell the person at the end of the escalation route now.",
        "full_review_now": "Go on with the full review before anything else is decided.",
        "full_review_by": "Do the full review by the date given, for the reasons given.",
    },
    "stage": {
        "context": "Analysis of the place.",
        "design": "Working out what to do.",
        "appraise": "Approving it.",
        "partner": "Choosing and contracting partners and suppliers.",
        "implement": "Doing it.",
        "monitor": "Watching and adapting.",
        "decide": "Suspending, extending, leaving.",
        "evaluate": "Looking back.",
        "publish": "Reporting and open data.",
    },
    "depth": {
        "first-look": "The 15 questions, and the computed checks they need.",
        "full": "Every check that applies.",
    },
    "audience": {
        "public": "Kinds and counts, country level, banded dates and money. The default.",
        "counterpart": "Host authorities: like public, with the decisions asked of them.",
        "partner": "One partner: its own activities only.",
        "internal": "Everything but the restricted annex.",
        "restricted": "Everything, with names from the annex.",
    },
    "component": {
        "risk": "Risk analysis: which risk factors are present, and what the program does about them.",
        "inhibitors": "Local inhibitors: what restrains atrocity crimes here, and what the program does for it.",
        "harm": "Due diligence: whether the program could worsen a risk or wear down a source of resilience.",
    },
    "tendency": {
        "structural": "Slow; in place for years.",
        "dynamic": "Can change in days to months.",
        "mixed": "Has parts of both.",
    },
    "effect": {
        "intended_to_reduce": "Meant to lessen a risk factor.",
        "intended_to_support": "Meant to support an inhibitor.",
        "could_worsen": "Could worsen a risk factor.",
        "could_erode": "Could wear down an inhibitor.",
    },
    "partner kind": {
        "security_force": "Army, police, gendarmerie, intelligence or another armed State force.",
        "security_ministry": "A ministry or authority that commands or pays a security force.",
        "auxiliary_or_militia": "An auxiliary, self-defense unit or militia, with or without State backing.",
        "armed_group": "An organized non-State armed group.",
        "private_guard": "Private guards or a security company.",
        "ranger_border_or_prison_service": "Park rangers, border, customs, coast guard or prison service.",
        "de_facto_authority": "An authority that rules in fact without general recognition.",
        "ministry": "Another ministry or national government body.",
        "local_authority": "Provincial, district or municipal authority.",
        "justice_institution": "Court, prosecutor or other body of justice.",
        "oversight_body": "Ombuds office, human rights institution, audit office or parliamentary committee.",
        "customary_body": "Customary or traditional authority, council of elders.",
        "religious_body": "Religious institution or interfaith council.",
        "local_organization": "Local or community organization.",
        "women_led_organization": "Local organization led by women.",
        "national_organization": "National non-governmental organization.",
        "international_ngo": "International non-governmental organization.",
        "multilateral": "United Nations, development bank or other intergovernmental body.",
        "bilateral_donor": "Donor government or its agency.",
        "contractor": "Firm that delivers for a fee.",
        "company": "Other private company.",
        "media": "Media outlet or platform.",
        "academic": "University, research or training body.",
        "foundation": "Private foundation.",
        "other": "None of these.",
        "not_known": "The kind is not known.",
    },
    "partner role": {
        "funding": "Provides the money.",
        "accountable": "Answers for the program.",
        "extending": "Manages the money for another.",
        "implementing": "Does the work.",
        "recipient": "Receives money, goods, training or other support.",
        "other": "Another part.",
    },
    "provided": {
        "cash": "Money handed to people or bodies.",
        "goods": "Relief or other goods.",
        "food": "Food.",
        "training": "Training, mentoring, exercises.",
        "equipment": "Equipment of any kind not named apart.",
        "vehicles": "Vehicles, boats, aircraft, drones.",
        "fuel": "Fuel.",
        "weapons_or_ammunition": "Weapons or ammunition.",
        "communications": "Radios, networks, communication systems.",
        "surveillance": "Cameras, biometric, intercept or tracking systems.",
        "data_or_lists": "Data, registers, lists, maps.",
        "advice": "Advice and embedded staff.",
        "salaries": "Salaries, stipends, top-ups.",
        "budget_support": "Money into a government budget.",
        "services": "Health, education, water and other services.",
        "infrastructure": "Roads, buildings, power, dams.",
        "land_or_housing": "Land, titles, shelter, housing.",
        "media_content": "Broadcasts, posts, campaigns.",
        "legal_support": "Legal aid and casework.",
        "convening": "Dialogue, mediation, meetings.",
        "research": "Research and monitoring.",
        "other": "None of these.",
    },
    "actor kind": {
        "state": "Part of the State.",
        "non_state": "Armed or political actor outside the State.",
        "external": "Outside State, organization or fighter.",
        "commercial": "Company or trader.",
        "protective": "Someone who restrains or protects.",
    },
    "approach": {
        "support": "The program supports it.",
        "leave_alone": "The program leaves it alone on purpose, with a reason.",
        "not_decided": "Nobody has decided.",
    },
    "kind of evidence": {
        "community": "People who live there.",
        "staff": "Staff of the program or agency.",
        "local_organization": "A local organization.",
        "human_rights_monitoring": "Human rights monitoring.",
        "humanitarian_monitoring": "Humanitarian or protection monitoring.",
        "un": "A United Nations body.",
        "government": "A government.",
        "media": "Media.",
        "research": "Research.",
        "partner_report": "A partner's report.",
        "program_document": "A document of the program.",
        "published_data": "Published data.",
        "other": "None of these.",
    },
    "event": {
        "election": "Election, or a step in one.",
        "census": "Census or survey of identity.",
        "registration_or_id": "Registration, identity documents, voter roll.",
        "trial_or_verdict": "Trial, verdict, amnesty or truth hearing.",
        "commemoration": "Commemoration, memorial, anniversary.",
        "resource_project": "Mine, dam, oil, gas or another resource project.",
        "religious_event": "Religious event.",
        "peace_deadline": "Deadline of a peace process or transition.",
        "troop_or_mission_change": "Deployment, drawdown or end of a mission.",
        "aid_change": "Start, cut or end of aid.",
        "land_or_relocation": "Land allocation, relocation or return.",
        "other": "None of these.",
    },
    "people served": {
        "women": "Women.",
        "men": "Men.",
        "girls": "Girls.",
        "boys": "Boys.",
        "displaced": "Displaced people or refugees.",
        "host_community": "Host community.",
        "minority": "People of a minority; name it by group label only.",
        "everyone": "Everyone in the place.",
        "other": "None of these.",
    },
    "budget kind": {
        "planned": "Planned or budgeted.",
        "commitment": "Committed.",
        "disbursement": "Paid to others.",
        "expenditure": "Spent.",
    },
    "role": {
        "program_officer": "Who runs the program day by day.",
        "program_manager": "Who answers for its design and money.",
        "context_owner": "Who answers for the analysis of the place.",
        "community_liaison": "Who talks with people there.",
        "people_affected": "People whom the question concerns, asked in a setting they call safe.",
        "local_partner": "The local organization that does the work.",
        "gender_adviser": "Adviser on gender.",
        "protection_adviser": "Adviser on protection of civilians.",
        "security_adviser": "Adviser on security and armed actors.",
        "data_protection_officer": "Who answers for personal and other sensitive data.",
        "procurement": "Who buys and contracts.",
        "finance": "Who follows the money.",
        "legal": "Legal adviser.",
        "monitoring": "Who watches what the program does.",
        "embassy_political": "Political or human rights officer of the mission.",
        "senior_reviewer": "The person at the end of the escalation route.",
    },
    "age": {
        "under-3-months": "Less than 90 days old on the day of the review.",
        "3-to-6-months": "From 90 to 179 days old.",
        "6-to-12-months": "From 180 to 364 days old.",
        "over-a-year": "365 days old or older.",
        "undated": "Nobody wrote a day.",
    },
    "flag": {
        "humanitarian": "It is humanitarian work, or published with the humanitarian flag.",
        "cross_border": "It works across a border.",
        "remote_management": "Its managers cannot go where it works.",
    },
    "life cycle": {
        "preview": "New; may change or go in any release.",
        "stable": "Changes only in meaning-preserving ways.",
        "deprecated": "On its way out; names its successor.",
    },
    "due-diligence verdict": {
        "risk": "Whether the program could worsen a risk factor.",
        "resilience": "Whether it could wear down a source of resilience.",
        "both": "Both.",
    },
    "subject": {
        "program": "An aid or development program; the default.",
        "policy": "A decision above programs: to start, stop, or change how a country or partner is supported.",
        "institution": "An agency's own arrangements, looked at by itself.",
    },
    "document": {
        "context_analysis": "A written analysis of the place: conflict, political economy, risk.",
        "program_design": "The design document or proposal.",
        "results_framework": "Logframe, theory of change, indicators.",
        "budget": "Budget with lines and recipients.",
        "calendar": "Work plan, and the calendar of expected events.",
        "agreements": "Agreements with authorities and funders, with their conditions.",
        "contracts": "Contracts and sub-grants down the chain.",
        "partner_checks": "What was checked about partners, firms and units before working with them.",
        "delivery_records": "Delivery notes, payrolls, inventories, end-use checks.",
        "site_maps": "Where the program works, at the coarseness that is safe.",
        "selection_criteria": "Who gets what by which rule, and how the rule was made.",
        "minutes_of_hearings": "Notes of what people affected said, by role and without names.",
        "complaints_log": "Complaints and feedback, counted, with what was done.",
        "monitoring_reports": "Monitoring and field reports.",
        "evaluation_reports": "Evaluations and lessons, of this and similar programs.",
        "staff_records": "Numbers of posts, pay scales, training; never personal files.",
        "data_protection_plan": "What data is held, where, how long, who may see it.",
        "security_plan": "Security, access and duty-of-care plans.",
        "exit_plan": "Plans for pausing, handing over and leaving.",
        "risk_register": "Risks, measures, owners, dates.",
        "law_and_policy": "Laws, rules and official policy that matter here.",
        "human_rights_reports": "Reports and recommendations of human rights bodies.",
        "decision_papers": "Papers and minutes by which someone decided.",
        "incident_reports": "Reports of incidents, without names.",
        "publication_policy": "What is published, and what is left out and why.",
    },
    "needs": {
        "program": "The program itself.",
        "context": "A context.",
        "answers": "People's answers.",
        "published": "Published data, also where thousands of activities are screened.",
        "text": "The description. Boilerplate, and one that only repeats the title, counts as none.",
    },
    "effort": {
        "hours": "A few hours of one person.",
        "days": "A few days.",
        "weeks": "Some weeks, or several people.",
    },
    "leverage": {
        "high": "An aid program of the ordinary kind can change much of it.",
        "medium": "It can change part of it.",
        "low_to_medium": "It can change little, in places more.",
        "low": "It can change little.",
        "none": "It can change nothing of it directly: others must act.",
    },
    "escalation class": {
        "at_once": "A sign of it goes to the escalation route at once.",
        "senior": "A sign of it goes to a senior reviewer.",
        "none": "It goes nowhere by itself; the finding it is part of may.",
    },
    "scrutiny": {
        "high": "Due diligence always.",
        "medium": "The default.",
        "triage": "A first sorting only.",
    },
    "strength of research": {
        "stronger": "The findings for it outweigh those against by more than three points.",
        "moderate": "The findings for it outweigh those against by more than one point, and three at most.",
        "weaker": "The findings for it outweigh those against by one point at most.",
        "mixed": "Findings on both sides, or none that points either way.",
    },
    "status of a text": {
        "seen": "What it says was met in the source or in a copy of it.",
        "seen_in_part": "Part of it was.",
        "recalled": "From knowledge of the field, not seen again.",
        "judgement": "Our own judgment, open to challenge.",
        "founding_document": "From the founding document of the lens.",
    },
    "certainty": {
        "high": "We are sure of it.",
        "medium": "Look it up before you rest anything on it.",
        "low": "We are far from sure: look it up before you use it at all.",
    },
    "origin": {
        "un": "A United Nations document.",
        "other_standard": "Another standard, or research.",
        "founding_document": "The founding document of the lens.",
        "ours": "This project.",
    },
}

TYPES: dict[str, object] = {
    "risk state": RiskState,
    "inhibitor state": InhibitorState,
    "trend": Trend,
    "confidence": Confidence,
    "answer": AnswerWord,
    "yes or no": YesNo,
    "finding state": State,
    "open because": OpenBecause,
    "level": Level,
    "evidence grade": Grade,
    "decision": Decision,
    "outcome": Outcome,
    "next step": NextStep,
    "stage": Stage,
    "depth": Depth,
    "audience": Audience,
    "component": Component,
    "tendency": Tendency,
    "effect": EffectKind,
    "partner kind": PartnerKind,
    "partner role": PartnerRole,
    "provided": Provided,
    "actor kind": ActorKind,
    "approach": Approach,
    "kind of evidence": EvidenceKind,
    "event": EventKind,
    "people served": Persons,
    "budget kind": BudgetKind,
    "role": Role,
    "age": Age,
    "flag": Flag,
    "life cycle": Lifecycle,
    "due-diligence verdict": Verdict,
    "subject": Subject,
    "document": Document,
    "needs": Needs,
    "effort": EffortWord,
    "leverage": Leverage,
    "escalation class": EscalationClass,
    "scrutiny": Scrutiny,
    "strength of research": Strength,
    "status of a text": TextStatus,
    "certainty": Certainty,
    "origin": Origin,
}


def spoken(word: str) -> str:
    """A word of these lists as people read it: `early_signs` becomes `early signs`."""
    return word.replace("_", " ")


def lower(level: Level, steps: int = 1) -> Level:
    """The level `steps` below, never below `minor`."""
    return LEVELS[min(LEVELS.index(level) + steps, len(LEVELS) - 1)]


def at_least(level: Level, floor: Level) -> bool:
    """Whether `level` is as worrying as `floor` or more."""
    return LEVELS.index(level) <= LEVELS.index(floor)
