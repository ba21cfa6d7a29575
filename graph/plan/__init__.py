"""The plan: targets and where they stand, lights, lists, tasks, leads. Pure: what is read comes from `graph.queries`."""
