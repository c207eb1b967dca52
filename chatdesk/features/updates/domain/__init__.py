"""Version numbers and what an update check returns."""
