"""What the readers of several programs share: parts of messages, the order of a tree, and values stored outside memory."""

import hashlib
import json
import mimetypes
import re
import tempfile
from base64 import b64decode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import count
from typing import IO
from urllib.parse import unquote, urlsplit

from chatdesk.features.conversations.importing.foreign_chat import ForeignFile, ForeignMessage, ForeignPart, Loss
from chatdesk.features.conversations.importing.read_failures import ReadFailures
from chatdesk.features.conversations.importing.source import MAX_ATTACHMENT_BYTES, SourceFile
from chatdesk.features.conversations.importing.source import Source as ImportSource
from chatdesk.kernel.chat.message import (
    Part,
    ReasoningPart,
    Role,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    bounded,
)

ROLES = {"user": Role.USER, "assistant": Role.ASSISTANT, "tool": Role.TOOL}

_THOUGHT = re.compile(r"\A\s*<think>(.*?)</think>\s*", re.DOTALL)
_ADDRESS_KEYS = ("url", "uri", "link", "sourceUrl")
_PASSAGE_KEYS = ("content", "snippet", "text")
_MAX_DEPTH = 6
_TYPES = mimetypes.MimeTypes()


def thought_and_text(text: str) -> tuple[Part, ...]:
    """Return the parts of an answer that may begin with its reasoning in `<think>` tags."""
    thought = _THOUGHT.match(text)
    parts: list[Part] = [ReasoningPart(thought[1].strip())] if thought and thought[1].strip() else []
    rest = text[thought.end() :] if thought else text
    return (*parts, TextPart(rest)) if rest.strip() else tuple(parts)


def asked(parts: Iterable[ForeignPart]) -> tuple[ForeignPart, ...]:
    """Return the parts of a question: what is attached to it, and its text."""
    all_parts = tuple(parts)
    text = _joined(part.text for part in all_parts if isinstance(part, TextPart))
    files = (part for part in all_parts if isinstance(part, ForeignFile))
    return (*files, TextPart(text)) if text else tuple(files)


def answered(parts: Iterable[ForeignPart]) -> tuple[ForeignPart, ...]:
    """Return the parts of an answer as Chatdesk orders those of its own: reasoning, text, files, tools, sources.

    Programs that call tools write an answer as a sequence of all of these. Texts become one text with paragraphs, and so does reasoning.
    Sources without a number get one.
    """
    all_parts = tuple(parts)
    thoughts = [part for part in all_parts if isinstance(part, ReasoningPart)]
    thought = _joined(part.text for part in thoughts)
    text = _joined(part.text for part in all_parts if isinstance(part, TextPart))
    sources = bounded(source for part in all_parts if isinstance(part, SourcesPart) for source in part.sources)
    numbers = count(1 + max((source.number for source in sources), default=0))
    return (
        *([ReasoningPart(thought, sum(part.milliseconds for part in thoughts))] if thought else ()),
        *([TextPart(text)] if text else ()),
        *(part for part in all_parts if isinstance(part, ForeignFile)),
        *(part for part in all_parts if isinstance(part, ToolCallPart | ToolResultPart)),
        *(
            [SourcesPart(tuple(each if each.number else replace(each, number=next(numbers)) for each in sources))]
            if sources
            else ()
        ),
    )


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, (text.strip("\n") for text in texts)))


def fenced(text: str, language: str = "") -> str:
    """Return code as a block of Markdown."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}{language if language.isalnum() else ''}\n{text.rstrip('\n')}\n{fence}"


def plain(value: object) -> str:
    """Return a value as text: a string as it is, nothing for None, anything else as JSON. A database can have bytes."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def tool_parts(call_id: str, name: str, arguments: object, result: object = None) -> tuple[Part, ...]:
    """Return the call of a tool with its result, if there is one."""
    call = ToolCallPart(call_id, name, plain(arguments))
    return (call, ToolResultPart(call_id, plain(result))) if result is not None else (call,)


def sources_part(*values: object) -> tuple[Part, ...]:
    """Return the sources found in values of any form: records with an address. There is none without a source."""
    found = [record for value in values for record in _with_address(value)]
    sources = tuple(
        Source(
            number, _first(record, ("title", "name")), _first(record, _PASSAGE_KEYS), "", _first(record, _ADDRESS_KEYS)
        )
        for number, record in enumerate(found, 1)
    )
    return (SourcesPart(sources),) if sources else ()


