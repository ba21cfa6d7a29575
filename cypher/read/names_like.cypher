// Nodes of a kind whose name a pattern matches as a whole.
MATCH (n:<<label>>) WHERE n.name =~ $pattern RETURN n.id AS id, n.name AS name
