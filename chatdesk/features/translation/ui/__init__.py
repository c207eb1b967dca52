"""User interface of the translation page: source and result side by side, row by row, and the glossary."""
