// Marks the graph as being built by $token, whoever held it before.
MERGE (s:LianpuState {id: 'state'})
SET s.building = $token, s.beat = timestamp()
