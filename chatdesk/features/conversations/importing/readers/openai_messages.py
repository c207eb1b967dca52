"""Lists of messages as they are sent to OpenAI-compatible servers, which many programs save: `[{"role": …, "content": …}]`.

A file is such a list, an object with `messages`, a list of such objects, or has one message or one object on each line. The similar form of
training data (`conversations` with `from` and `value`) and content blocks of Anthropic's protocol are read, too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
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
    damaged_chat,
    in_sequence,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import (
    embedded_file,
    identified,
    instructions_of,
    plain,
    text_of,
    thought_and_text,
    tool_parts,
)
from chatdesk.features.conversations.importing.json_elements import JsonElements, UnreadableElement, first_keys
from chatdesk.features.conversations.importing.message_order import joined_answers
from chatdesk.features.conversations.importing.source import Source, SourceFile
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, ToolResultPart
from chatdesk.kernel.chat.usage import Usage

_ENDINGS = (".json", ".jsonl", ".ndjson")
_MOST_LOOKED_AT = 50
"""Maximum number of files in a folder or archive that are looked at to recognise it."""
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')
_ROLE = re.compile(rb'"role"\s*:\s*"(?:user|assistant|system|developer|tool)"')
_SPEAKER = re.compile(rb'"from"\s*:\s*"(?:human|gpt|user|assistant|system)"')
_ROLES = {
    "user": Role.USER,
    "human": Role.USER,
    "assistant": Role.ASSISTANT,
    "gpt": Role.ASSISTANT,
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "tool": Role.TOOL,
    "function": Role.TOOL,
}
_IDS = ("id", "conversation_id", "chat_id")
_TITLES = ("title", "name")

Record = Mapping[str, object]


def recognize(source: Source) -> bool:
    """Return whether a file, or one of the first files of a folder or archive, is a list of messages."""
    return any(_is_own(source.outline(file)) for file in islice(_files(source), _MOST_LOOKED_AT))


def _files(source: Source) -> Iterator[SourceFile]:
    return iter(source.only or [file for file in source.files if file.base.lower().endswith(_ENDINGS)])


def _is_own(outline: bytes) -> bool:
    keys = first_keys(outline)
    return (
        ({"role", "content"} <= keys and _ROLE.search(outline) is not None)
        or ("messages" in keys and bool(_MESSAGES.search(outline) and _ROLE.search(outline)))
        or ("conversations" in keys and _SPEAKER.search(outline) is not None)
    )


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats of each file that is a list of messages. Of those with the same beginning, only the first has no number in its id."""
    seen: dict[str, int] = {}
    for file in _files(source):
        if not _is_own(source.outline(file)):
            continue
        for found in _read(source, file):
            if isinstance(found, ForeignChat):
                seen[found.id] = seen.get(found.id, 0) + 1
                number = seen[found.id]
                yield found if number == 1 else replace(found, id=f"{found.id}#{number}")
            else:
                yield found


def _read(source: Source, file: SourceFile) -> Iterator[ForeignChat | DamagedChat | Loss]:
    title = PurePath(file.base).stem
    with source.open(file) as stream:
        elements = JsonElements(stream)
        values = elements.elements() if elements.opens_with == "[" else elements.lines()
        messages: list[object] = []
        for value in values:
            record = value if isinstance(value, dict) else {}
            listed = list_in(record, "messages") or list_in(record, "conversations")
            if isinstance(value, list):
                yield _chat(value, {}, title)
            elif ("role" in record and not listed) or (messages and isinstance(value, UnreadableElement)):
                messages.append(value)
            elif listed:
                yield _chat(listed, record, title)
            else:
                yield damaged_chat(value)
        if messages:
            yield _chat(messages, {}, title)


def _chat(listed: list[object], record: Record, title: str) -> ForeignChat:
    losses: list[Loss] = []
    instructions = [text_in(record, "system", "system_prompt", "instructions")]
    messages: list[ForeignMessage] = []
    for each in listed:
        message = _message(each, text_in(record, "model"), losses)
        if message is None:
            losses.append(Loss.DAMAGED_MESSAGE)
        elif message.role is Role.SYSTEM:
            instructions.append(text_of(message.parts))
        else:
            messages.append(message)
    joined, _ = joined_answers(in_sequence(messages), "", losses)
    derived, found = identified(joined)
    return ForeignChat(
        Program.OPENAI_MESSAGES,
        next((str(value) for key in _IDS if isinstance(value := record.get(key), str | int) and value), derived),
        text_in(record, *_TITLES) or title,
        found,
        created_at=time_of(record.get("created_at") or record.get("create_time") or record.get("created")),
        updated_at=time_of(record.get("updated_at") or record.get("update_time")),
        instructions=instructions_of(instructions),
        lost=counted_losses(losses),
    )


