// One row per segment that feeds the segment $segment over at most four steps.
MATCH p = (u:Segment)-[:FEEDS*1..4]->(s:Segment)
WHERE s.id = $segment AND u.id <> s.id
MATCH (u)-[:IN_CHAIN]->(c:Chain)
RETURN u.name AS upstream, u.id AS upstream_id, c.name AS chain, c.id AS chain_id, min(length(p)) AS steps,
  u.surveyed AS surveyed
ORDER BY steps, upstream, upstream_id
