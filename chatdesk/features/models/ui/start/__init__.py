"""The offer of a first model on the start page."""
