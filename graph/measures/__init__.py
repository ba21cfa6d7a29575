"""Measures as data: what is counted about a chain; every measure is one YAML file beside this module."""
