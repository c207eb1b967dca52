"""ChatGPT: the archive from *Data controls > Export data*, and files of browser extensions that save the same records.

`mapping` is a tree of nodes. A node is less than a message: the model's thoughts, each call of a tool, its result and each piece of the
answer are nodes of their own. Here, the nodes from one question to the next become one answer.

Pictures and documents are files of the archive whose names begin with an id. Large archives are divided and have `.dat` files.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

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
    milliseconds_of,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import fenced
from chatdesk.features.conversations.importing.message_order import closest_shown, forest
from chatdesk.features.conversations.importing.readers.chatgpt_citations import Citations
from chatdesk.features.conversations.importing.source import MAX_ATTACHMENT_BYTES, Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart, ToolCallPart, ToolResultPart
from chatdesk.kernel.chat.message import Source as CitedSource
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportRefused

_FILE_ID = re.compile(r"file-[A-Za-z0-9]+|file_[A-Za-z0-9]+")
_LONGEST_ANSWER = 200
"""Maximum number of nodes of one answer."""
_INTERRUPTED = frozenset({"in_progress", "finished_partial_completion"})
_PROJECT = "g-p-"
_MEMORY_TOOL = "bio"
_NEW_CANVAS = "canmore.create_textdoc"
_CONTEXTS = frozenset({"user_editable_context", "model_editable_context"})

Record = Mapping[str, object]


def recognize(source: Source) -> bool:
    """Return whether a file, archive or folder has chats of ChatGPT."""
    return has_keys(source, "mapping")


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats."""
    files = _Files(source)
    for record in records(source):
        yield record if isinstance(record, DamagedChat) else _chat(record, files)
    yield from _shared_links(source)


def _shared_links(source: Source) -> Iterator[Loss]:
    """Yield a loss for each link with which a chat was shared: links lead to the service."""
    if file := source.find("shared_conversations.json"):
        with suppress(ImportRefused):
            links = source.json(file)
            yield from (Loss.SHARED_LINK for _ in (links if isinstance(links, list) else ()))


