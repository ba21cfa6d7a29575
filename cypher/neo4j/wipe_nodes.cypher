// Removes up to $most of our nodes; one row: how many.
MATCH (n:Lianpu)
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS n
