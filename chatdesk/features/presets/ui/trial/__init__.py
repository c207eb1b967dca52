"""Trial of a preset on a sample."""
