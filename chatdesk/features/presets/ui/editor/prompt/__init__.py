"""Editors of the prompt: as text or as sections."""
