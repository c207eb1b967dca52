"""Every setting, and their current values."""
