"""Formulas in words, for those who hear them: LaTeX to "x squared plus 1 over 2", in the language of a `Vocabulary`. Knows no Qt."""
