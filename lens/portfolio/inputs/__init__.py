"""What a portfolio is read from: inputs found, recognized by content, cut into pieces, read record by record."""
