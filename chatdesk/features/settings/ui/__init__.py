"""User interface of the settings."""
