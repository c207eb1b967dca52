"""Code: languages, highlighting, file names."""
