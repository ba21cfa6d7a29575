// One row when the graph is still $token's to write ('' when nobody builds); others wait for this transaction to end.
MATCH (s:LianpuState {id: 'state'})
SET s.beat = timestamp()
WITH s
WHERE coalesce(s.building, '') = $token
RETURN s.id AS id
