// One row per edge of a relation between two kinds that starts at one of $ids.
MATCH (a:<<source>>)-[r:<<relation>>]->(b:<<target>>)
WHERE a.id IN $ids
RETURN a.id AS source, b.id AS target, <<columns>>
