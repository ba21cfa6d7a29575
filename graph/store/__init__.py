"""Stores: one protocol, several engines, chosen by URL."""
