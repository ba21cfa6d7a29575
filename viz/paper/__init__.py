"""Papers: what one says as a list of blocks, and three writers of it: Word, PDF, HTML."""
