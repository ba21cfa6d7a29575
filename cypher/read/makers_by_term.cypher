// One row per firm and product whose name contains one of $terms, or is contained in one; nothing is told by empty texts.
UNWIND $terms AS term
MATCH (p:<<product>>)
WHERE term <> '' AND p.name <> '' AND (p.name CONTAINS term OR term CONTAINS p.name)
MATCH (f:<<firm>>)-[m:<<makes>>]->(p)
RETURN DISTINCT f.id AS firm, p.id AS product
ORDER BY firm, product
