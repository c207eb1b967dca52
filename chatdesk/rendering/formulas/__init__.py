"""LaTeX formulas: typeset, and spoken."""
