"""LaTeX formulas set as outlines, in a process of its own, and written as MathML. No Qt; how outlines are painted is the screen's."""
