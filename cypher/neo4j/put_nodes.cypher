// Writes nodes of one kind: $rows hold id and every property that has a value. The second label says whose they are.
UNWIND $rows AS row
MERGE (n:<<label>> {id: row[0]})
SET n:Lianpu, <<sets>>
