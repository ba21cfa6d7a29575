"""The embedded engine: a file in a folder of this machine. Nothing outside this package imports ladybug."""
