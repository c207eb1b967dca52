"""Selecting text and copying it."""
