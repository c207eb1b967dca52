"""The library, sharing, and trials of a preset."""
