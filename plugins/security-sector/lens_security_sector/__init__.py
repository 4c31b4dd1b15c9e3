"""Support that reaches forces: questions and computed checks of the pack `security-sector`, for `lens`."""
