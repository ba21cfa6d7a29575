"""The documents of the workbench."""
