"""Folders in the conversation list."""
