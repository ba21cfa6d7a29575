// Every value of one property of a relation between two kinds.
MATCH (:<<source>>)-[r:<<relation>>]->(:<<target>>) WHERE r.<<property>> IS NOT NULL RETURN r.<<property>> AS value
