"""Positioning of messages on the page and painting of the visible part."""
