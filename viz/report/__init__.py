"""Office files: the report, the needs list, the tables, and all of them at once."""
