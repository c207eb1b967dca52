"""Saving files."""
