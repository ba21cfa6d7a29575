"""The chapters of the report of one chain, each in its own module."""
