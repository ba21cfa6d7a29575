// One relationship table per relation, over all pairs of kinds that may hold it.
CREATE REL TABLE IF NOT EXISTS <<relation>>(<<ends>>, <<columns>>)
