// One row: the state of the ledger and of the schema that the graph shows.
MATCH (s:LianpuState {id: 'state'})
RETURN s.ledger AS ledger, s.schema AS schema
