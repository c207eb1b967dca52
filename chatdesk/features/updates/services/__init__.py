"""Check for the newest version."""
