"""Folders in the list of conversations."""
