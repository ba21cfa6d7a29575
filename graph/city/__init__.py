"""A city: its ledger and the graph projected from it, kept in step."""
