"""Values of a file with one JSON value in each line, where a damaged one is left out: a running program writes the last one.

`JsonElements.lines` reads values that may go over several lines, and refuses a file with a damaged one.
"""

import codecs
import json
from collections.abc import Iterator

from chatdesk.features.conversations.importing.json_elements import MAX_ELEMENT_LENGTH, Readable
from chatdesk.features.conversations.importing.message_order import MAX_MESSAGES
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.foreign_text import BYTE_ORDER_MARKS, is_too_deep, reject_constant
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_BLOCK = 1024 * 1024
MAX_LINES = MAX_MESSAGES + 1
"""Maximum number of lines: one may describe the chat."""


def json_lines(source: Source, file: SourceFile) -> Iterator[object]:
    """Yield the value of each line that is not blank; None for a damaged one, such as the last one of a program that was ended.

    Raises `ImportRefused` with `TOO_MANY` for more lines than a chat can have.
    """
    count = 0
    for line in _lines(source, file):
        if line.strip():
            count += 1
            if count > MAX_LINES:
                raise ImportRefused(ImportProblem.TOO_MANY)
            yield _value(line)


def _lines(source: Source, file: SourceFile) -> Iterator[str]:
    """Yield the lines of a file. Raise `ImportRefused` for one that is too long."""
    with source.open(file) as stream:
        chunks: list[str] = []
        length = 0
        for block in _texts(stream):
            *ended, rest = block.split("\n")
            for line in ended:
                yield "".join((*chunks, line))
                chunks, length = [], 0
            chunks.append(rest)
            length += len(rest)
            if length > MAX_ELEMENT_LENGTH:
                raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(MAX_ELEMENT_LENGTH // (1024 * 1024)))
        yield "".join(chunks)


def _texts(stream: Readable) -> Iterator[str]:
    """Yield the text of a file in blocks. A damaged character becomes U+FFFD, because the rest of its message can be read."""
    block = stream.read(_BLOCK)
    mark, encoding = next((each for each in BYTE_ORDER_MARKS if block.startswith(each[0])), (b"", "utf-8"))
    decode = codecs.getincrementaldecoder(encoding or "utf-8")("replace").decode
    block = block[len(mark) :]
    while block:
        yield decode(block)
        block = stream.read(_BLOCK)
    yield decode(b"", True)


def _value(line: str) -> object:
    try:
        value = json.loads(line, parse_constant=reject_constant)
    except (ValueError, RecursionError):
        return None
    return None if is_too_deep(value) else value
