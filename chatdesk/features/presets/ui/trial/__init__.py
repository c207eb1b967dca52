"""Trying a preset on a sample."""
