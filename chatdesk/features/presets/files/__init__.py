"""The preset library on disk: built-in and user presets as text files."""
