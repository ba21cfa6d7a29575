// One row per chain that feeds a chain among $ids, is fed by it, or shares a firm or an outside source with it.
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)-[:FEEDS]->(t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE c.id IN $ids
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)<-[:FEEDS]-(t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE c.id IN $ids
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)<-[:STANDS_ON]-(f:<<firm>>)-[:STANDS_ON]->(t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE c.id IN $ids
RETURN DISTINCT d.id AS chain
UNION
MATCH (c:<<chain>>)<-[:IN_CHAIN]-(s:<<segment>>)-[:BOUGHT_FROM]->(x:<<source>>)<-[:BOUGHT_FROM]-(t:<<segment>>)-[:IN_CHAIN]->(d:<<chain>>)
WHERE c.id IN $ids
RETURN DISTINCT d.id AS chain
