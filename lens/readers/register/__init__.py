"""Reads a contribution register: what a donor does for prevention and aid data never holds."""
