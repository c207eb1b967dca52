"""Settings section of the built-in engine."""
