// One row while a build is under way: who builds, and for how many milliseconds nothing was heard of it.
MATCH (s:LianpuState {id: 'state'})
WHERE s.building IS NOT NULL
RETURN s.building AS building, timestamp() - s.beat AS silent
