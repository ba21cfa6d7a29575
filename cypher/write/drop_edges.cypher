// Removes edges of one relation between two kinds by id.
UNWIND $rows AS row
MATCH (a:<<source>> {id: row.source})-[r:<<relation>>]->(b:<<target>> {id: row.target})
WHERE r.id = row.id
DELETE r
