"""Importing presets from files."""
