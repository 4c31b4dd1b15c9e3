"""From a case to a finished review: select, run, judge, decide the outcome, redact."""