def _with_address(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        if _first(value, _ADDRESS_KEYS):
            yield value
        else:
            for each in value.values():
                yield from _with_address(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, str) and each.startswith(("http://", "https://")):
                yield {"url": each}
            else:
                yield from _with_address(each, depth + 1)


def _first(record: dict[str, object], keys: Sequence[str]) -> str:
    return next((value for key in keys if isinstance(value := record.get(key), str) and value.strip()), "")


# Pictures and documents:


def media_type_of(name: str) -> str:
    """Return the media type that the name of a file suggests; empty if it is unknown."""
    return _TYPES.guess_type(name.lower())[0] or ""


def embedded_file(address: str, name: str = "") -> ForeignFile | None:
    """Return the file of a `data:` address; None for any other address."""
    head, separator, data = address.partition(",")
    if not separator or not head.startswith("data:") or not head.endswith(";base64"):
        return None
    media_type = head[5:].partition(";")[0]
    try:
        content = b64decode(data.encode("ascii"), validate=True)
    except ValueError:
        return None
    return ForeignFile(name, media_type, content, is_picture=media_type.startswith("image/")) if content else None


def picture_in(address: str, losses: list[Loss]) -> ForeignFile:
    """Return the picture of a `data:` address; for any other one a picture without bytes, whose loss is added."""
    if picture := embedded_file(address):
        return picture
    losses.append(Loss.PICTURE)
    return ForeignFile("", is_picture=True)


def loss_of(media_type: str) -> Loss:
    """Return what is lost with a file of this type."""
    kinds = {"image": Loss.PICTURE, "audio": Loss.SOUND, "video": Loss.VIDEO}
    return kinds.get(media_type.partition("/")[0], Loss.DOCUMENT)


def files_in(source: ImportSource, *folders: str) -> Iterator[SourceFile]:
    """Yield the files in folders of these names: a message can refer to them, but to nothing else that is in the source."""
    inside = tuple(f"/{folder}/" for folder in folders)
    return (file for file in source.files if any(folder in f"/{file.name}" for folder in inside))


def _path_of(name: str) -> str:
    """Return the path of an address; anything else, such as a damaged address, as it is."""
    if "://" in name:
        with suppress(ValueError):
            return urlsplit(name).path
    return name


class Attachments:
    """Attached files of a source, found by the last part of their names, with or without extension."""

    def __init__(self, source: ImportSource, files: Iterable[SourceFile]) -> None:
        self._source = source
        self._named: dict[str, SourceFile] = {}
        for file in files:
            for name in (file.base, file.base.rpartition(".")[0]):
                if name:
                    self._named.setdefault(name, file)

    def find(self, *names: str) -> SourceFile | None:
        """Return the first file with one of these names, each of which may be a path or an address."""
        bases = (unquote(_path_of(name)).replace("\\", "/") for name in names)
        return next((file for base in bases if (file := self._named.get(base.rpartition("/")[2]))), None)

    def part(self, names: Iterable[str], shown: str, media_type: str, losses: list[Loss]) -> Iterator[ForeignFile]:
        """Yield the file with one of these names, which is read when it is needed. If there is none, add the loss.

        A picture is yielded in any case.
        """
        file = self.find(*names)
        kind = media_type or media_type_of(shown) or (media_type_of(file.base) if file else "")
        name = shown or (file.base if file else "")
        loss = loss_of(kind)
        is_picture = loss is Loss.PICTURE
        if file and loss in {Loss.PICTURE, Loss.DOCUMENT} and 0 < file.size <= MAX_ATTACHMENT_BYTES:
            yield ForeignFile(name, kind, is_picture=is_picture, load=partial(self._source.read, file))
            return
        losses.append(loss)
        if is_picture:
            yield ForeignFile(name, kind, is_picture=True)


def text_of(parts: Iterable[ForeignPart]) -> str:
    """Return the text of a message without anything else."""
    return _joined(part.text for part in parts if isinstance(part, TextPart))


def identified(messages: Iterable[ForeignMessage]) -> tuple[str, tuple[ForeignMessage, ...]]:
    """Return an id for a chat whose file has none, and its messages one after the other, with ids of their own.

    A message is known by its position and text, the chat by its first two messages: so it is the same when it has grown.
    """
    found: list[ForeignMessage] = []
    for number, message in enumerate(messages):
        identity = f"{number}\0{message.role}\0{text_of(message.parts)}"
        key = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        found.append(replace(message, id=key, parent=found[-1].id if found else ""))
    return "-".join(message.id[:16] for message in found[:2]), tuple(found)


def instructions_of(parts: Iterable[str]) -> str:
    """Return texts as one text of instructions."""
    return "\n\n".join(dict.fromkeys(text.strip() for text in parts if text.strip()))


class Spool:
    """JSON values under keys, stored in a file: those of one export may be larger than memory. See `spool`.

    Methods raise `ImportRefused` if the file cannot be written or read.
    """

    def __init__(self, file: IO[bytes], failures: ReadFailures) -> None:
        self._file = file
        self._failures = failures
        self._positions: dict[str, list[tuple[int, int]]] = {}
        self._end = 0

    def add(self, key: str, value: object) -> None:
        """Add another value under a key."""
        data = json.dumps(value).encode("ascii")
        with self._failures.temporary_files():
            self._file.seek(self._end)
            self._file.write(data)
        self._positions.setdefault(key, []).append((self._end, len(data)))
        self._end += len(data)

    def keys(self) -> tuple[str, ...]:
        """Return the keys in the order in which they were first used."""
        return tuple(self._positions)

    def all(self, key: str) -> Iterator[object]:
        """Yield the values under a key in their order."""
        for start, length in self._positions.get(key, ()):
            with self._failures.temporary_files():
                self._file.seek(start)
                data = self._file.read(length)
            yield json.loads(data)

    def first(self, key: str) -> object:
        """Return the first value under a key; None if there is none."""
        return next(self.all(key), None)


@contextmanager
def spool(failures: ReadFailures) -> Iterator[Spool]:
    """Create an empty spool in a temporary file, whose failures are noted. Raises `ImportRefused` if that fails."""
    with failures.temporary_files():
        file = tempfile.TemporaryFile(prefix="chatdesk-import-")  # noqa: SIM115 - closed below
    try:
        yield Spool(file, failures)
    finally:
        with suppress(OSError):  # what was not written is not needed any more
            file.close()
