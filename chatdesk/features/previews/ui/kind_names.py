"""How the kinds of things that can run are called in words, and which of them are worth more than a button on their code.

Keys are the values of `ArtifactKind`, which the window does not load before there is such a thing.
"""

KIND_NAMES = {
    "html": "HTML",
    "svg": "SVG",
    "markdown": "Markdown",
    "mermaid": "Mermaid",
    "graphviz": "Graphviz",
    "json": "JSON",
    "csv": "CSV",
    "javascript": "JavaScript",
    "react": "React",
}
"""Names that are the same in every language."""
DRAWN = frozenset({"html", "svg", "react", "mermaid", "graphviz"})
"""What is meant to be looked at. Data and lone scripts are mostly examples in an explanation."""
DRAWN_LANGUAGES = frozenset({"html", "htm", "xhtml", "svg", "jsx", "tsx", "mermaid", "dot", "gv", "graphviz"})
"""Languages, as fences say them, whose code is such a thing."""
