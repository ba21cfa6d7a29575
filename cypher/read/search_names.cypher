// One row per node of a kind whose name contains the text.
MATCH (n:<<label>>)
WHERE n.name CONTAINS $text
RETURN n.id AS id, n.name AS matched
ORDER BY matched, id
LIMIT 200
