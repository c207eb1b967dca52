"""Blocks that are not finished yet."""
