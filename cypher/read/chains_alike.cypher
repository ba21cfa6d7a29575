// One row per chain with a segment that bears the name of one in a chain among $ids, or includes a product of it.
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)
WHERE c.id IN $ids
MATCH (t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE t.name = s.name
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)<-[:INCLUDED_IN]-(p:<<product>>)-[:INCLUDED_IN]->(t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE c.id IN $ids
RETURN DISTINCT d.id AS chain
