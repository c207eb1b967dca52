"""What an artifact calls itself: its title, its first heading, its first comment or function."""

import re
from html import unescape

from chatdesk.features.previews.domain.artifact import ArtifactKind
from chatdesk.features.previews.domain.html_tags import tags

_LONGEST = 80
_BEGINNING = 20_000
"""Characters that are looked at; titles stand at the beginning."""
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
    """Return how an artifact is called in one line of at most 80 characters: by itself, else by its file's name; None if by nothing."""
    return _tidy(_own_title(kind, text[:_BEGINNING])) or _tidy(name) or None


def _own_title(kind: ArtifactKind, text: str) -> str:
    match kind:
        case ArtifactKind.HTML:
            title = next((text[tag.end : tag.content_end] for tag in tags(text, _TITLE) if not tag.closing), "")
            return _tidy(unescape(title)) or unescape(_MARKUP.sub("", _first(_HEADING, text)))
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


def _tidy(title: str) -> str:
    words = " ".join("".join(c if c.isprintable() else " " for c in title[: 4 * _LONGEST]).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
