"""Paragraphs and headings."""
