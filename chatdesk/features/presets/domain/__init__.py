"""Preset domain: values and pure functions for prompts, hints, search and filters. Files are handled by `files/`."""
