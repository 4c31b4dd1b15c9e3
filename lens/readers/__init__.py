"""How a file becomes part of a case. A reader knows nothing of checks."""
