// Writes nodes of one kind: $rows hold id and every property.
UNWIND $rows AS row
MERGE (n:<<label>> {id: row.id})
SET <<sets>>
