"""Folders, trash and undo for the list of conversations."""
