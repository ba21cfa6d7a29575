// One row per node of a kind of which some other property (former name, code) contains the text; none for the empty text.
MATCH (n:<<label>>)
WHERE $text <> '' AND n.<<property>> CONTAINS $text
RETURN n.id AS id, n.<<property>> AS matched
ORDER BY matched, id
LIMIT 200
