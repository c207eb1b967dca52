"""The library, sharing, and trying a preset."""
