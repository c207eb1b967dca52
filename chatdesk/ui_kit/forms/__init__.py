"""Form rows, fields, and settings cards."""
