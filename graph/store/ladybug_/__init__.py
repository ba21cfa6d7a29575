"""The embedded engine: one file in a folder of this machine."""
