"""Neo4j 5 or newer, one server or a cluster. Nothing outside this package imports neo4j."""
