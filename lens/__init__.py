"""Review aid and development programs through a three-part atrocity prevention lens.

What is named here is the public API; everything else may move. Names are imported when they are first used, so that
`import lens` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from lens.api import plan as plan
    from lens.api import read_case as read_case
    from lens.api import render as render
    from lens.api import review as review
    from lens.api import review_case as review_case
    from lens.api import write as write
    from lens.cases import Answers as Answers
    from lens.cases import Case as Case
    from lens.cases import Context as Context
    from lens.cases import Program as Program
    from lens.cases.policy import Policy as Policy
    from lens.checks.marks import check as check
    from lens.checks.model import Check as Check
    from lens.checks.model import Found as Found
    from lens.checks.model import Option as Option
    from lens.checks.model import Outcome as Outcome
    from lens.checks.setting import Setting as Setting
    from lens.errors import InputError as InputError
    from lens.errors import LensError as LensError
    from lens.errors import MissingExtraError as MissingExtraError
    from lens.errors import Problem as Problem
    from lens.hooks import hookimpl as hookimpl
    from lens.hooks.registry import Registry as Registry
    from lens.portfolio.analysis.analyze import Analysis as Analysis
    from lens.portfolio.screening import analyze as analyze
    from lens.portfolio.screening import screen as screen
    from lens.portfolio.screening import write_portfolio as write_portfolio
    from lens.reports.saved import read_review as read_review
    from lens.reviews.compare import Comparison as Comparison
    from lens.reviews.compare import compare as compare
    from lens.reviews.model import Finding as Finding
    from lens.reviews.model import Review as Review
    from lens.reviews.plan import Plan as Plan

_HOMES = {
    "Analysis": "lens.portfolio.analysis.analyze",
    "Answers": "lens.cases",
    "Case": "lens.cases",
    "Check": "lens.checks.model",
    "Comparison": "lens.reviews.compare",
    "Context": "lens.cases",
    "Finding": "lens.reviews.model",
    "Found": "lens.checks.model",
    "InputError": "lens.errors",
    "LensError": "lens.errors",
    "MissingExtraError": "lens.errors",
    "Option": "lens.checks.model",
    "Outcome": "lens.checks.model",
    "Plan": "lens.reviews.plan",
    "Policy": "lens.cases.policy",
    "Problem": "lens.errors",
    "Program": "lens.cases",
    "Registry": "lens.hooks.registry",
    "Review": "lens.reviews.model",
    "Setting": "lens.checks.setting",
    "analyze": "lens.portfolio.screening",
    "check": "lens.checks.marks",
    "compare": "lens.reviews.compare",
    "hookimpl": "lens.hooks",
    "plan": "lens.api",
    "read_case": "lens.api",
    "read_review": "lens.reports.saved",
    "render": "lens.api",
    "review": "lens.api",
    "review_case": "lens.api",
    "screen": "lens.portfolio.screening",
    "write": "lens.api",
    "write_portfolio": "lens.portfolio.screening",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module 'lens' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
