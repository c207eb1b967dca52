"""Preset editor."""
