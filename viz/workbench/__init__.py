"""Drawings and workbooks of the workbench."""
