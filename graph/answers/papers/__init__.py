"""What the papers of a chain tell, gathered once and written later in a worker."""
