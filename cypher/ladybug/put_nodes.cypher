// Writes nodes of one kind from a frame that holds id and every property as text.
LOAD FROM $rows
MERGE (n:<<label>> {id: id})
SET <<sets>>
