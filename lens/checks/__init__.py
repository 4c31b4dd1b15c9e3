"""The checks: what one is, when it applies, and the lens itself as packs of questions and computed checks."""
