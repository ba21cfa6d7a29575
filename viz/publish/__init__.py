"""快照: one self-contained file for a director's phone or a share of an intranet."""
