// One row per chain with a segment that bears the name of one in a chain among $ids, or includes a product of it.
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)
WHERE c.id IN $ids
MATCH (t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE t.name = s.name
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)<-[:INCLUDED_IN]-(p:<<product>>)
WHERE c.id IN $ids
MATCH (p)-[:INCLUDED_IN]->(t:<<segment>>)
MATCH (t)-[:IN_CHAIN]->(d:<<chain>>)
RETURN DISTINCT d.id AS chain
