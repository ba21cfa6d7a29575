"""Query text: every query is a file; an engine folder overrides the shared one of the same name."""
