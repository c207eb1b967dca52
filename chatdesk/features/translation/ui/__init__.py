"""The translation desk on the screen: source and result side by side, row by row, and the glossary."""
