"""Version numbers and the results of update checks."""
