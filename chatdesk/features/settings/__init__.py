"""The settings page. Sections come from the features."""
