// One row per platform and need of the same segment.
MATCH (p:Platform)-[:ON_SEGMENT]->(s:Segment)
WHERE $county IS NULL OR p.county = $county
MATCH (n:Need)-[:ON_SEGMENT]->(s)
RETURN DISTINCT p.name AS platform, p.id AS platform_id, p.type AS type, s.name AS segment, s.id AS segment_id,
  n.name AS need, n.id AS need_id, n.category AS category
ORDER BY platform, segment, need, platform_id, need_id
