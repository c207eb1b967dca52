"""Open WebUI: the export of all chats is a JSON list of chats, that of one chat a list with one element or the chat itself.

`chat.history` is a tree of messages. Reasoning is in the text, as `<details type="reasoning">` with lines quoted by `>`.
"""

import html
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.foreign_chat import (
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    in_sequence,
    time_of,
)
from chatdesk.features.conversations.importing.json_elements import JsonElements
from chatdesk.features.conversations.importing.source import Source
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart

_BEGINS = re.compile(rb'\s*\[?\s*\{.{0,20000}"chat"\s*:\s*\{', re.DOTALL)
_DETAILS = re.compile(
    r'<details type="(reasoning|tool_calls|code_interpreter)"([^>]*)>\n?(.*?)</details>\n?', re.DOTALL
)
_SUMMARY = re.compile(r"<summary>.*?</summary>\n?", re.DOTALL)
_DURATION = re.compile(r'duration="(\d{1,9}(?:\.\d+)?)"')
_ROLES = {"user": Role.USER, "assistant": Role.ASSISTANT}


def recognize(source: Source) -> bool:
    """Return whether a file is an export of Open WebUI."""
    return any(_BEGINS.match(source.beginning(file)) for file in source.only)


def read(source: Source) -> Iterator[ForeignChat | Loss]:
    """Yield the chats of an export."""
    for file in source.only:
        with source.open(file) as stream:
            elements = JsonElements(stream)
            for value in elements.elements() if elements.opens_with == "[" else (elements.value(),):
                yield _chat(value) if isinstance(value, dict) else Loss.DAMAGED_CHAT


def _chat(record: Mapping[str, object]) -> ForeignChat | Loss:
    content = record_in(record, "chat") or record
    history = record_in(content, "history")
    losses: list[Loss] = []
    tree = record_in(history, "messages")
    if tree:
        found = [_message(each, losses) for each in tree.values() if isinstance(each, dict)]
        messages = tuple(each for each in found if each)
    else:
        listed = (_message(each, losses) for each in list_in(content, "messages") if isinstance(each, dict))
        messages = in_sequence(each for each in listed if each)
    if not messages:
        return Loss.EMPTY_CHAT
    return ForeignChat(
        Program.OPEN_WEBUI,
        text_in(record, "id") or text_in(content, "id") or f"{messages[0].id}",
        text_in(record, "title") or text_in(content, "title"),
        messages,
        text_in(history, "currentId"),
        time_of(record.get("created_at")) or time_of(content.get("timestamp")),
        time_of(record.get("updated_at")),
        record.get("pinned") is True,
        instructions=text_in(record_in(content, "params"), "system") or text_in(content, "system"),
        lost=counted_losses(losses),
    )


def _message(record: Mapping[str, object], losses: list[Loss]) -> ForeignMessage | None:
    role = _ROLES.get(text_in(record, "role"))
    if role is None:
        losses.append(Loss.DAMAGED_MESSAGE)
        return None
    parts = [*_files(record, losses), *_text_parts(text_in(record, "content"), losses)]
    return ForeignMessage(
        text_in(record, "id"),
        text_in(record, "parentId"),
        role,
        tuple(parts),
        time_of(record.get("timestamp")),
        text_in(record, "model") if role is Role.ASSISTANT else "",
        is_interrupted=role is Role.ASSISTANT and record.get("done") is False,
    )


def _text_parts(content: str, losses: list[Loss]) -> Iterator[ForeignPart]:
    end = 0
    for match in _DETAILS.finditer(content):
        if before := content[end : match.start()].strip("\n"):
            yield TextPart(before)
        end = match.end()
        if match[1] == "reasoning":
            duration = _DURATION.search(match[2])
            lines = _SUMMARY.sub("", match[3]).strip("\n").split("\n")
            text = "\n".join(line.removeprefix("> ").removeprefix(">") for line in map(html.unescape, lines))
            yield ReasoningPart(text, round(float(duration[1]) * 1000) if duration else 0)
        else:
            losses.append(Loss.TOOL_CALL)
    if rest := content[end:].strip("\n") if end else content:
        yield TextPart(rest)


def _files(record: Mapping[str, object], losses: list[Loss]) -> Iterator[ForeignFile]:
    for each in list_in(record, "files"):
        file = each if isinstance(each, dict) else {}
        is_picture = file.get("type") == "image"
        address = text_in(file, "url")
        data = b""
        if is_picture and address.startswith("data:image/"):
            try:
                data = b64decode(address.partition(",")[2].encode("ascii"), validate=True)
            except ValueError:
                data = b""
        text = text_in(record_in(record_in(file, "file"), "data"), "content")
        if not data and not text:
            losses.append(Loss.PICTURE if is_picture else Loss.DOCUMENT)
        else:
            kind = address[5:].partition(";")[0] if data else ""
            yield ForeignFile(text_in(file, "name"), kind, data, text, is_picture)
