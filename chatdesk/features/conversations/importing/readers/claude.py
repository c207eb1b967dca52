"""Claude: the archive from *Settings > Privacy > Export data*, and files of browser extensions that save the same records.

A message is a list of blocks: text, thinking, calls of tools and their results. What users attached is in the export only as its text.
Answers that were written again share a parent. `projects.json`, or a folder with a file for each, has the names of projects.
"""

import json
from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.exported_conversations import has_keys, records
from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    ForeignPart,
    Loss,
    Program,
    counted_losses,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import fenced
from chatdesk.features.conversations.importing.source import Source
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart, ToolCallPart, ToolResultPart
from chatdesk.kernel.chat.message import Source as CitedSource
from chatdesk.kernel.presets.preset_import import ImportRefused

_ROLES = {"human": Role.USER, "user": Role.USER, "assistant": Role.ASSISTANT}
_ARTIFACTS = "artifacts"
_NOT_SHOWN = frozenset({"token_budget", "flag"})
_PICTURE_KINDS = frozenset({"image", "image/png", "image/jpeg", "image/webp", "image/gif"})

Record = Mapping[str, object]


def recognize(source: Source) -> bool:
    """Return whether a file, archive or folder has chats of Claude."""
    return has_keys(source, "chat_messages")


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats."""
    projects = _projects(source)
    for record in records(source):
        yield record if isinstance(record, DamagedChat) else _chat(record, projects)


def _projects(source: Source) -> Mapping[str, str]:
    """Return the names of the projects by their id. A damaged list of projects costs their names only."""
    names: dict[str, str] = {}
    for file in source.files:
        is_list = file.base == "projects.json"
        if is_list or f"/{file.name}".rpartition("/")[0].endswith("/projects"):
            try:
                value = source.json(file)
            except ImportRefused:
                continue
            listed = value if isinstance(value, list) else [value]
            names |= {text_in(each, "uuid"): text_in(each, "name") for each in listed if isinstance(each, dict)}
    return names


def _chat(record: Record, projects: Mapping[str, str]) -> ForeignChat:
    losses: list[Loss] = []
    messages: list[ForeignMessage] = []
    for each in list_in(record, "chat_messages"):
        message = _message(each, losses, messages[-1].id if messages else "") if isinstance(each, dict) else None
        if message is None:
            losses.append(Loss.DAMAGED_MESSAGE)
        else:
            messages.append(message)
    project = record_in(record, "project")
    return ForeignChat(
        Program.CLAUDE,
        text_in(record, "uuid") or (messages[0].id if messages else ""),
        text_in(record, "name", "title"),
        tuple(messages),
        text_in(record, "current_leaf_message_uuid"),
        time_of(record.get("created_at")),
        time_of(record.get("updated_at")),
        record.get("is_starred") is True,
        text_in(project, "name") or projects.get(text_in(record, "project_uuid") or text_in(project, "uuid"), ""),
        lost=counted_losses(losses),
    )


def _message(record: Record, losses: list[Loss], before: str) -> ForeignMessage | None:
    role = _ROLES.get(text_in(record, "sender"))
    if role is None:
        return None
    parts: list[ForeignPart] = []
    blocks = [each for each in list_in(record, "content") if isinstance(each, dict)]
    for block in blocks:
        parts += _block(block, losses)
    if not blocks and (text := text_in(record, "text")):
        parts.append(TextPart(text))
    parts += _attached(record, losses)
    # Older exports have no parents: their messages follow each other.
    parent = text_in(record, "parent_message_uuid") if "parent_message_uuid" in record else before
    return ForeignMessage(
        text_in(record, "uuid"),
        parent,
        role,
        tuple(parts),
        time_of(record.get("created_at")),
        text_in(record, "model") if role is Role.ASSISTANT else "",
        "anthropic" if role is Role.ASSISTANT else "",
        is_interrupted=role is Role.ASSISTANT and record.get("truncated") is True,
    )


def _block(block: Record, losses: list[Loss]) -> Iterator[ForeignPart]:
    kind = text_in(block, "type")
    match kind:
        case "text":
            yield TextPart(text_in(block, "text"))
            cited = (_source(each) for each in list_in(block, "citations") if isinstance(each, dict))
            yield SourcesPart(tuple(cited))
        case "thinking":
            yield ReasoningPart(text_in(block, "thinking"), _duration(block))
        case "tool_use":
            yield from _call(block)
        case "tool_result":
            yield from _result(block, losses)
        case "image":
            losses.append(Loss.PICTURE)
            yield ForeignFile("", is_picture=True)
        case _ if kind not in _NOT_SHOWN:
            if text := text_in(block, "text"):
                yield TextPart(text)
            else:
                losses.append(Loss.TOOL_CALL)


def _duration(block: Record) -> int:
    start, stop = time_of(block.get("start_timestamp")), time_of(block.get("stop_timestamp"))
    return max(0, round((stop - start).total_seconds() * 1000)) if start and stop else 0


def _source(citation: Record) -> CitedSource:
    details = record_in(citation, "details") or citation
    return CitedSource(
        0,
        text_in(citation, "title") or text_in(details, "title"),
        text_in(citation, "cited_text", "snippet"),
        "",
        text_in(details, "url") or text_in(citation, "url"),
    )


def _call(block: Record) -> Iterator[ForeignPart]:
    """Yield a call of a tool. A new artifact is part of the answer."""
    arguments = record_in(block, "input")
    name = text_in(block, "name")
    content = text_in(arguments, "content")
    if name == _ARTIFACTS and content and text_in(arguments, "command") in {"", "create", "rewrite"}:
        title = text_in(arguments, "title")
        is_text = text_in(arguments, "type") in {"text/markdown", "text/plain"}
        shown = content if is_text else fenced(content, text_in(arguments, "language") or _language(arguments))
        yield TextPart(f"**{title}**\n\n{shown}" if title else shown)
    else:
        text = json.dumps(arguments, ensure_ascii=False) if arguments else text_in(block, "input")
        yield ToolCallPart(text_in(block, "id"), name, text)


def _language(arguments: Record) -> str:
    return text_in(arguments, "type").rpartition("/")[2].rpartition(".")[2]


def _result(block: Record, losses: list[Loss]) -> Iterator[ForeignPart]:
    """Yield the text of a result; a list of pages that were found becomes sources."""
    if text_in(block, "name") == _ARTIFACTS:
        return  # it says only that the artifact was made
    content = block.get("content")
    listed = [each for each in content if isinstance(each, dict)] if isinstance(content, list) else []
    pages = [each for each in listed if text_in(each, "url")]
    yield SourcesPart(tuple(map(_page, pages)))
    losses += [Loss.PICTURE for each in listed if text_in(each, "type") == "image"]
    texts = [text_in(each, "text") for each in listed if each not in pages]
    if text := content if isinstance(content, str) else "\n".join(filter(None, texts)):
        yield ToolResultPart(text_in(block, "tool_use_id"), text)


def _page(page: Record) -> CitedSource:
    about = record_in(page, "metadata")
    return CitedSource(
        0, text_in(page, "title"), text_in(page, "text"), text_in(about, "site_name"), text_in(page, "url")
    )


def _attached(record: Record, losses: list[Loss]) -> Iterator[ForeignFile]:
    """Yield what was attached: texts as documents, and the names of the rest."""
    attachments = [each for each in list_in(record, "attachments") if isinstance(each, dict)]
    for attachment in attachments:
        text = text_in(attachment, "extracted_content")
        losses += [] if text else [Loss.DOCUMENT]
        yield ForeignFile(text_in(attachment, "file_name") or "Text", _media_type(attachment), text=text)
    known = {text_in(attachment, "file_name") for attachment in attachments}
    for each in (*list_in(record, "files"), *list_in(record, "files_v2")):
        if not isinstance(each, dict):
            continue
        name = text_in(each, "file_name")
        if name in known:
            continue
        known.add(name)
        kind = text_in(each, "file_kind", "file_type")
        is_picture = kind in _PICTURE_KINDS or name.lower().endswith((".png", ".jpg", ".jpeg", ".webp", ".gif"))
        losses.append(Loss.PICTURE if is_picture else Loss.DOCUMENT)
        yield ForeignFile(name, is_picture=is_picture)


def _media_type(attachment: Record) -> str:
    kind = text_in(attachment, "file_type")
    return kind if "/" in kind else "text/plain"
