"""Artifacts found in the code fences of one answer. `belonging.py` assigns style sheets and scripts to pages."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from chatdesk.features.previews.domain.artifact import Artifact, ArtifactKind, CodeFence, SourceFile
from chatdesk.features.previews.domain.belonging import PagePart, pages_of
from chatdesk.features.previews.domain.file_names import generated_name, language_of, name_in_code
from chatdesk.features.previews.domain.html_tags import tags
from chatdesk.features.previews.domain.modules import imported_files
from chatdesk.kernel.text.safe_line import safe_line

_MAX_TITLE_LENGTH = 80
_TITLE_SEARCH_LENGTH = 20_000
"""Maximum characters to search: titles are at the beginning."""
_MARKUP = re.compile(r"<[^>]*+>")
_HEADING = re.compile(r"<h[1-3](?:\s[^>]*+)?>(.{0,400}?)</h[1-3]", re.IGNORECASE | re.DOTALL)
_SVG_TITLE = re.compile(r"<title(?:\s[^>]*+)?>([^<]{0,200}+)</title", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_MERMAID_TITLE = re.compile(r"^\s*(?:title|accTitle)\b\s*:?\s*(\S.*)$", re.MULTILINE)
_GRAPH_LABEL = re.compile(r"""\blabel\s*=\s*"([^"<\\\n]{1,200})"\s*;?\s*$""", re.MULTILINE)
_GRAPH_NAME = re.compile(
    r"""^\s*(?:strict\s+)?(?:di)?graph\s+("[^"\n]{1,200}"|[A-Za-z_]\w{0,199})\s*\{""", re.MULTILINE
)
_COMMENT = re.compile(r"\s*(?://+|/\*+)[ \t*=!-]*(?:\n[ \t*]*)?([^\n]+)")
_FUNCTION = re.compile(r"\b(?:function\s*\*?|class)\s+([A-Za-z_$][\w$]{0,79})")
_COMPONENT = re.compile(r"\bexport\s+default\s+(?:async\s+)?(?:function\s*|class\s+)?([A-Z]\w{0,79})")
_FIRST_COMPONENT = re.compile(r"\b(?:function|const|class)\s+([A-Z]\w{0,79})")
_TITLE = frozenset({"title"})


def title_of(kind: ArtifactKind, text: str, name: str) -> str | None:
    """Return the title of an artifact from its content or else its file name, in one line of at most 80 characters; None if none."""
    return (
        safe_line(_own_title(kind, text[:_TITLE_SEARCH_LENGTH]), _MAX_TITLE_LENGTH)
        or safe_line(name, _MAX_TITLE_LENGTH)
        or None
    )


def _own_title(kind: ArtifactKind, text: str) -> str:
    match kind:
        case ArtifactKind.HTML:
            title = next((text[tag.end : tag.content_end] for tag in tags(text, _TITLE) if not tag.closing), "")
            return safe_line(unescape(title), _MAX_TITLE_LENGTH) or unescape(_MARKUP.sub("", _first(_HEADING, text)))
        case ArtifactKind.SVG:
            return unescape(_first(_SVG_TITLE, text))
        case ArtifactKind.MARKDOWN:
            return _first(_MARKDOWN_HEADING, text)
        case ArtifactKind.MERMAID:
            return _first(_MERMAID_TITLE, text)
        case ArtifactKind.GRAPHVIZ:
            return _first(_GRAPH_LABEL, text) or _first(_GRAPH_NAME, text).strip('"')
        case ArtifactKind.JAVASCRIPT:
            comment = _COMMENT.match(text)
            said = comment[1].removesuffix("*/").strip(" *=-/") if comment else ""
            return said or _first(_FUNCTION, text)
        case ArtifactKind.REACT:
            return _first(_COMPONENT, text) or _first(_FIRST_COMPONENT, text)
        case ArtifactKind.JSON | ArtifactKind.CSV:
            return ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


