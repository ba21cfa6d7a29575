// One row per chain that feeds a chain among $ids, is fed by it, or shares a firm or an outside source with it.
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)-[:FEEDS]->(t:<<segment>>)
WHERE c.id IN $ids
MATCH (t)-[:IN_CHAIN]->(d:<<chain>>)
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)<-[:FEEDS]-(t:<<segment>>)
WHERE c.id IN $ids
MATCH (t)-[:IN_CHAIN]->(d:<<chain>>)
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)<-[:STANDS_ON]-(f:<<firm>>)
WHERE c.id IN $ids
MATCH (f)-[:STANDS_ON]->(t:<<segment>>)
MATCH (t)-[:IN_CHAIN]->(d:<<chain>>)
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)-[:BOUGHT_FROM]->(x:<<source>>)
WHERE c.id IN $ids
MATCH (t:<<segment>>)-[:BOUGHT_FROM]->(x)
MATCH (t)-[:IN_CHAIN]->(d:<<chain>>)
RETURN DISTINCT d.id AS chain
