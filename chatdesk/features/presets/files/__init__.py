"""The preset library on disk: built-in and own presets as text files. Values: `domain/presets/`; what is done with them: `services/`."""
