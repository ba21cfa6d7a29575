"""The innovation mind map: a tree, placed, drawn."""