class _Files:
    """The pictures and documents of the archive, by the ids with which their names begin."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[str, SourceFile] = {}
        for file in () if source.only else source.files:
            if match := _FILE_ID.match(file.base):
                self._found.setdefault(match[0], file)

    def find(self, pointer: str, name: str, media_type: str, *, is_picture: bool) -> ForeignFile | None:
        """Return the file to which a text with its id points; None if it is not in the archive, empty or too large."""
        file = next((found for key in _FILE_ID.findall(pointer) if (found := self._found.get(key))), None)
        if file is None or not 0 < file.size <= MAX_ATTACHMENT_BYTES:
            return None
        return ForeignFile(name or file.base, media_type, is_picture=is_picture, load=lambda: self._source.read(file))


@dataclass(frozen=True, slots=True)
class _Node:
    """A node with something to show."""

    id: str
    is_question: bool
    parts: tuple[ForeignPart, ...]
    message: Record


def _chat(record: Record, files: _Files) -> ForeignChat | Loss:
    mapping = record_in(record, "mapping")
    losses: list[Loss] = []
    nodes: dict[str, _Node] = {}
    ranks: dict[str, int] = {}
    above: dict[str, str] = {}
    for key, each in mapping.items():
        node = each if isinstance(each, dict) else {}
        above[key] = text_in(node, "parent") or above.get(key, "")
        for rank, child in enumerate(list_in(node, "children")):
            if isinstance(child, str) and child in mapping:
                ranks[child] = rank
                above[child] = above.get(child) or key
        message = record_in(node, "message")
        parts = _parts(message, files, losses) if message else None
        is_question = text_in(record_in(message, "author"), "role") == "user"
        if parts or (is_question and parts is not None):
            nodes[key] = _Node(key, is_question, parts, message)
    shown_above = closest_shown(above, nodes)
    ordered = forest(
        sorted(nodes.values(), key=lambda node: ranks.get(node.id, 0)),
        lambda node: node.id,
        lambda node: shown_above[node.id],
    )
    messages, last_of = _messages(ordered, text_in(record, "default_model_slug"), losses)
    current = text_in(record, "current_node")
    return ForeignChat(
        Program.CHATGPT,
        text_in(record, "conversation_id", "id") or (messages[0].id if messages else ""),
        text_in(record, "title"),
        messages,
        last_of.get(current) or last_of.get(shown_above.get(current, ""), ""),
        time_of(record.get("create_time")),
        time_of(record.get("update_time")),
        record.get("is_starred") is True or time_of(record.get("pinned_time")) is not None,
        text_in(record, "project_name", "folder_name") or text_in(record_in(record, "project"), "name", "title"),
        lost=counted_losses(losses),
        project=_project_of(record),
        archived=record.get("is_archived") is True,
    )


def _project_of(record: Record) -> str:
    """Return the ID of the project; empty for none. Custom GPTs, whose chats ChatGPT lists among the others, begin with `g-` alone."""
    ids = (text_in(record, name) for name in ("conversation_template_id", "gizmo_id"))
    return next((each for each in ids if each.startswith(_PROJECT)), "")


def _messages(
    ordered: dict[str, tuple[str, _Node]], model: str, losses: list[Loss]
) -> tuple[tuple[ForeignMessage, ...], Mapping[str, str]]:
    """Return the messages, and for each node the message that shows it.

    An answer ends where a question follows, or nothing. Where it continues in two ways, there are two answers with the same beginning.
    """
    begun: dict[str, int] = {}
    ends: dict[str, bool] = dict.fromkeys(ordered, True)
    last_child: dict[str, str] = {}
    for key, (parent, node) in ordered.items():
        is_continued = parent in begun and not node.is_question and begun[parent] < _LONGEST_ANSWER
        if not node.is_question:
            begun[key] = begun[parent] + 1 if is_continued else 0
        if is_continued and parent not in last_child:
            ends[parent] = False
        if is_continued:
            last_child[parent] = key
    for key, (parent, node) in ordered.items():
        if parent and (node.is_question or begun[key] == 0):
            ends[parent] = True
    last_of: dict[str, str] = {}
    for key in reversed(ordered):
        last_of[key] = key if ends[key] else last_of[last_child[key]]
    return tuple(_message(key, ordered, begun, model, losses) for key in ordered if ends[key]), last_of


def _message(
    last: str, ordered: Mapping[str, tuple[str, _Node]], begun: Mapping[str, int], model: str, losses: list[Loss]
) -> ForeignMessage:
    """Return the message that ends with a node."""
    parent, node = ordered[last]
    nodes = [node]
    for _ in range(begun.get(last, 0)):
        parent, node = ordered[parent]
        nodes.append(node)
    nodes.reverse()
    citations = Citations()
    parts: list[ForeignPart] = []
    for node in nodes:
        for part in node.parts:
            if isinstance(part, TextPart):
                parts.append(TextPart(citations.resolved(part.text, record_in(node.message, "metadata"))))
            elif isinstance(part, SourcesPart):
                for source in part.sources:
                    citations.add(source)
            else:
                parts.append(part)
    losses += [Loss.SOURCE] * citations.lost
    times = (time_of(node.message.get("create_time")) for node in nodes)
    created_at = next((time for time in times if time), None)
    if nodes[-1].is_question:
        return ForeignMessage(last, parent, Role.USER, tuple(parts), created_at)
    slugs = (text_in(record_in(node.message, "metadata"), "model_slug") for node in reversed(nodes))
    return ForeignMessage(
        last,
        parent,
        Role.ASSISTANT,
        (*parts, citations.part),
        created_at,
        next(filter(None, slugs), model),
        "openai",
        is_interrupted=text_in(nodes[-1].message, "status") in _INTERRUPTED,
    )


def _parts(message: Record, files: _Files, losses: list[Loss]) -> tuple[ForeignPart, ...] | None:
    """Return what a node shows; None for what ChatGPT does not show, either."""
    metadata = record_in(message, "metadata")
    content = record_in(message, "content")
    kind = text_in(content, "content_type")
    role = text_in(record_in(message, "author"), "role")
    recipient = text_in(message, "recipient") or "all"
    if kind in _CONTEXTS or recipient == _MEMORY_TOOL:
        losses.append(Loss.MEMORY)
        return None
    is_hidden = metadata.get("is_visually_hidden_from_conversation") is True or message.get("weight") == 0
    if is_hidden or role not in {"user", "assistant", "tool"}:
        return None
    if kind == "thoughts":
        return tuple(_thoughts(content))
    if kind == "reasoning_recap":
        return (ReasoningPart("", milliseconds_of(metadata.get("finished_duration_sec"))),)
    if role == "assistant" and recipient != "all":
        return _call(text_in(message, "id"), recipient, _plain_text(content))
    if role == "tool":
        return tuple(_result(message, content, files, losses))
    if kind == "code":
        code = text_in(content, "text")
        return (TextPart(fenced(code, text_in(content, "language"))),) if code else ()
    parts = tuple(_content_parts(content, files, losses))
    return (*_attachments(metadata, content, files, losses), *parts)


def _thoughts(content: Record) -> Iterator[ReasoningPart]:
    for each in list_in(content, "thoughts"):
        thought = each if isinstance(each, dict) else {}
        summary, text = text_in(thought, "summary").strip(), text_in(thought, "content")
        if summary or text:
            yield ReasoningPart("\n\n".join(filter(None, (f"**{summary}**" if summary else "", text))))


def _call(call_id: str, tool: str, arguments: str) -> tuple[ForeignPart, ...]:
    """Return a call of a tool. A document that is written in a canvas is part of the answer."""
    if tool == _NEW_CANVAS:
        try:
            value = parsed(arguments)
        except ImportRefused:
            value = None
        document = value if isinstance(value, dict) else {}
        if text := text_in(document, "content"):
            family, _, language = text_in(document, "type").partition("/")
            shown = fenced(text, language) if family == "code" else text
            name = text_in(document, "name")
            return (TextPart(f"**{name}**\n\n{shown}" if name else shown),)
    return (ToolCallPart(call_id, tool, arguments),)


def _result(message: Record, content: Record, files: _Files, losses: list[Loss]) -> Iterator[ForeignPart]:
    name = text_in(record_in(message, "author"), "name")
    if name == _MEMORY_TOOL:
        return
    if text_in(content, "content_type") == "tether_quote":
        title, text, address = (text_in(content, key) for key in ("title", "text", "url"))
        yield SourcesPart((CitedSource(0, title, text, "", address),))
        return
    parts = tuple(_content_parts(content, files, losses))
    yield from (part for part in parts if isinstance(part, ForeignFile))
    if text := _plain_text(content):
        yield ToolResultPart(text_in(message, "id"), text)


def _plain_text(content: Record) -> str:
    texts = [part for part in list_in(content, "parts") if isinstance(part, str)]
    return "\n".join(texts) or text_in(content, "text", "result", "summary")


def _content_parts(content: Record, files: _Files, losses: list[Loss]) -> Iterator[ForeignPart]:
    """Yield the parts of `text` and `multimodal_text`, and the text of other types."""
    if not list_in(content, "parts") and (text := text_in(content, "text", "result")):
        yield TextPart(text)
    for part in list_in(content, "parts"):
        record = part if isinstance(part, dict) else {}
        kind = text_in(record, "content_type")
        if isinstance(part, str):
            if part.strip():
                yield TextPart(part)
        elif kind == "image_asset_pointer":
            picture = files.find(text_in(record, "asset_pointer"), "", "", is_picture=True)
            losses += [Loss.PICTURE] * (picture is None)
            yield picture or ForeignFile("", is_picture=True)
        elif kind == "audio_asset_pointer":
            losses.append(Loss.SOUND)
        elif kind.startswith("real_time_user_audio_video"):
            losses += [Loss.SOUND] * bool(record.get("audio_asset_pointer"))
            losses += [Loss.VIDEO] * bool(record.get("video_container_asset_pointer"))
        elif text := text_in(record, "text"):  # the transcript of a voice message
            yield TextPart(text)
        elif kind.startswith("video"):
            losses.append(Loss.VIDEO)


def _attachments(metadata: Record, content: Record, files: _Files, losses: list[Loss]) -> Iterator[ForeignFile]:
    """Yield the attached files that are not among the parts."""
    shown = {
        key
        for part in list_in(content, "parts")
        if isinstance(part, dict)
        for key in _FILE_ID.findall(text_in(part, "asset_pointer"))
    }
    for each in list_in(metadata, "attachments"):
        attachment = each if isinstance(each, dict) else {}
        key = text_in(attachment, "id")
        media_type = text_in(attachment, "mime_type", "mimeType")
        if key in shown:
            continue
        is_picture = media_type.startswith("image/")
        file = files.find(key, text_in(attachment, "name"), media_type, is_picture=is_picture)
        if file is None:
            is_sound = media_type.startswith("audio/")
            losses.append(Loss.PICTURE if is_picture else Loss.SOUND if is_sound else Loss.DOCUMENT)
        yield file or ForeignFile(text_in(attachment, "name"), media_type, is_picture=is_picture)
