"""Values of a file with one JSON value in each line."""

import json
from collections.abc import Iterator

from chatdesk.features.conversations.importing.json_elements import MAX_ELEMENT_LENGTH
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.foreign_text import is_too_deep, reject_constant, text_of
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_BLOCK = 1024 * 1024
_LINE_END = b"\n"


def json_lines(source: Source, file: SourceFile) -> Iterator[object]:
    """Yield the value of each line that is not blank; None for a damaged one, such as the last one of a program that was ended."""
    for line in _lines(source, file):
        if line.strip():
            yield _value(line)


def _lines(source: Source, file: SourceFile) -> Iterator[bytes]:
    """Yield the lines of a file. Raise `ImportRefused` for one that is too long."""
    with source.open(file) as stream:
        pieces: list[bytes] = []
        length = 0
        while block := stream.read(_BLOCK):
            *ended, rest = block.split(_LINE_END)
            for line in ended:
                yield b"".join((*pieces, line))
                pieces, length = [], 0
            pieces.append(rest)
            length += len(rest)
            if length > MAX_ELEMENT_LENGTH:
                raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(MAX_ELEMENT_LENGTH // (1024 * 1024)))
        yield b"".join(pieces)


def _value(line: bytes) -> object:
    try:
        value = json.loads(text_of(line), parse_constant=reject_constant)
    except (ImportRefused, ValueError, RecursionError):
        return None
    return None if is_too_deep(value) else value
