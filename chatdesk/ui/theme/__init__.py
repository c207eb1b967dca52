"""Colour tokens, palette, style, fonts, icons, and the small widgets built on them."""
