"""HTML as Markdown: the readable part of a page, a chapter of a book, or what another reader made of a document."""

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from chatdesk.documents.readers.plain_text import guessed
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.tables import table_text
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.text.regular_file import read_whole

_REMOVED = ("script", "style", "template", "noscript", "nav", "iframe", "svg", "canvas", "form", "button", "dialog")
_BACK = frozenset("↑↩↵⤴") | {"↩︎"}
"""Texts of links from a footnote back to its number."""
_MAX_RAISED = 8
"""Characters of a power, or of the number of a footnote, which is a link."""
_HIDDEN = (
    "[hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none'], [style*='visibility:hidden'],"
    "[style*='visibility: hidden']"
)
_AROUND = "header, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search], [role=dialog]"
"""What is around the text of a page that does not say which part is the main one."""
_MAX_DEPTH = 200
"""Levels whose structure is kept; what is deeper is plain text."""
_MAX_OPEN = 10_000
"""More levels than that take minutes (200,000 do), and nobody wrote such a page."""
_OPENING = re.compile(rb"<([a-zA-Z][a-zA-Z0-9]*)|</([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SEARCHED_BYTES = 2048
_BLANKS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
        ),
        *(
            "footer",
            "header",
            "hr",
            "html",
            "li",
            "main",
            "p",
            "section",
            "summary",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
        ),
    }
)
_SPACED = frozenset({"p", "blockquote", "figure", "section", "article"})
"""Blocks with an empty line around them."""


def read_html(path: Path, encoding: str = "") -> DocumentReading:
    """Read a web page as one section, in the given encoding if there is one."""
    data = read_whole(path, MAX_DOCUMENT_BYTES)
    if not data.strip():
        raise UnreadableDocument(ReadingProblem.EMPTY)
    check_depth(data)
    text, found = (data.decode(encoding, "replace"), encoding) if encoding else _decoded(data)
    return DocumentReading(iter((Section(to_markdown(text)),)), encoding=found)


