// One row: how many edges of a relation between two kinds there are.
MATCH (a:<<source>>)-[r:<<relation>>]->(b:<<target>>)
RETURN count(r) AS n
