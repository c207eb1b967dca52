"""Downloads of models: rows, progress, buttons."""
