"""Markdown to blocks, also while it arrives."""
