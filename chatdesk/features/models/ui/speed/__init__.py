"""How fast a model is: measured, shown beside what was expected."""
