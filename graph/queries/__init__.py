"""Reading the graph: what the analysis and the pages ask of a store."""
