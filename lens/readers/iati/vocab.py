"""IATI's own short code lists, with the words that version 1 used for the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens.words import PartnerRole, Stage

VERSIONS = frozenset({"1", "1.0", "1.00", "1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03"})

STATUSES = {
    "pipeline/identification": "1",
    "pipeline": "1",
    "identification": "1",
    "implementation": "2",
    "finalisation": "3",
    "completion": "3",
    "closed": "4",
    "post-completion": "4",
    "cancelled": "5",
    "suspended": "6",
}
STAGES: dict[str, Stage] = {
    "1": "design",
    "2": "implement",
    "3": "evaluate",
    "4": "evaluate",
    "5": "decide",
    "6": "decide",
}

DATES = {
    "1": "start-planned",
    "2": "start-actual",
    "3": "end-planned",
    "4": "end-actual",
    "start": "start-planned",
    "completion": "end-planned",
}

ROLES: dict[str, PartnerRole] = {
    "1": "funding",
    "2": "accountable",
    "3": "extending",
    "4": "implementing",
    "funding": "funding",
    "donor": "funding",
    "accountable": "accountable",
    "extending": "extending",
    "implementing": "implementing",
    "beneficiary": "recipient",
}

ORGANIZATION_TYPES = {
    "government": "10",
    "local government": "11",
    "other public sector": "15",
    "international ngo": "21",
    "national ngo": "22",
    "regional ngo": "23",
    "partner country based ngo": "24",
    "donor country based ngo": "22",
    "public private partnership": "30",
    "multilateral": "40",
    "foundation": "60",
    "private sector": "70",
    "academic, training and research": "80",
    "other": "90",
}

_TRANSACTION_WORDS = {
    "incoming funds": "1",
    "commitment": "2",
    "outgoing commitment": "2",
    "disbursement": "3",
    "expenditure": "4",
    "interest payment": "5",
    "interest repayment": "5",
    "loan repayment": "6",
    "reimbursement": "7",
    "purchase of equity": "8",
    "sale of equity": "9",
    "credit guarantee": "10",
    "incoming commitment": "11",
    "outgoing pledge": "12",
    "incoming pledge": "13",
}
TRANSACTION_TYPES = {
    "C": "2",
    "D": "3",
    "E": "4",
    "IF": "1",
    "IR": "5",
    "LR": "6",
    "R": "7",
    "QP": "8",
    "QS": "9",
    "CG": "10",
} | {
    **{str(number): str(number) for number in range(1, 14)},
    **{word.upper(): code for word, code in _TRANSACTION_WORDS.items()},
}
INCOMING = frozenset({"1", "11", "13"})
"""Money coming in: the receiver is the publisher itself, and not somebody the program gives to."""

RELATIONS = {"parent": "1", "child": "2", "sibling": "3", "co-funded": "4", "third party": "5"}

DAC_VOCABULARIES = frozenset(
    {"", "1", "2", "DAC", "DAC-3", "DAC-5", "DAC-CRS", "OECD-DAC", "OECD-DAC-CRS", "OECD-CRS", "CRS"}
)
"""In capitals, with a dash for white space."""
FLOW_WORDS = {"ODA": "10", "OOF": "20"}
DAC_REGIONS = frozenset({"", "1", "DAC"})
DAC_MARKERS = frozenset({"", "1", "DAC"})
