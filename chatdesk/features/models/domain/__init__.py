"""Fit of models to a machine, the list of models, model names, and speed."""
