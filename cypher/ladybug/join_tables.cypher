// Lets a relation stand between two tables, in a copy of the graph that is thrown away.
ALTER TABLE <<relation>> ADD FROM <<source>> TO <<target>>
