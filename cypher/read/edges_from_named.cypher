// One row per edge of a relation between two kinds that starts at one of $ids, with the name of its other end.
MATCH (a:<<source>>)-[r:<<relation>>]->(b:<<target>>)
WHERE a.id IN $ids
RETURN a.id AS source, b.id AS target, b.name AS name, <<columns>>
