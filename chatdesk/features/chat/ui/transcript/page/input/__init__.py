"""Input handling: mouse, wheel, keys and focus."""
