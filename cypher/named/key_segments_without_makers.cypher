// One row per segment that feeds others and on which no firm stands that produces.
MATCH (s:Segment)-[f:FEEDS]->(t:Segment)
WITH s, count(DISTINCT t.id) AS feeds, collect(DISTINCT t.name) AS names
MATCH (s)-[:IN_CHAIN]->(c:Chain)
WHERE ($county IS NULL OR c.county = $county) AND ($chain IS NULL OR c.id = $chain)
OPTIONAL MATCH (e:Enterprise)-[r:STANDS_ON]->(s)
WHERE coalesce(r.state, e.state, '在产') = '在产'
WITH s, c, feeds, names, count(e.id) AS makers
WHERE makers = 0
RETURN s.name AS segment, s.id AS segment_id, c.name AS chain, c.id AS chain_id, s.surveyed AS surveyed,
  feeds, names
ORDER BY feeds DESC, chain, segment, segment_id
