// Removes the list of what waits.
MATCH (w:LianpuWaiting)
DELETE w
