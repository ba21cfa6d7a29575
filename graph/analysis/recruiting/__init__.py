"""Whom to invite for a gap, and what to ask first."""
