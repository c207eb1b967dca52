"""Rows of a batch as values."""
