// One row: how many nodes of whatever label there are.
MATCH (n)
RETURN count(n) AS n
