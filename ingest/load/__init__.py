"""`load`: files in, one batch out; nothing is lost."""
