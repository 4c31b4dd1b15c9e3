"""The checks: what one is, when it applies, and the lens itself as packs of questions and computed checks."""

CORE_PACKS = ("risk", "inhibitors", "harm", "policy", "institution")
"""The packs of the core: the folders beside this file, one for each component of the lens, and two above programs."""
