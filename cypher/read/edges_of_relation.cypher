// One row per edge of a relation between two kinds, with every property.
MATCH (a:<<source>>)-[r:<<relation>>]->(b:<<target>>)
RETURN a.id AS source, b.id AS target, <<columns>>