def check_depth(data: bytes) -> None:
    """Raise `UnreadableDocument` for HTML that is nested so deeply that parsing it would take minutes."""
    depth = 0
    for found in _OPENING.finditer(data):
        if found[1]:
            depth += found[1].lower().decode() not in _VOID
            if depth > _MAX_OPEN:
                raise UnreadableDocument(ReadingProblem.UNSAFE, "nested too deeply")
        else:
            depth = max(0, depth - 1)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding, which is empty for Unicode and for what the page itself declares."""
    declared = _CHARSET.search(data[:_SEARCHED_BYTES])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"), "replace"), ""
        except LookupError:
            pass
    return guessed(data)


def to_markdown(html: str) -> str:
    """Return the readable text of HTML, with headings, lists and tables as Markdown."""
    tree = LexborHTMLParser(html)
    tree.strip_tags([*_REMOVED], recursive=True)
    body = tree.body or tree.root
    if body is None:
        return ""
    parts: list[str] = []
    _write(_readable(tree, body), parts, "", 0)
    return _BLANKS.sub("\n\n", "".join(parts)).strip()


def _readable(tree: LexborHTMLParser, body: LexborNode) -> LexborNode:
    """Return the part of a page that people read, without what they do not see."""
    for hidden in reversed(tree.css(_HIDDEN)):  # inner ones first: an outer one takes those in it along
        hidden.decompose()
    if main := tree.css_first("main, [role=main]"):
        return main
    articles = tree.css("article")
    if len(articles) == 1:
        return articles[0]
    for around in reversed(body.css(_AROUND)):
        if not _is_in_article(around):
            around.decompose()
    return body


def _is_in_article(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag != "article":
        above = above.parent
    return above is not None


def _write(node: LexborNode, parts: list[str], prefix: str, depth: int) -> None:
    if depth > _MAX_DEPTH:
        parts.append(_SPACES.sub(" ", node.text(deep=True)))
        return
    child = node.child
    while child is not None:
        _write_one(child, parts, prefix, depth)
        child = child.next


def _write_one(node: LexborNode, parts: list[str], prefix: str, depth: int) -> None:
    tag = node.tag or ""
    match tag:
        case "-text":
            text = _SPACES.sub(" ", node.text_content or "")
            if parts and parts[-1].endswith(("\n", " ")) and text.startswith(" "):
                text = text.lstrip()
            if text:
                parts.append(text)
        case "br":
            parts.append("\n" + prefix)
        case "pre":
            parts.append(f"\n\n```\n{node.text(deep=True).strip(chr(10))}\n```\n\n")
        case "table":
            _write_table(node, parts, prefix, depth)
        case "ul" | "ol":
            _break(parts, 1 if prefix else 2)
            _list(node, parts, prefix, depth, is_ordered=tag == "ol")
            _break(parts, 1 if prefix else 2)
        case _ if tag in _HEADINGS:
            _break(parts, 2)
            parts.append(f"{_HEADINGS[tag]} ")
            _write(node, parts, prefix, depth + 1)
            _break(parts, 2)
        case _ if tag in _BLOCKS:
            _break(parts, 2 if tag in _SPACED else 1)
            _write(node, parts, prefix, depth + 1)
            _break(parts, 2 if tag in _SPACED else 1)
        case "sup" if (raised := node.text(deep=True).strip("[] \n")) and len(raised) <= _MAX_RAISED:
            parts.append(f"[^{raised}]" if node.css_first("a") else f"^{raised}")
        case "a" if node.text(deep=True).strip() in _BACK:
            pass
        case "-comment" | "-document":
            pass
        case _:
            _write(node, parts, prefix, depth + 1)


def _list(node: LexborNode, parts: list[str], prefix: str, depth: int, *, is_ordered: bool) -> None:
    number = 0
    child = node.child
    while child is not None:
        if child.tag == "li":
            number += 1
            _break(parts, 1)
            mark = f"{number}. " if is_ordered else "- "
            parts.append(prefix + mark)
            inner: list[str] = []
            _write(child, inner, prefix + "  ", depth + 1)
            parts.append("".join(inner).strip("\n "))
        child = child.next


def _write_table(node: LexborNode, parts: list[str], prefix: str, depth: int) -> None:
    """Write a table in GFM's form, or its cells one below the other if it contains another table and so is only a layout."""
    if any(table != node for table in node.css("table")):
        for cell in (cell for row in _rows(node) for cell in _children(row, "td", "th")):
            _break(parts, 1)
            _write(cell, parts, prefix, depth + 1)
        _break(parts, 1)
    else:
        parts.append(f"\n\n{_table(node)}\n\n")


def _table(node: LexborNode) -> str:
    """Return a table in GFM's form. Its first row is the head; cells over several columns are followed by empty ones."""
    rows: list[list[str]] = []
    for row in _rows(node):
        cells: list[str] = []
        for cell in _children(row, "td", "th"):
            cells.append(_SPACES.sub(" ", cell.text(deep=True, separator=" ")).strip().replace("|", "\\|"))
            span = (cell.attributes or {}).get("colspan") or "1"
            cells += [""] * (min(int(span), 50) - 1 if span.isdecimal() and len(span) < 4 else 0)
        if cells:
            rows.append(cells)
    return table_text(rows)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """Yield the rows of a table without those of tables in it."""
    for part in _children(table, "tr", "thead", "tbody", "tfoot"):
        yield from [part] if part.tag == "tr" else _children(part, "tr")


def _children(node: LexborNode, *tags: str) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _break(parts: list[str], lines: int) -> None:
    """End the line, and leave an empty one if `lines` is 2."""
    if parts:
        ending = "".join(parts[-3:])[-2:]
        have = len(ending) - len(ending.rstrip("\n"))
        if have < lines:
            if parts[-1].endswith(" "):
                parts[-1] = parts[-1].rstrip(" ")
            parts.append("\n" * (lines - have))
