"""Formulas as text for screen readers: LaTeX to "x squared plus 1 over 2", in the language of a `Vocabulary`. Does not use Qt."""
