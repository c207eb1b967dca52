"""User interface of presets."""
