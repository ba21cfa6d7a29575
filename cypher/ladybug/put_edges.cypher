// Writes edges of one relation between two kinds from a frame that holds the ends and every property.
LOAD FROM $rows
MATCH (a:<<source>> {id: source})
MATCH (b:<<target>> {id: target})
MERGE (a)-[r:<<relation>> {id: id}]->(b)
SET <<sets>>
