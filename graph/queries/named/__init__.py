"""Queries as data: a file that says what is asked, and one with its text."""
