"""Question slips: one short Word or Excel file for each role that answers, written and taken back."""
