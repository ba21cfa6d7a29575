// One row: how many edges of a relation there are, whatever its ends; the engine keeps this number.
MATCH ()-[r:<<relation>>]->()
RETURN count(r) AS n
