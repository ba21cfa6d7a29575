"""Neo4j 5 or newer, one server or a cluster."""
