// Removes up to $most edges of a relation; one row: how many.
MATCH ()-[r:<<relation>>]->()
WITH r LIMIT $most
DELETE r
RETURN count(*) AS n
