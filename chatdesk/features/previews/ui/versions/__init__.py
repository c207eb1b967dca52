"""Versions of a page and their differences."""
