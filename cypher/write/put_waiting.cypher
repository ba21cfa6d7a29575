// Writes what waits for a name, as JSON documents.
UNWIND $rows AS row
MERGE (w:LianpuWaiting {id: row.id})
SET w.document = row.document
