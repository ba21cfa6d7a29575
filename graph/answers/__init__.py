"""What commands, HTTP, pages and notebooks answer, as documents (see docs/json.md)."""
