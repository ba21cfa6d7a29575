// One row per node of a kind whose name contains the text; none for the empty text, on which engines differ.
MATCH (n:<<label>>)
WHERE $text <> '' AND n.name CONTAINS $text
RETURN n.id AS id, n.name AS matched
ORDER BY matched, id
LIMIT 200
