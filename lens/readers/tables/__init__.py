"""Reads published data that comes as tables: OECD CRS, AidData, World Bank, any other through a mapping file."""
