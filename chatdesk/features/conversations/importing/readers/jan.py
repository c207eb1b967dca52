"""Jan: a folder for each chat, `threads/<id>`, with `thread.json` and `messages.jsonl`; `files` beside them has the attachments.

Since 2026 a message names its parent, and the child that is shown, in its `metadata`; before, the order of the lines is that of the chat. A
file `messages.jsonl` alone is a chat without a name. The export of one chat is a JSON object with its title and the same messages.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
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
from chatdesk.features.conversations.importing.foreign_parts import (
    ROLES,
    Attachments,
    embedded_file,
    files_in,
    instructions_of,
    media_type_of,
    thought_and_text,
    tool_parts,
)
from chatdesk.features.conversations.importing.foreign_servers import vendor_of
from chatdesk.features.conversations.importing.json_elements import JsonElements, first_keys
from chatdesk.features.conversations.importing.json_lines import json_lines
from chatdesk.features.conversations.importing.message_order import joined_answers
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, TextPart, ToolResultPart
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_MESSAGES, _THREAD = "messages.jsonl", "thread.json"
_LINE = re.compile(rb'\s*\{[^\n]{0,60000}?"object"\s*:\s*"thread\.message"')
_EXPORT = frozenset({"title", "exported_at", "messages"})
_LONG_LINE = re.compile(rb'\s*\{[^\n]*"content"\s*:\s*\[')
_ATTACHED = re.compile(r"\s*\[ATTACHED_FILES\]\n?(.*?)\n?\[/ATTACHED_FILES\]", re.DOTALL)
_NAME = re.compile(r"\bname: ([^,\n]+)")
_UNFINISHED = frozenset({"pending", "error", "stopped"})


def recognize(source: Source) -> bool:
    """Return whether a source is a chat of Jan, its folder of chats or its data folder."""
    if source.only:
        return any(_is_jan(source, file) for file in source.only)
    return next(_threads(source), None) is not None


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats."""
    attached: dict[str, list[SourceFile]] = {}
    for file in files_in(source, "files"):
        attached.setdefault(file.name.rpartition("/files/")[0], []).append(file)
    for file, thread in [(each, None) for each in source.only] or _threads(source):
        if _is_export(source, file):
            yield _exported(source, file)
            continue
        value: object = {}
        if thread:
            try:
                value = source.json(thread)
            except ImportRefused:
                yield DamagedChat(_folder_of(file))
                continue
        attachments = Attachments(source, attached.get(file.name.rpartition("/")[0], ()))
        try:
            yield _chat(json_lines(source, file), value if isinstance(value, dict) else {}, attachments)
        except ImportRefused as error:
            if error.problem is not ImportProblem.TOO_MANY:
                raise
            yield DamagedChat(_folder_of(file))


def _folder_of(file: SourceFile) -> str:
    """Return the name of the folder of a chat."""
    return PurePath(file.name).parent.name


def _is_jan(source: Source, file: SourceFile) -> bool:
    outline = source.outline(file)
    return bool(
        _LINE.match(outline)
        or (file.base == _MESSAGES and _LONG_LINE.match(outline))
        or (source.only and _is_export(source, file))
    )


def _is_export(source: Source, file: SourceFile) -> bool:
    return file.base != _MESSAGES and first_keys(source.outline(file)) >= _EXPORT


def _exported(source: Source, file: SourceFile) -> ForeignChat | Loss:
    """Return the chat of an export, which has no ID of its own."""
    with source.open(file) as stream:
        value = JsonElements(stream).value()
    record = value if isinstance(value, dict) else {}
    return _chat(list_in(record, "messages"), {"title": record.get("title")}, Attachments(source, ()))


def _threads(source: Source) -> Iterator[tuple[SourceFile, SourceFile | None]]:
    """Yield the messages and the description of each chat. In an unknown folder, both are there, or the messages are those of Jan."""
    named = {file.name: file for file in source.files if file.base in {_MESSAGES, _THREAD}}
    for name, file in named.items():
        if file.base == _MESSAGES:
            thread = named.get(f"{name.removesuffix(_MESSAGES)}{_THREAD}")
            if thread or _is_jan(source, file):
                yield file, thread


def _chat(lines: Iterable[object], thread: Mapping[str, object], attachments: Attachments) -> ForeignChat | Loss:
    losses: list[Loss] = []
    reading = _Reading(attachments, losses)
    records: list[Mapping[str, object]] = []
    for value in lines:
        if isinstance(value, dict):
            records.append(value)
        else:
            losses.append(Loss.DAMAGED_MESSAGE)
    assistant = next((each for each in list_in(thread, "assistants") if isinstance(each, dict)), {})
    model = record_in(assistant, "model") or record_in(thread, "model")
    found = [
        replace(
            message, model=message.model or text_in(model, "id"), vendor=vendor_of(text_in(model, "engine", "provider"))
        )
        if message.role is Role.ASSISTANT
        else message
        for record in records
        if (message := reading.message(record))
    ]
    linked = {text_in(record, "id") for record in records if "parentId" in record_in(record, "metadata")}
    is_tree = bool(linked)
    placed = _linked(found, linked) if is_tree else in_sequence(found)
    messages, head = joined_answers(placed, _head(records, placed) if is_tree else "", losses)
    if not messages:
        return Loss.EMPTY_CHAT
    metadata = record_in(thread, "metadata")
    return ForeignChat(
        Program.JAN,
        text_in(thread, "id") or text_in(records[0], "thread_id") or messages[0].id,
        text_in(thread, "title"),
        messages,
        head,
        time_of(thread.get("created")),
        time_of(thread.get("updated")),
        pinned=metadata.get("is_favorite") is True,
        folder=text_in(record_in(metadata, "project"), "name"),
        instructions=instructions_of((text_in(assistant, "instructions"),)),
        lost=counted_losses(losses),
    )


