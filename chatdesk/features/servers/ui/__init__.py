"""Servers on the screen."""
