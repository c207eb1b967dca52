"""The settings section of the built-in engine."""
