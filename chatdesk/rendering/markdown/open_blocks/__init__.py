"""Blocks that are not complete yet."""
