"""Checks of the connection doctor as values."""
