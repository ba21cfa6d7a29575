// Writes edges of one relation between two kinds: $rows hold source, target, id and every property.
UNWIND $rows AS row
MATCH (a:<<source>> {id: row.source})
MATCH (b:<<target>> {id: row.target})
MERGE (a)-[r:<<relation>> {id: row.id}]->(b)
SET <<sets>>
