"""A case as one workbook, out and back in without loss; and tables of one's own, taken by a small mapping."""
