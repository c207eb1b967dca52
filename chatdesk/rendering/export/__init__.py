"""Blocks to Markdown, HTML and plain text."""