def _message(value: object, model: str, losses: list[Loss]) -> ForeignMessage | None:
    record = value if isinstance(value, dict) else {}
    role = _ROLES.get(text_in(record, "role", "from").lower())
    if role is None:
        return None
    parts: list[ForeignPart] = []
    if role is Role.ASSISTANT and (thought := text_in(record, "reasoning_content", "reasoning")):
        parts.append(ReasoningPart(thought))
    content = record.get("content", record.get("value"))
    call_id = text_in(record, "tool_call_id", "name")
    for part in content if isinstance(content, list) else [content]:
        parts += _content(part, role, call_id, losses)
    for each in list_in(record, "tool_calls"):
        if isinstance(each, dict):
            function = record_in(each, "function")
            parts += tool_parts(text_in(each, "id"), text_in(function, "name"), function.get("arguments"))
    if old := record_in(record, "function_call"):
        parts += tool_parts(text_in(old, "name"), text_in(old, "name"), old.get("arguments"))
    if role is Role.USER and parts and all(isinstance(part, ToolResultPart) for part in parts):
        role = Role.TOOL  # Anthropic's protocol sends results as the user
    is_answer = role is Role.ASSISTANT
    usage = Usage.of(record_in(record, "usage"))
    return ForeignMessage(
        "",
        "",
        role,
        tuple(parts),
        time_of(record.get("created_at") or record.get("timestamp") or record.get("create_time")),
        (text_in(record, "model") or model) if is_answer else "",
        usage=usage if is_answer and usage != Usage() else None,
    )


def _content(value: object, role: Role, call_id: str, losses: list[Loss]) -> Iterator[ForeignPart]:
    if isinstance(value, str):
        yield from (ToolResultPart(call_id, value),) if role is Role.TOOL else thought_and_text(value)
        return
    part = value if isinstance(value, dict) else {}
    match text_in(part, "type"):
        case "text" | "input_text" | "output_text" | "refusal":
            yield from _content(text_in(part, "text", "refusal"), role, call_id, losses)
        case "image_url" | "input_image" | "image":
            yield _picture(part, losses)
        case "file" | "input_file" | "document":
            yield _document(record_in(part, "file") or part, losses)
        case "input_audio" | "audio":
            losses.append(Loss.SOUND)
        case "thinking" | "reasoning":
            yield ReasoningPart(text_in(part, "thinking", "text"))
        case "tool_use":
            yield from tool_parts(text_in(part, "id"), text_in(part, "name"), part.get("input"))
        case "tool_result":
            content = part.get("content")
            texts = (
                [text_in(each, "text") for each in content if isinstance(each, dict)]
                if isinstance(content, list)
                else []
            )
            yield ToolResultPart(text_in(part, "tool_use_id"), "\n".join(texts) or plain(content))
        case _ if part:
            losses.append(Loss.TOOL_CALL)


def _picture(part: Record, losses: list[Loss]) -> ForeignFile:
    """Return a picture; one that is only an address is lost, because nothing is fetched."""
    image = part.get("image_url")
    address = image if isinstance(image, str) else text_in(record_in(part, "image_url"), "url")
    if source := record_in(part, "source"):
        address = f"data:{text_in(source, 'media_type')};base64,{text_in(source, 'data')}"
    picture = embedded_file(address)
    losses += [Loss.PICTURE] * (picture is None)
    return picture or ForeignFile("", is_picture=True)


def _document(file: Record, losses: list[Loss]) -> ForeignFile:
    name = text_in(file, "filename", "title")
    source = record_in(file, "source")
    address = text_in(file, "file_data") or f"data:{text_in(source, 'media_type')};base64,{text_in(source, 'data')}"
    document = embedded_file(address, name)
    losses += [Loss.DOCUMENT] * (document is None)
    return document or ForeignFile(name)
