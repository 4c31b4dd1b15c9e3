"""Packs: a sector's checks as data. Their form, how they are loaded, examined as a reviewer would, and shown."""
