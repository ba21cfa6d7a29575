"""What the plan puts on paper and on pages: its files, and tasks along the time."""
