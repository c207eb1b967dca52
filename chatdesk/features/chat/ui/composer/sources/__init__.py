"""Choosing files of a dropped folder or archive."""
