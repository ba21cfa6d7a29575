"""A home: the folder that holds everything, who holds it open, and what is kept beside the data."""
