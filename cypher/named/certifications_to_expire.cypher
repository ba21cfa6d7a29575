// One row per certification that ends by the day $until.
MATCH (c:Certification)-[:AWARDED_TO]->(e:Enterprise)
WHERE c.valid_until <= $until AND ($county IS NULL OR e.county = $county)
RETURN e.name AS firm, e.id AS firm_id, e.county AS county, c.name AS certification, c.id AS certification_id,
  c.level AS level, c.valid_until AS until
ORDER BY until, firm, certification, certification_id
