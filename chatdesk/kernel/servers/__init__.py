"""Servers and how they are reached."""
