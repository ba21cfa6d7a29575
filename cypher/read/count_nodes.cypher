// One row: how many nodes of a kind there are.
MATCH (n:<<label>>)
RETURN count(n) AS n
