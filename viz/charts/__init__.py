"""六图: the six drawings of a chain, each on sheets of A4 or A3 whose smallest type stays legible."""
