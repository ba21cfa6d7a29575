// Writes edges of one relation between two kinds: $rows hold source, target, id and the properties of <<sets>>.
UNWIND $rows AS row
MATCH (a:<<source>> {id: row[0]})
MATCH (b:<<target>> {id: row[1]})
MERGE (a)-[r:<<relation>> {id: row[2]}]->(b)
SET <<sets>>
