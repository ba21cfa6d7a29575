// One row per node of a kind among $ids, with every property.
MATCH (n:<<label>>)
WHERE n.id IN $ids
RETURN n.id AS id, <<columns>>
