"""Translation, its document, and glossaries."""
