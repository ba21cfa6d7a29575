"""Correct in place: what a form opens with, what its change writes, its preview and its saving."""
