"""DeepSeek: the archive from *Data > Export data* of its website and app.

Like ChatGPT's it has a `mapping` with a tree of nodes, but times are text, and a message is a list of fragments: what was asked, thought,
searched and answered. There is no current node; the newest answer is shown.
"""

import re
from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.exported_conversations import conversation_files, records
from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    milliseconds_of,
    time_of,
)
from chatdesk.features.conversations.importing.json_elements import first_keys
from chatdesk.features.conversations.importing.message_order import closest_shown
from chatdesk.features.conversations.importing.source import Source
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart
from chatdesk.kernel.chat.message import Source as CitedSource
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.presets.preset_import import ImportRefused

_CITATION = re.compile(r"\[citation:(\d{1,3})\]")

Record = Mapping[str, object]


def recognize(source: Source) -> bool:
    """Return whether a file, archive or folder has chats of DeepSeek."""
    return any(_is_own(source.outline(file)) for file in conversation_files(source))


def _is_own(outline: bytes) -> bool:
    keys = first_keys(outline)
    return "mapping" in keys and ("inserted_at" in keys or b'"fragments"' in outline)


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats."""
    for record in records(source):
        yield record if isinstance(record, DamagedChat) else _chat(record)


def _chat(record: Record) -> ForeignChat:
    losses: list[Loss] = []
    parents: dict[str, str] = {}
    messages: dict[str, Record] = {}
    for key, each in record_in(record, "mapping").items():
        node = each if isinstance(each, dict) else {}
        parents[key] = text_in(node, "parent") or parents.get(key, "")
        for child in list_in(node, "children"):
            if isinstance(child, str):
                parents[child] = parents.get(child) or key
        if message := record_in(node, "message"):
            messages[key] = message
    shown = {key: parts for key, message in messages.items() if any(parts := _parts(message, losses))}
    above = closest_shown(parents, shown)
    # A node usually is a question or an answer. If it is both, the answer is the child of the question.
    last = {key: f"{key}/answer" if question and answer else key for key, (question, answer) in shown.items()}
    found = tuple(
        message
        for key, parts in shown.items()
        for message in _messages(key, messages[key], parts, last.get(above.get(key, ""), ""))
    )
    return ForeignChat(
        Program.DEEPSEEK,
        text_in(record, "id") or (found[0].id if found else ""),
        text_in(record, "title"),
        found,
        created_at=time_of(record.get("inserted_at")),
        updated_at=time_of(record.get("updated_at")),
        pinned=record.get("pinned") is True,
        lost=counted_losses(losses),
    )


_Parts = tuple[tuple[ForeignPart, ...], tuple[ForeignPart, ...]]
"""The parts of a question and those of an answer."""


def _messages(key: str, message: Record, parts: _Parts, parent: str) -> Iterator[ForeignMessage]:
    question, answer = parts
    moment = time_of(message.get("inserted_at"))
    if question:
        yield ForeignMessage(key, parent, Role.USER, question, moment)
    if answer:
        yield ForeignMessage(
            f"{key}/answer" if question else key,
            key if question else parent,
            Role.ASSISTANT,
            answer,
            moment,
            text_in(message, "model"),
            "deepseek",
            is_interrupted=text_in(message, "status") in {"WIP", "INCOMPLETE"},
        )


def _parts(message: Record, losses: list[Loss]) -> _Parts:
    question: list[ForeignPart] = []
    answer: list[ForeignPart] = []
    if text := text_in(message, "content"):  # older exports have no fragments
        role = text_in(message, "role") or text_in(record_in(message, "author"), "role")
        (question if role.lower() == "user" else answer).append(TextPart(text))
        answer.append(ReasoningPart(text_in(message, "reasoning_content")))
    for each in list_in(message, "fragments"):
        fragment = each if isinstance(each, dict) else {}
        text = text_in(fragment, "content")
        match text_in(fragment, "type").upper():
            case "REQUEST":
                question.append(TextPart(text))
            case "RESPONSE":
                answer.append(TextPart(_CITATION.sub(r"[\1]", text)))
            case "THINK":
                answer.append(ReasoningPart(text, milliseconds_of(fragment.get("elapsed_secs"))))
            case "SEARCH":
                answer.append(_sources(fragment, text))
            case _:
                losses += [Loss.TOOL_CALL] if fragment else []
    question += _files(message, losses)
    return tuple(filter(_is_shown, question)), tuple(filter(_is_shown, answer))


def _is_shown(part: ForeignPart) -> bool:
    """Return whether a part says something: an answer that failed has empty fragments."""
    match part:
        case TextPart(text=text) | ReasoningPart(text=text):
            return bool(text)
        case SourcesPart(sources=sources):
            return bool(sources)
        case _:
            return True


def _sources(fragment: Record, text: str) -> SourcesPart:
    """Return the pages that were found, whose numbers the answer cites."""
    try:
        value = parsed(text) if text.lstrip().startswith(("{", "[")) else fragment
    except ImportRefused:
        value = fragment
    listed = list_in(value, "results") if isinstance(value, dict) else value if isinstance(value, list) else []
    found = [each for each in listed if isinstance(each, dict)]
    return SourcesPart(
        tuple(
            CitedSource(
                count(each.get("cite_index")) or number,
                text_in(each, "title"),
                text_in(each, "snippet"),
                text_in(each, "site_name"),
                text_in(each, "url"),
            )
            for number, each in enumerate(found, 1)
        )
    )


def _files(message: Record, losses: list[Loss]) -> Iterator[ForeignFile]:
    """Yield the files of a question. An export has their names, and of some the text."""
    for each in list_in(message, "files"):
        file = each if isinstance(each, dict) else {}
        name, text = text_in(file, "file_name", "name"), text_in(file, "content", "text")
        is_picture = name.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")) and not text
        losses += [] if text else [Loss.PICTURE if is_picture else Loss.DOCUMENT]
        yield ForeignFile(name, text=text, is_picture=is_picture)
