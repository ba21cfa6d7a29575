// One row per local firm that has no annual report of the year $since or later.
MATCH (e:Enterprise)
WHERE coalesce(e.state, '') <> '外部' AND ($county IS NULL OR e.county = $county)
OPTIONAL MATCH (a:AnnualReport)-[:REPORT_OF]->(e)
WITH e, max(a.year) AS last
WHERE last IS NULL OR last < $since
RETURN e.name AS firm, e.id AS firm_id, e.county AS county, e.state AS state, last
ORDER BY coalesce(last, 0), county, firm, firm_id
