"""Open WebUI: the export of all chats, or of a folder, is a JSON list of chats, that of one chat a list with it or the chat itself.

`chat.history` is a tree of messages; the answers of several models to a question are siblings. Reasoning and calls of tools are in the
text, as `<details>`. Newer versions also have them as a list of items, `output`.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.exported_conversations import records
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
    milliseconds_of,
    time_of,
)
from chatdesk.features.conversations.importing.foreign_parts import embedded_file, fenced, plain, tool_parts
from chatdesk.features.conversations.importing.json_elements import first_keys
from chatdesk.features.conversations.importing.source import Source
from chatdesk.features.presets.importing.entries import list_in, record_in, text_in
from chatdesk.kernel.chat.message import ReasoningPart, Role, SourcesPart, TextPart
from chatdesk.kernel.chat.message import Source as CitedSource
from chatdesk.kernel.chat.usage import Usage, count, rate

_DETAILS = re.compile(
    r'<details type="(reasoning|tool_calls|code_interpreter)"([^>]*)>\n?(.*?)</details>\n?', re.DOTALL
)
_SUMMARY = re.compile(r"<summary>.*?</summary>\n?", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(duration|id|name|arguments|result|output)="([^"]*)"')
_CODE_TOOL = "code_interpreter"
_FOLDER_EXPORT = re.compile(r"folder-(.+)-export-\d+(?: ?\(\d+\))?\.json", re.IGNORECASE | re.DOTALL)
"""The name of a file with the chats of a folder, which has the folder's name. A browser may have added a number."""
_ROLES = {"user": Role.USER, "assistant": Role.ASSISTANT}

Record = Mapping[str, object]


def recognize(source: Source) -> bool:
    """Return whether a file is an export of Open WebUI."""
    return any(_is_own(first_keys(source.outline(file))) for file in source.only)


def _is_own(keys: frozenset[str]) -> bool:
    return "chat" in keys or {"history", "models"} <= keys  # very old exports have the content of the chat only


def read(source: Source) -> Iterator[ForeignChat | DamagedChat | Loss]:
    """Yield the chats of an export."""
    exported = _FOLDER_EXPORT.fullmatch(source.only[0].base) if source.only else None
    folder = exported[1] if exported else ""
    for record in records(source):
        yield record if isinstance(record, DamagedChat) else _chat(record, folder)


def _chat(record: Record, folder: str) -> ForeignChat:
    content = record_in(record, "chat") or record
    history = record_in(content, "history")
    losses: list[Loss] = []
    tree = record_in(history, "messages")
    nodes = (
        ((each, key) for key, each in tree.items()) if tree else ((each, "") for each in list_in(content, "messages"))
    )
    found = [message for each, key in nodes if (message := _message(each, key, losses))]
    messages = tuple(found) if tree else in_sequence(found)
    return ForeignChat(
        Program.OPEN_WEBUI,
        text_in(record, "id") or text_in(content, "id") or (messages[0].id if messages else ""),
        text_in(record, "title") or text_in(content, "title"),
        messages,
        text_in(history, "currentId"),
        time_of(record.get("created_at")) or time_of(content.get("timestamp")),
        time_of(record.get("updated_at")),
        record.get("pinned") is True,
        text_in(record_in(record, "folder"), "name") or folder,
        text_in(record_in(content, "params"), "system") or text_in(content, "system"),
        counted_losses(losses),
        project=text_in(record, "folder_id"),
        archived=record.get("archived") is True,
    )


def _message(value: object, key: str, losses: list[Loss]) -> ForeignMessage | None:
    record = value if isinstance(value, dict) else {}
    role = _ROLES.get(text_in(record, "role"))
    if role is None:
        losses.append(Loss.DAMAGED_MESSAGE)
        return None
    is_answer = role is Role.ASSISTANT
    output = [each for each in list_in(record, "output") if isinstance(each, dict)]
    parts: list[ForeignPart] = [*_files(record, losses), *(_output(output, losses) if output else _content(record))]
    parts += _executions(record, losses)
    if merged := text_in(record_in(record, "merged"), "content"):
        parts.append(TextPart(merged))
    if sources := _sources(record):
        parts.append(SourcesPart(sources))
    return ForeignMessage(
        text_in(record, "id") or key,
        text_in(record, "parentId"),
        role,
        tuple(parts),
        time_of(record.get("timestamp")),
        text_in(record, "model") if is_answer else "",
        usage=_usage(record_in(record, "usage") or record_in(record, "info")) if is_answer else None,
        is_interrupted=is_answer and (record.get("done") is False or bool(record.get("error"))),
    )


def _usage(record: Record) -> Usage | None:
    """Return the tokens as OpenAI-compatible servers or as Ollama name them."""
    usage = Usage(
        count(record.get("prompt_tokens") or record.get("prompt_eval_count")),
        count(record.get("completion_tokens") or record.get("eval_count")),
        rate(record.get("response_token/s")),
    )
    return usage if usage != Usage() else None


# The content as text:


def _content(record: Record) -> Iterator[ForeignPart]:
    content = record.get("content")
    for each in content if isinstance(content, list) else [content]:
        part = each if isinstance(each, dict) else {}
        if picture := embedded_file(text_in(record_in(part, "image_url"), "url")):
            yield picture
        else:
            yield from _text_parts(each if isinstance(each, str) else text_in(part, "text", "content"))


