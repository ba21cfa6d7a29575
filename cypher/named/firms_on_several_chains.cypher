// One row per firm that stands on segments of at least $least chains.
MATCH (e:Enterprise)-[:STANDS_ON]->(s:Segment)
MATCH (s)-[:IN_CHAIN]->(c:Chain)
WHERE $county IS NULL OR e.county = $county
WITH e, count(DISTINCT c.id) AS chains, count(DISTINCT s.id) AS segments
WHERE chains >= $least
RETURN e.name AS firm, e.id AS firm_id, e.county AS county, chains, segments
ORDER BY chains DESC, segments DESC, firm, firm_id
