"""What each command does: one request in, one document out. CLI and server share these."""