_SVG = re.compile(r"\s*+(?:(?><\?xml[^>]*+>|<!--.*?-->|<!DOCTYPE\s[^>]*+>)\s*+)*+<svg[\s>]", re.IGNORECASE | re.DOTALL)
_REACT = re.compile(r"""\bfrom\s*["']react["']|\brequire\(["']react["']\)|\b(?:React|ReactDOM)\.\w""")
_ELEMENT = re.compile(r"(?:return|=>|\(|=|\?|&&|:)\s*\(?\s*<(?:>|[A-Za-z][\w.]*(?:\s[^<]*?)?/?>)")
_SEARCH_LENGTH = 20_000
_COMPONENTS = frozenset({"jsx", "tsx"})
_SINGLE_FILE_KINDS = {
    "svg": ArtifactKind.SVG,
    "markdown": ArtifactKind.MARKDOWN,
    "mermaid": ArtifactKind.MERMAID,
    "graphviz": ArtifactKind.GRAPHVIZ,
    "json": ArtifactKind.JSON,
    "csv": ArtifactKind.CSV,
    "tsv": ArtifactKind.CSV,
    "javascript": ArtifactKind.JAVASCRIPT,
}


def artifacts_of(fences: Iterable[CodeFence]) -> tuple[Artifact, ...]:
    """Return the artifacts of the fences of one answer, in the order of their main fences."""
    parts = [_read(fence) for fence in fences if fence.text.strip()]
    components = _react([part for part in parts if part.language in {*_COMPONENTS, "css", "javascript"}])
    assigned = {fence for artifact in components for fence in artifact.fences}
    rest = [part for part in parts if part.fence.number not in assigned]
    pages = [_page(group) for group in pages_of(rest, [part.name for part in parts if part.language in _COMPONENTS])]
    assigned.update(fence for artifact in pages for fence in artifact.fences)
    alone = [
        _artifact(_SINGLE_FILE_KINDS[part.language], [part])
        for part in rest
        if part.fence.number not in assigned and part.language in _SINGLE_FILE_KINDS
    ]
    return tuple(sorted([*components, *pages, *alone], key=lambda artifact: artifact.identity))


def _read(fence: CodeFence) -> PagePart:
    beginning = fence.text[:_SEARCH_LENGTH]
    name = fence.name or name_in_code(beginning)
    language = language_of(fence.language, name)
    if language in {"xml", "html", ""} and _SVG.match(beginning) and (language or not fence.language):
        language = "svg"
    elif language == "javascript" and _REACT.search(beginning) and _ELEMENT.search(beginning):
        language = "jsx"
    return PagePart(fence, language, name)


def _page(group: Sequence[PagePart]) -> Artifact:
    return _artifact(ArtifactKind.HTML, group)


def _react(parts: Sequence[PagePart]) -> list[Artifact]:
    """Return the React artifacts: each component that no other file imports, with all files that it imports."""
    names = [part.name for part in parts]
    imports = [imported_files(part.fence.text, names) if part.language != "css" else [] for part in parts]
    imported = {target for index, targets in enumerate(imports) for target in targets if target != index}
    found = []
    for index, part in enumerate(parts):
        if part.language in _COMPONENTS and index not in imported:
            found.append(_artifact(ArtifactKind.REACT, [parts[member] for member in _reachable(index, imports)]))
    if not found and (circle := next((part for part in parts if part.language in _COMPONENTS), None)):
        members = _reachable(parts.index(circle), imports)
        found.append(_artifact(ArtifactKind.REACT, [parts[member] for member in members]))
    return found


def _reachable(start: int, imports: Sequence[Sequence[int]]) -> list[int]:
    reached = [start]
    for index in reached:  # grows during the iteration
        reached += [target for target in imports[index] if target not in reached]
    return reached


def _artifact(kind: ArtifactKind, parts: Sequence[PagePart]) -> Artifact:
    files: list[SourceFile] = []
    for part in parts:
        assigned = [file.name for file in files]
        name = part.name if part.name and part.name not in assigned else generated_name(part.language, assigned)
        files.append(SourceFile(name, part.fence.text, part.fence.number))
    title = title_of(kind, parts[0].fence.text, parts[0].name)
    return Artifact(kind, title, tuple(files), all(part.fence.closed for part in parts))
