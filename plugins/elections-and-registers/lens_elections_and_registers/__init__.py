"""Elections and registers: votes, counts, civil registers, identity papers and the figures made from them."""
