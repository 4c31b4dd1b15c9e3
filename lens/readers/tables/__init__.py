"""Reads tables of published activities row by row: CSV and workbooks, in flat memory, by layouts that are data."""
