"""Workbooks out: templates, surveys, rejected rows marked, the ledger exported."""
