"""LaTeX formulas typeset as outlines in a separate process, and converted to MathML. Does not use Qt; the UI paints the outlines."""
