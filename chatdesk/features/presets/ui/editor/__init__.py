"""Editing a preset."""
