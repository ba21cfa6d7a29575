"""Regions compared by what they make."""
