"""Formats that are text with marks around it: rich text (RTF), notebooks (nbformat) and subtitles."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from chatdesk.documents.readers.plain_text import decode, read_text
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.text.regular_file import read_whole

_CUE_NUMBER = re.compile(r"^\d+$")
_CUE_TIME = re.compile(r"^\s*(?:(\d+):)?(\d+):(\d+)[.,]\d+\s*-->")
_TAGS = re.compile(r"</?[a-z][^<>]{0,200}>|\{\\[^{}]{0,200}\}", re.IGNORECASE)
_BRACES = re.compile(r"\\[\\{}]|[{}]")
_GROUP = re.compile(
    r"(?:\\\*)?\\(?P<note>footnote)\b|(?:\\(?!deleted)[a-z]+-?\d*\s?){0,9}\\(?P<deleted>deleted)(?![a-z0-9])"
)
"""The beginning of a footnote, or of text that was deleted while changes were tracked."""
_BULLET = re.compile(r"^[ \t]*[\uf000-\uf0ff•▪◦]\t", re.MULTILINE)
_NOTE_START = re.compile(r" \[\s+")
_MAX_OUTPUT = 20_000
"""Characters of one output of a notebook."""


def read_rich_text(path: Path) -> DocumentReading:
    """Read RTF as one section."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - with the first such document

    rtf = _prepared(read_whole(path, MAX_DOCUMENT_BYTES).decode("cp1252", "replace"))
    text = str(rtf_to_text(rtf, errors="replace"))  # type: ignore[no-untyped-call]
    return _one(_NOTE_START.sub(" [", _BULLET.sub("- ", text)).strip())


def _prepared(rtf: str) -> str:
    """Return RTF without what has been deleted while changes were tracked, and with footnotes in brackets: the library leaves them out."""
    parts: list[str] = []
    groups: list[str] = []
    copied = deleted = 0
    for found in _BRACES.finditer(rtf):
        if found[0] == "{":
            head = _GROUP.match(rtf, found.end())
            kind = (head["note"] or head["deleted"]) if head else ""
            groups.append(kind)
            if head and kind and not deleted:
                parts.append(rtf[copied : found.start()])
                if head["note"]:
                    parts.append("{ [")
                    copied = head.end()
                else:
                    deleted = len(groups)
        elif found[0] == "}" and groups:
            kind = groups.pop()
            if deleted > len(groups):
                deleted, copied = 0, found.end()
            elif kind == "footnote" and not deleted:
                parts.append(rtf[copied : found.start()] + "]}")
                copied = found.end()
    return "".join(parts) + ("" if deleted else rtf[copied:])


def read_notebook(path: Path) -> DocumentReading:
    """Read a notebook as one section."""
    return _one(notebook_text(read_whole(path, MAX_DOCUMENT_BYTES)))


def notebook_text(data: bytes) -> str:
    """Return the text of a notebook: its texts, its code, and outputs that are text. Raises `UnreadableDocument`."""
    try:
        notebook = json.loads(decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(ReadingProblem.DAMAGED, str(error)) from error
    cells = notebook.get("cells") if isinstance(notebook, Mapping) else None
    if not isinstance(cells, list):
        raise UnreadableDocument(ReadingProblem.DAMAGED, "no cells")
    info = notebook.get("metadata")
    about = info.get("language_info") if isinstance(info, Mapping) else None
    language = _joined(about.get("name")) if isinstance(about, Mapping) else ""
    return "\n\n".join(part for cell in cells if isinstance(cell, Mapping) for part in _cell(cell, language))


def _cell(cell: Mapping[str, object], language: str) -> Iterator[str]:
    source = _joined(cell.get("source"))
    if cell.get("cell_type") != "code":
        yield source
        return
    yield f"```{language}\n{source}\n```"
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        if isinstance(output, Mapping):
            data = output.get("data")
            text = _joined(output.get("text")) or (_joined(data.get("text/plain")) if isinstance(data, Mapping) else "")
            if text.strip():
                yield f"Output:\n```\n{text[:_MAX_OUTPUT].rstrip()}\n```"


def _joined(lines: object) -> str:
    return "".join(map(str, lines)) if isinstance(lines, list) else lines if isinstance(lines, str) else ""


def read_subtitles(path: Path, encoding: str = "") -> DocumentReading:
    """Read SRT or WebVTT: each cue with the time at which it begins. Numbers and formatting are left out."""
    text, used = read_text(path, encoding)
    lines: list[str] = []
    moment = ""
    for line in text.splitlines():
        if found := _CUE_TIME.match(line):
            hours, minutes, seconds = found.groups()
            moment = f"[{int(hours or 0)}:{minutes}:{seconds}] "
        elif line.strip() and not _CUE_NUMBER.match(line.strip()) and not line.startswith(("WEBVTT", "NOTE", "STYLE")):
            lines.append(moment + _TAGS.sub("", line).strip())
            moment = ""
    return _one("\n".join(lines), used)


def _one(text: str, encoding: str = "") -> DocumentReading:
    if not text.strip():
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(iter((Section(text),)), encoding=encoding)
