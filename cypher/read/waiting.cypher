// One row per thing that waits for a name, in the order of the list.
MATCH (w:LianpuWaiting)
RETURN w.id AS id, w.document AS document
ORDER BY id
