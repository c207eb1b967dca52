"""User interface of the servers feature."""
