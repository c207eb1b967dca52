"""The library of prompt presets."""
