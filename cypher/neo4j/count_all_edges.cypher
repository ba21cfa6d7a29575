// One row: how many edges of whatever type there are.
MATCH ()-[r]->()
RETURN count(r) AS n
