"""Sphinx, offline: no intersphinx, nothing fetched, a warning is an error (`make docs`)."""

from __future__ import annotations

import re
from pathlib import Path

_HERE = Path(__file__).resolve().parent

project = "lens"
author = "the lens project"
copyright = "the lens project, CC BY 4.0"  # noqa: A001 - the name Sphinx gives it
release = re.search(r'^__version__ = "(.+)"$', (_HERE.parent / "lens" / "__init__.py").read_text("utf-8"), re.M)[1]
version = release

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}
language = "en"

myst_heading_anchors = 3
myst_links_external_new_tab = False

html_theme = "alabaster"
html_theme_options = {"description": "An atrocity prevention lens for aid programs", "fixed_sidebar": True}
html_show_sourcelink = False
html_copy_source = False
# Nothing is named after the machine or the day that the pages were built on.
html_last_updated_fmt = None
