"""The workbench: explore, correct in place, compare, follow, ask."""
