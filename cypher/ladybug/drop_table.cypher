// Removes a table of the store's own from a copy of the graph that is thrown away.
DROP TABLE IF EXISTS <<label>>
