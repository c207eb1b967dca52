"""Versions of a preset."""
