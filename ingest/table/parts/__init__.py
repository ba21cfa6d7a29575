"""Tables that a file holds in parts: one that goes on in the next, several that lie side by side."""
