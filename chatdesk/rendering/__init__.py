"""Rendering: Markdown to immutable blocks, incrementally; code to coloured runs; blocks to plain text and HTML. No fonts, colours or Qt."""
