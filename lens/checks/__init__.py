"""The checks: what one is, when it applies, and the lens itself as packs of questions and computed checks."""

CORE_PACKS = ("risk", "inhibitors", "harm", "policy", "institution", "published")
"""The packs of the core: the folders beside this file, one for each component of the lens, two above programs, and what
published data can answer."""
