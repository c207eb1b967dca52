"""The preset library: presets as text files, variables, versions."""
