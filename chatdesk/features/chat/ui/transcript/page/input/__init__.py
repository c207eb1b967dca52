"""Mouse, wheel, keys and focus."""
