"""Asks for the newest version."""