def _linked(messages: Sequence[ForeignMessage], linked: Collection[str]) -> list[ForeignMessage]:
    """Return messages with the parents that they name, or else the one before.

    Some versions of Jan wrote answers without their question, and named that question in the next one. Jan repairs this when it opens a
    chat: an answer without a parent belongs to the question before it, and the next question that names the same one follows the answer.
    """
    placed: list[ForeignMessage] = []
    question = ""
    moved: dict[str, str] = {}
    for message in messages:
        before = placed[-1] if placed else None
        parent = message.parent if message.id in linked else before.id if before else ""
        follows_tool = before is not None and before.role is Role.TOOL and parent == before.id
        if message.role is Role.ASSISTANT and not (message.id in linked and parent) and not follows_tool:
            parent = question
            moved.setdefault(question, message.id)
        elif message.role is Role.USER:
            parent = moved.pop(parent, parent) if parent else ""
            question = message.id
        placed.append(replace(message, parent=parent))
    return placed


def _head(records: list[Mapping[str, object]], messages: Sequence[ForeignMessage]) -> str:
    """Return the end of the shown path: from each message to the child that it names, or to its last one."""
    children: dict[str, list[str]] = {}
    for message in messages:
        children.setdefault(message.parent, []).append(message.id)
    chosen = {text_in(record, "id"): text_in(record_in(record, "metadata"), "activeChildId") for record in records}
    head = ""
    while following := children.pop(head, []):
        head = chosen[head] if chosen.get(head) in following else following[-1]
    return head


@dataclass(frozen=True, slots=True)
class _Reading:
    attachments: Attachments
    losses: list[Loss]

    def message(self, record: Mapping[str, object]) -> ForeignMessage | None:
        """Return the message of a line; None if it is none."""
        role = ROLES.get(text_in(record, "role"))
        if role is None:
            self.losses.append(Loss.DAMAGED_MESSAGE)
            return None
        metadata = record_in(record, "metadata")
        is_answer = role is Role.ASSISTANT
        return ForeignMessage(
            text_in(record, "id"),
            text_in(metadata, "parentId"),
            role,
            tuple(self._parts(record, role)),
            time_of(record.get("created_at")),
            text_in(metadata, "modelId", "model") if is_answer else "",
            is_interrupted=is_answer and text_in(record, "status") in _UNFINISHED,
        )

    def _parts(self, record: Mapping[str, object], role: Role) -> Iterator[ForeignPart]:
        if role is Role.TOOL:
            texts = (self._text(each) for each in list_in(record, "content") if isinstance(each, dict))
            yield ToolResultPart(text_in(record, "tool_call_id"), "\n".join(filter(None, texts)))
            return
        inline = [
            each for each in list_in(record_in(record, "metadata"), "inline_file_contents") if isinstance(each, dict)
        ]
        texts_of = {text_in(each, "name") or "Text": text for each in inline if (text := text_in(each, "content"))}
        yield from (ForeignFile(name, media_type_of(name), text=text) for name, text in texts_of.items())
        content = record.get("content")
        for each in content if isinstance(content, list) else [{"type": "text", "text": content}]:
            if isinstance(each, dict):
                yield from self._part(each, role, texts_of)
        for each in list_in(record_in(record, "metadata"), "tool_calls"):
            call = each if isinstance(each, dict) else {}
            tool = record_in(call, "tool") or call
            function = record_in(tool, "function")
            yield from tool_parts(
                text_in(tool, "id"), text_in(function, "name"), function.get("arguments"), call.get("response")
            )

    def _part(self, part: Mapping[str, object], role: Role, known: Collection[str]) -> Iterator[ForeignPart]:
        text = self._text(part)
        match part.get("type"):
            case "text" if text and role is Role.ASSISTANT:
                yield from thought_and_text(text)
            case "text" if text:
                yield from self._question(text, known)
            case "reasoning" if text:
                yield ReasoningPart(text)
            case "image_url" | "image":
                address = text_in(record_in(part, "image_url"), "url")
                if embedded := embedded_file(address):
                    yield embedded
                else:
                    yield from self.attachments.part((address,), "", "image/png", self.losses)
            case "tool_call":
                yield from tool_parts(
                    text_in(part, "tool_call_id"), text_in(part, "tool_name"), part.get("input"), part.get("output")
                )
            case _:
                pass

    def _text(self, part: Mapping[str, object]) -> str:
        return text_in(record_in(part, "text"), "value") or text_in(part, "text")

    def _question(self, text: str, known: Collection[str]) -> Iterator[ForeignPart]:
        """Yield a question without the list of attached files that Jan adds to it. The text of those in `known` is elsewhere."""
        attached = _ATTACHED.search(text)
        for name in _NAME.findall(attached[1]) if attached else ():
            if name.strip() not in known:
                yield from self.attachments.part((name,), name.strip(), "", self.losses)
        if rest := _ATTACHED.sub("", text).strip():
            yield TextPart(rest)
