"""Reads published data that comes as tables: OECD CRS, AidData, the World Bank, and any other through a mapping file."""
