"""Widgets and helpers that all features share. It knows no feature."""
