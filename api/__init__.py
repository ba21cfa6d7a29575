"""Thin edges: command line, HTTP and pages."""
