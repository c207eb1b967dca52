"""Markdown text to immutable blocks, incrementally; code to coloured runs; blocks to plain text and HTML. No fonts, no colours, no Qt."""
