"""Rules of merging: values and pure functions."""
