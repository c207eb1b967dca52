"""Conversations as files: export to Markdown and JSON, import from JSON."""
