// One row per firm that supplies firms of the county $one and firms of the county $other.
MATCH (s:Enterprise)-[:SUPPLIES]->(a:Enterprise)
WHERE a.county = $one
WITH s, count(DISTINCT a.id) AS in_one
MATCH (s)-[:SUPPLIES]->(b:Enterprise)
WHERE b.county = $other
RETURN s.name AS supplier, s.id AS supplier_id, s.county AS county, in_one, count(DISTINCT b.id) AS in_other
ORDER BY in_one DESC, in_other DESC, supplier, supplier_id
