"""User interface of the models feature."""
