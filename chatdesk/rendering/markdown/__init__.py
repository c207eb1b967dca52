"""Markdown to blocks, while it arrives."""
