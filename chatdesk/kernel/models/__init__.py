"""Models and their parameters."""
