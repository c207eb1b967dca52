"""The settings page *Data* and its sheets."""
