"""LaTeX formulas: typesetting, and speech for screen readers."""
