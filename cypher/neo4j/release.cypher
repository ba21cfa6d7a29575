// Takes the mark away: the build is done.
MATCH (s:LianpuState {id: 'state'})
SET s.building = null, s.beat = null
