"""The versions of a preset."""
