"""Storage of quick questions."""
