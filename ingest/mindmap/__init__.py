"""An edited mind map: what was added, renamed, moved and removed in it, and the rows that say so."""
