"""User interface of quick questions."""
