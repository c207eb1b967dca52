"""Model downloads: rows, progress, buttons."""
