"""How the kinds of things that can run are called in words, and which of them are worth more than a button on their code."""

from chatdesk.artifacts.artifact import ArtifactKind

KIND_NAMES = {
    ArtifactKind.HTML: "HTML",
    ArtifactKind.SVG: "SVG",
    ArtifactKind.MARKDOWN: "Markdown",
    ArtifactKind.MERMAID: "Mermaid",
    ArtifactKind.GRAPHVIZ: "Graphviz",
    ArtifactKind.JSON: "JSON",
    ArtifactKind.CSV: "CSV",
    ArtifactKind.JAVASCRIPT: "JavaScript",
    ArtifactKind.REACT: "React",
}
"""Names that are the same in every language."""
DRAWN = frozenset(
    {ArtifactKind.HTML, ArtifactKind.SVG, ArtifactKind.REACT, ArtifactKind.MERMAID, ArtifactKind.GRAPHVIZ}
)
"""What is meant to be looked at. Data and lone scripts are mostly examples in an explanation."""
DRAWN_LANGUAGES = frozenset({"html", "htm", "xhtml", "svg", "jsx", "tsx", "mermaid", "dot", "gv", "graphviz"})
"""Languages, as fences say them, whose code is such a thing."""
