// One row per technology that needs name, with the units that lead in it.
MATCH (n:Need)-[:NEEDS_TECHNOLOGY]->(t:Technology)
WHERE $only = '全部' OR t.chokepoint = true
WITH t, count(DISTINCT n.id) AS needs
OPTIONAL MATCH (t)-[:LED_BY]->(u:Enterprise|Institute|Platform)
RETURN t.name AS technology, t.id AS technology_id, t.chokepoint AS chokepoint, t.level AS level, needs,
  count(DISTINCT u.id) AS leaders, min(u.name) AS leader
ORDER BY needs DESC, technology, technology_id
