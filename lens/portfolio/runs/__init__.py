"""A run: pieces read and checked, whoever does the work, and kept unit by unit in the run file."""
