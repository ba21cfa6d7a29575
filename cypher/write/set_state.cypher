// Notes which state of the ledger and of the schema the graph shows.
MERGE (s:LianpuState {id: 'state'})
SET s.ledger = $ledger, s.schema = $schema
