// One row per achievement that meets no need.
MATCH (a:Achievement)
WHERE NOT EXISTS { MATCH (a)-[:MEETS]->(:Need) } AND ($since IS NULL OR a.year >= $since)
RETURN a.name AS achievement, a.id AS achievement_id, a.type AS type, a.level AS level, a.year AS year, a.phase AS phase
ORDER BY coalesce(a.year, 0) DESC, achievement, achievement_id
