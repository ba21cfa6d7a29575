// One row per annual report of a large firm that says it has no institution, or says nothing where that is asked for.
MATCH (a:AnnualReport)-[:REPORT_OF]->(e:Enterprise)
WHERE a.output >= $least AND ($year IS NULL OR a.year = $year) AND ($county IS NULL OR e.county = $county)
  AND (a.has_institution = false OR (a.has_institution IS NULL AND $unknown = '也列'))
RETURN e.name AS firm, e.id AS firm_id, e.county AS county, a.year AS year, a.output AS output,
  CASE WHEN a.has_institution IS NULL THEN '没有填' ELSE '否' END AS institution, a.has_rnd AS activity
ORDER BY year DESC, output DESC, firm, firm_id
