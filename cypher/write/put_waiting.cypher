// Writes one thing that waits for a name, as a JSON document.
MERGE (w:LianpuWaiting {id: $id})
SET w.document = $document