def _text_parts(content: str) -> Iterator[ForeignPart]:
    end = 0
    for match in _DETAILS.finditer(content):
        if before := content[end : match.start()].strip("\n"):
            yield TextPart(before)
        end = match.end()
        attributes = {found[1]: html.unescape(found[2]) for found in _ATTRIBUTE.finditer(match[2])}
        inside = html.unescape(_SUMMARY.sub("", match[3]).strip("\n"))
        match match[1]:
            case "reasoning":
                text = "\n".join(line.removeprefix("> ").removeprefix(">") for line in inside.split("\n"))
                yield ReasoningPart(text, _duration(attributes.get("duration")))
            case "tool_calls":
                arguments, result = (_unquoted(attributes.get(name, "")) for name in ("arguments", "result"))
                call_id, name = attributes.get("id", ""), attributes.get("name", "")
                yield from tool_parts(call_id, name, arguments, result or inside or None)
            case _:
                yield from tool_parts("", _CODE_TOOL, inside, _printed(attributes.get("output", "")))
    if rest := content[end:].strip("\n") if end else content:
        yield TextPart(rest)


def _duration(value: object) -> int:
    try:
        return milliseconds_of(float(value) if isinstance(value, str) else value)
    except ValueError:
        return 0


def _unquoted(text: str) -> str:
    """Return a text that may be a JSON string as the string itself: attributes are encoded once or twice."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, str) else text


def _printed(output: object) -> str | None:
    """Return what code has printed; None if that is unknown."""
    try:
        value = json.loads(output) if isinstance(output, str) else output
    except (ValueError, RecursionError):
        return str(output)
    if not isinstance(value, dict):
        return plain(value) or None
    return "\n".join(filter(None, (text_in(value, name) for name in ("stdout", "result", "stderr")))) or None


def _executions(record: Record, losses: list[Loss]) -> Iterator[ForeignPart]:
    """Yield the code that tools have run. The files that it made are on the server."""
    for each in list_in(record, "code_executions"):
        execution = each if isinstance(each, dict) else {}
        result = record_in(execution, "result")
        losses += [Loss.DOCUMENT] * len(list_in(result, "files"))
        printed = "\n".join(filter(None, (text_in(result, name) for name in ("error", "output")))) or None
        if code := text_in(execution, "code"):
            shown = fenced(code, text_in(execution, "language"))
            yield from tool_parts(text_in(execution, "id"), text_in(execution, "name") or _CODE_TOOL, shown, printed)


# The content as a list of items:


def _output(items: list[dict[str, object]], losses: list[Loss]) -> Iterator[ForeignPart]:
    results = {
        text_in(item, "call_id"): _text_of(item.get("output"))
        for item in items
        if text_in(item, "type") == "function_call_output"
    }
    for item in items:
        match text_in(item, "type"):
            case "message":
                yield from _text_parts(_text_of(item.get("content")))
            case "reasoning":
                text = _text_of(item.get("summary")) or _text_of(item.get("content"))
                yield ReasoningPart(text, _duration(item.get("duration")))
            case "function_call":
                call_id = text_in(item, "call_id")
                yield from tool_parts(call_id, text_in(item, "name"), item.get("arguments"), results.get(call_id))
            case "open_webui:code_interpreter":
                code = fenced(text_in(item, "code"), text_in(item, "lang") or "python")
                yield from tool_parts(text_in(item, "id"), _CODE_TOOL, code, _printed(item.get("output")))
            case "web_search_call" | "file_search_call" as name:
                asked = item.get("action") or item.get("queries")
                yield from tool_parts(text_in(item, "id"), name.removesuffix("_call"), asked)
            case "function_call_output":
                pass
            case _:
                losses.append(Loss.TOOL_CALL)


def _text_of(value: object) -> str:
    """Return the text of a list of parts."""
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else []
    return "".join(text for part in parts if isinstance(part, dict) and (text := text_in(part, "text")))


# What belongs to a message:


def _files(record: Record, losses: list[Loss]) -> Iterator[ForeignFile]:
    for each in list_in(record, "files"):
        file = each if isinstance(each, dict) else {}
        about = record_in(file, "file")
        name = text_in(file, "name") or text_in(about, "filename", "name")
        text = text_in(record_in(about, "data"), "content")
        media_type = text_in(record_in(about, "meta"), "content_type") or text_in(file, "content_type")
        is_picture = text_in(file, "type") == "image" or media_type.startswith("image/")
        picture = embedded_file(text_in(file, "url"), name) if is_picture else None
        if not picture and not text:
            losses.append(Loss.PICTURE if is_picture else Loss.DOCUMENT)
        yield picture or ForeignFile(name, media_type, text=text, is_picture=is_picture)


def _sources(record: Record) -> tuple[CitedSource, ...]:
    """Return the sources, numbered as the text refers to them: by document, in the order in which they come."""
    found: dict[str, CitedSource] = {}
    for each in list_in(record, "sources") or list_in(record, "citations"):
        group = each if isinstance(each, dict) else {}
        about = record_in(group, "source")
        facts = list_in(group, "metadata")
        for number, passage in enumerate(list_in(group, "document")):
            fact = facts[number] if number < len(facts) else None
            known = fact if isinstance(fact, dict) else {}
            key = text_in(known, "source") or text_in(about, "id", "name") or str(len(found))
            address = next(
                (each for each in (key, text_in(about, "url", "id")) if each.startswith(("http://", "https://"))), ""
            )
            title = text_in(known, "title", "name") or text_in(about, "name") or key
            text = passage if isinstance(passage, str) else ""
            found.setdefault(key, CitedSource(len(found) + 1, title, text, text_in(about, "collection"), address))
    return tuple(found.values())
