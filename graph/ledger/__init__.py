"""The ledger: append-only batches of rows, the only truth."""
