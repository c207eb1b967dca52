"""Import of presets from files."""
