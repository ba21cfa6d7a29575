// One row per supply relation of the firm $firm, either way.
MATCH (f:Enterprise {id: $firm})-[r:SUPPLIES]->(o:Enterprise)
RETURN o.name AS other, o.id AS other_id, '卖给' AS side, r.what AS what, r.amount AS amount, r.year AS year
ORDER BY amount DESC, other, what, year LIMIT 5000
UNION ALL
MATCH (f:Enterprise {id: $firm})<-[r:SUPPLIES]-(o:Enterprise)
RETURN o.name AS other, o.id AS other_id, '向其购买' AS side, r.what AS what, r.amount AS amount, r.year AS year
ORDER BY amount DESC, other, what, year LIMIT 5000
