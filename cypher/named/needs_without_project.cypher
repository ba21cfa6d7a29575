// One row per need that no project or contract solves and no achievement meets.
MATCH (n:Need)
WHERE NOT EXISTS { MATCH (:Project)-[:SOLVES]->(n) } AND NOT EXISTS { MATCH (:Contract)-[:SOLVES]->(n) }
  AND NOT EXISTS { MATCH (:Achievement)-[:MEETS]->(n) } AND coalesce(n.progress, '') <> '已解决'
  AND ($chain IS NULL OR EXISTS { MATCH (n)-[:IN_CHAIN]->(c:Chain) WHERE c.id = $chain }) AND ($category IS NULL OR n.category = $category)
RETURN n.name AS need, n.id AS need_id, n.category AS category, n.chain AS chain, n.progress AS progress,
  n.deadline AS deadline, n.budget AS budget, n.owner AS owner
ORDER BY deadline, chain, need, need_id
