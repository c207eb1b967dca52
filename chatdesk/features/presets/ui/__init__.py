"""Presets on the screen."""
