"""Kinds as data: every kind of node and edge is one YAML file in `nodes` and `relations`."""
