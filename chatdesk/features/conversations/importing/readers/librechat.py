"""LibreChat: the JSON export of one chat.

The messages are a list, or with the option *recursive*, which is the default, a tree in which each has its `children`.
"""

from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    damaged_chat,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import (
    embedded_file,
    loss_of,
    media_type_of,
    plain,
    sources_part,
    tool_parts,
)
from chatdesk.features.conversations.importing.json_elements import JsonElements, first_keys
from chatdesk.features.conversations.importing.source import Source
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart

_MOST_NESTING = 8_000
"""Maximum nesting of a tree of messages, two for each: what Python can read on all systems."""
_VENDORS = {"openai": "openai", "azureopenai": "azure", "anthropic": "anthropic", "google": "gemini"}
"""Vendors by the name of LibreChat's endpoint in lower case."""

Record = Mapping[str, object]


def recognize(source: Source) -> bool:
    """Return whether a file is an export of LibreChat."""
    return any(_is_own(first_keys(source.outline(file))) for file in source.only)


def _is_own(keys: frozenset[str]) -> bool:
    return "conversationId" in keys and not keys.isdisjoint({"messages", "messagesTree"})


def read(source: Source) -> Iterator[ForeignChat | DamagedChat]:
    """Yield the chat."""
    for file in source.only:
        with source.open(file) as stream:
            elements = JsonElements(stream, _MOST_NESTING)
            for value in elements.elements() if elements.opens_with == "[" else (elements.value(),):
                yield _chat(value) if isinstance(value, dict) else damaged_chat(value)


def _chat(record: Record) -> ForeignChat:
    losses: list[Loss] = []
    endpoint = text_in(record, "endpoint")
    options = record_in(record, "options")
    found_messages = _flat(list_in(record, "messagesTree") or list_in(record, "messages") or [record.get("messages")])
    messages = tuple(
        _message(each, parent, endpoint, losses)
        for each, parent in found_messages
        if text_in(each, "messageId") or _has_text(each)
    )
    return ForeignChat(
        Program.LIBRECHAT,
        text_in(record, "conversationId"),
        text_in(record, "title"),
        messages,
        instructions=text_in(options, "system", "promptPrefix", "instructions"),
        lost=counted_losses(losses),
        archived=record.get("isArchived") is True or options.get("isArchived") is True,
    )


def _has_text(record: Record) -> bool:
    return bool(text_in(record, "text") or list_in(record, "content"))


def _flat(roots: list[object]) -> Iterator[tuple[Record, str]]:
    """Yield each message of a tree with the id of its parent: the one whose child it is, otherwise the one that it names."""
    waiting = [(each, "") for each in reversed(roots)]
    while waiting:
        value, parent = waiting.pop()
        if isinstance(value, dict):
            yield value, parent or text_in(value, "parentMessageId")
            own = text_in(value, "messageId") or parent
            waiting += ((child, own) for child in reversed(list_in(value, "children")))


def _message(record: Record, parent: str, endpoint: str, losses: list[Loss]) -> ForeignMessage:
    is_question = record.get("isCreatedByUser") is True
    content = [each for each in list_in(record, "content") if isinstance(each, dict)]
    parts: list[ForeignPart] = [*_files(record, losses)]
    for each in content:
        parts += _content(each, losses)
    if not content:
        parts.append(TextPart(text_in(record, "text")))
    parts += _attached(record, losses)
    moment = time_of(record.get("createdAt"))
    if is_question:
        return ForeignMessage(text_in(record, "messageId"), parent, Role.USER, tuple(parts), moment)
    named = (text_in(record, "endpoint") or endpoint).lower()
    return ForeignMessage(
        text_in(record, "messageId"),
        parent,
        Role.ASSISTANT,
        tuple(parts),
        moment,
        text_in(record, "model", "sender"),
        _VENDORS.get(named, ""),
        is_interrupted=record.get("unfinished") is True or record.get("error") is True,
    )


def _content(part: Record, losses: list[Loss]) -> Iterator[ForeignPart]:
    kind = text_in(part, "type")
    match kind:
        case "text" | "error":
            yield TextPart(text_in(part, "text") or text_in(record_in(part, "text"), "value") or text_in(part, "error"))
        case "think":
            yield ReasoningPart(text_in(part, "think") or text_in(record_in(part, "think"), "value"))
        case "tool_call":
            call = record_in(part, "tool_call")
            function = record_in(call, "function") or record_in(call, "code_interpreter") or call
            arguments = function.get("args") or function.get("arguments") or function.get("input")
            output = plain(function.get("output") or function.get("outputs")) or None
            yield from tool_parts(
                text_in(call, "id"), text_in(function, "name") or text_in(call, "type"), arguments, output
            )
        case "image_url":
            picture = embedded_file(text_in(record_in(part, "image_url"), "url"))
            losses += [Loss.PICTURE] * (picture is None)
            yield picture or ForeignFile("", is_picture=True)
        case "image_file":
            losses.append(Loss.PICTURE)
            yield ForeignFile(text_in(record_in(part, "image_file"), "filename"), is_picture=True)
        case "video_url":
            losses.append(Loss.VIDEO)
        case "input_audio":
            losses.append(Loss.SOUND)
        case "agent_update" | "summary":
            pass  # which agent continues, and a summary for a model whose context was full
        case _:
            losses.append(Loss.TOOL_CALL)


def _attached(record: Record, losses: list[Loss]) -> Iterator[ForeignPart]:
    """Yield what tools have added to an answer: pages that were found, and files, which stay on the server."""
    for each in list_in(record, "attachments"):
        attachment = each if isinstance(each, dict) else {}
        search = record_in(attachment, "web_search")
        yield from sources_part(search.get("organic"), search.get("topStories"))
        if name := text_in(attachment, "filename"):
            media_type = text_in(attachment, "type")
            media_type = media_type if "/" in media_type else media_type_of(name)
            losses.append(loss_of(media_type))
            yield ForeignFile(name, media_type, is_picture=media_type.startswith("image/"))


def _files(record: Record, losses: list[Loss]) -> Iterator[ForeignFile]:
    """Yield the files, which stay on the server; of some the text is in the export."""
    for each in list_in(record, "files"):
        file = each if isinstance(each, dict) else {}
        media_type, text = text_in(file, "type"), text_in(file, "text")
        losses += [] if text else [loss_of(media_type)]
        yield ForeignFile(text_in(file, "filename"), media_type, text=text, is_picture=media_type.startswith("image/"))
