// Removes nodes of one kind by id, with whatever edges are left on them.
UNWIND $rows AS row
MATCH (n:<<label>> {id: row.id})
DETACH DELETE n
