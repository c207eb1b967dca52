"""Presets, variables and templates."""
