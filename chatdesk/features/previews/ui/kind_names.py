"""Display names of the kinds of runnable code, and which kinds get a card in addition to the button on their code.

Keys are the values of `ArtifactKind`, which the window loads only when needed.
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
VISUAL_KINDS = frozenset({"html", "svg", "react"})
"""Kinds with a visual result. Data and single scripts are mostly examples in an explanation; diagrams are drawn in the answer."""
VISUAL_LANGUAGES = frozenset({"html", "htm", "xhtml", "svg", "jsx", "tsx"})
"""Fence languages of such code."""
DIAGRAM_LANGUAGES = {"mermaid": "mermaid", "dot": "graphviz", "gv": "graphviz", "graphviz": "graphviz"}
"""Fence languages of diagrams, and their kinds."""
STILL_KINDS = frozenset({"markdown", "mermaid", "graphviz"})
"""Kinds whose page does not use the keyboard."""
