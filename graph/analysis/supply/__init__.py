"""Supply as an AND/OR graph: who makes what where, what is available, what breaks it."""
