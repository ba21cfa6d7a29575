"""Tables in somebody's own format: described by a mapping, proposed, checked, read."""
