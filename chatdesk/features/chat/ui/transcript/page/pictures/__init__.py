"""Viewing and playing pictures."""
