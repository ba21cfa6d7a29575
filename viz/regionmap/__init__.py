"""Maps of counties, and counties side by side, as drawings."""
