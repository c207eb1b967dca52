"""Downloads, management, preferences, speed checks and the guide."""
