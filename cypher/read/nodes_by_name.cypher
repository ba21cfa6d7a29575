// One row per node of a kind whose name is among $texts, with every property.
MATCH (n:<<label>>)
WHERE n.name IN $texts
RETURN n.id AS id, <<columns>>
