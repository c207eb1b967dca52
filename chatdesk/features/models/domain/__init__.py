"""Whether a model fits a machine, the list of models, names, speed."""
