// One row per node of a kind, with every property.
MATCH (n:<<label>>)
RETURN n.id AS id, <<columns>>
