"""SVG and PNG, the same on every machine."""
