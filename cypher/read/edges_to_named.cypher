// One row per edge of a relation between two kinds that ends at one of $ids, with the name of its other end.
MATCH (a:<<source>>)-[r:<<relation>>]->(b:<<target>>)
WHERE b.id IN $ids
RETURN a.id AS source, b.id AS target, a.name AS name, <<columns>>
