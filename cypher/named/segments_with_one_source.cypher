// One row per segment and source outside with a share of at least $share.
MATCH (s:Segment)-[b:BOUGHT_FROM]->(x:ExternalSource)
MATCH (s)-[:IN_CHAIN]->(c:Chain)
WHERE b.share >= $share AND ($chain IS NULL OR c.id = $chain)
MATCH (s)-[:BOUGHT_FROM]->(y:ExternalSource)
RETURN s.name AS segment, s.id AS segment_id, c.name AS chain, c.id AS chain_id, x.name AS source, x.id AS source_id,
  b.share AS share, count(DISTINCT y.id) AS sources
ORDER BY share DESC, chain, segment, source, segment_id
