// Every value of one property of a kind of node.
MATCH (n:<<label>>) WHERE n.<<property>> IS NOT NULL RETURN n.<<property>> AS value
