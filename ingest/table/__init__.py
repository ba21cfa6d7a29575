"""A table as people lay it out: captions, header, rows, and what a cell says."""
