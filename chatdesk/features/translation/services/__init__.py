"""Translating, the document, and glossaries."""
