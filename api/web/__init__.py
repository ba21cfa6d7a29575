"""The web application: HTTP documents and pages."""
