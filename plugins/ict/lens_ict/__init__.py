"""The pack `ict`: networks, media, data systems, and digital parts of other programs."""
