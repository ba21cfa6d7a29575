// One row per supplier of the firm $firm and supplier of that one.
MATCH (f:Enterprise {id: $firm})
MATCH (f)<-[a:SUPPLIES]-(s:Enterprise)
MATCH (s)<-[b:SUPPLIES]-(t:Enterprise)
WHERE t.id <> f.id
RETURN DISTINCT s.name AS first, s.id AS first_id, a.what AS first_what,
  t.name AS second, t.id AS second_id, b.what AS second_what, t.county AS county
ORDER BY first, second, first_what, second_what
