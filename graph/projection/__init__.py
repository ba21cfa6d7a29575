"""From the ledger's rows to the graph: a pure function, step by step."""
