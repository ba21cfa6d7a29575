// One row per firm that stands on no segment.
MATCH (e:Enterprise)
WHERE NOT EXISTS { MATCH (e)-[:STANDS_ON]->(:Segment) }
  AND ($county IS NULL OR e.county = $county) AND coalesce(e.state, '') <> '外部'
OPTIONAL MATCH (e)-[:MAKES]->(p:Product)
WITH e, count(p.id) AS n, min(p.name) AS first
RETURN e.name AS firm, e.id AS firm_id, e.county AS county, e.state AS state,
  CASE WHEN n = 0 THEN null WHEN n = 1 THEN first ELSE first + ' 等' END AS product
ORDER BY county, firm, firm_id
