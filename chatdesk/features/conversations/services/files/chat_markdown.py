"""Chat or single message as a readable Markdown file that can be parsed: front matter, then a heading and the text of each message.

The instructions of a chat come before its messages, and the front matter names its preset.

Reasoning is a quotation above its answer, with its duration. Pictures are embedded as data URLs if given, otherwise named. Documents are
links to their copies if there are any, otherwise named. The sources of an answer are listed below it, each with its passage as a quotation;
the documents that answers cite, at the end.
Unclosed code or formulas are closed, so that they do not swallow the following text.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from chatdesk.features.conversations.services.files.chat_settings import NO_SETTINGS, ChatSettings
from chatdesk.features.conversations.services.files.exported_chat import ChatFormat, ExportedChat, ExportLabels
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Message, Role, Source
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.links import Verdict, assess_link
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_BLOCK_MARKERS = ("```", "~~~", "$$", "\\[", "\\begin", "<details", "<DETAILS")
"""Text without any of these cannot contain unclosed blocks and need not be parsed."""

_NO_PICTURES: Mapping[str, Picture] = {}
_NO_COPIES: Mapping[str, str] = {}
_NOTHING_CITED: Mapping[int, DocumentPart] = {}
_BACKTICKS = re.compile(r"`+")
_SPECIAL_CHARACTER = re.compile(r"[\\\[\]`*_<>&!$~^=]")
_SPECIAL_START = re.compile(r"[-+#|:]|\d+(?=[.)])")
"""Characters with a meaning at the beginning of a line, in addition to those with a meaning anywhere."""


def chat_markdown(
    messages: Sequence[Message],
    title: str,
    moment: datetime,
    labels: ExportLabels,
    pictures: Mapping[str, Picture] = _NO_PICTURES,
    settings: ChatSettings = NO_SETTINGS,
    copies: Mapping[str, str] = _NO_COPIES,
    cited: Mapping[int, DocumentPart] = _NOTHING_CITED,
) -> str:
    """Return the whole file. `moment` is the time of the export; `pictures` and `copies` are by hash. Slow for a long chat."""
    models = dict.fromkeys(message.model.model_id for message in messages if message.model)
    front = [
        f"title: {_quoted(title)}",
        f"date: {moment.isoformat(timespec='seconds')}",
        f"models: [{', '.join(map(_quoted, models))}]",
    ]
    if settings.preset:
        front.append(f"preset: {_quoted(settings.preset.name)}")
    instructions = _closed(settings.instructions).strip()
    told = (f"## {labels.instructions}", "", instructions, "") if instructions else ()
    return "\n".join(("---", *front, "---", "", *told, messages_markdown(messages, labels, pictures, copies, cited)))


def messages_markdown(
    messages: Iterable[Message],
    labels: ExportLabels,
    pictures: Mapping[str, Picture] = _NO_PICTURES,
    copies: Mapping[str, str] = _NO_COPIES,
    cited: Mapping[int, DocumentPart] = _NOTHING_CITED,
) -> str:
    """Return the messages without front matter, and the documents that they cite by these numbers."""
    pieces = [_message_markdown(message, labels, pictures, copies) for message in messages]
    if cited:
        items = "\n".join(f"- [{number}] {_attachment(each, {}, copies)}" for number, each in cited.items())
        pieces.append(f"## {labels.sources}\n\n{items}\n")
    return "\n".join(pieces)


def _message_markdown(
    message: Message, labels: ExportLabels, pictures: Mapping[str, Picture], copies: Mapping[str, str]
) -> str:
    pieces = [f"## {_speaker(message, labels)}"]
    if labels.reasoning and message.reasoning and message.reasoning.text.strip():
        seconds = round(message.reasoning.milliseconds / 1000)
        head = f"**{labels.reasoning} ({seconds} s)**" if seconds else f"**{labels.reasoning}**"
        thought = _closed(message.reasoning.text)
        pieces.append("\n".join(f"> {line}".rstrip() for line in (head, "", *thought.split("\n"))))
    attached = [
        _attachment(part, pictures, copies) for part in message.parts if isinstance(part, ImagePart | DocumentPart)
    ]
    said = [_closed(message.text)] if message.text.strip() else []
    pieces += (*attached, *said) if message.role is Role.USER else (*said, *attached)  # as on the screen
    if message.sources:
        pieces += (f"**{labels.sources}**", "\n".join(map(_source, message.sources)))
    return "\n\n".join(pieces) + "\n"


def _attachment(part: ImagePart | DocumentPart, pictures: Mapping[str, Picture], copies: Mapping[str, str]) -> str:
    if copy := copies.get(part.sha256):
        return f"[{_escaped(part.name)}]({quote(copy)})"
    picture = pictures.get(part.sha256)
    if picture is None:
        name = part.name or "picture"
        fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(name)), default=0))
        return f"{fence}{name}{fence}"
    return f"![{_escaped(part.name)}]({picture.data_uri()})"


def _source(source: Source) -> str:
    """Return a source as a list item without Markdown of its own; its address becomes a link if it may be opened."""
    title = _escaped(_one_line(source.title or source.address))
    if source.address and assess_link(source.address).verdict is not Verdict.REFUSE:
        target = source.address.replace("<", "%3C").replace(">", "%3E")
        title = f"[{title}](<{target}>)"
    score = f"{source.score:g}" if source.score is not None else ""
    head = " · ".join(filter(None, (title, _escaped(_one_line(source.collection)), score)))
    quoted = [f"> {_escaped(line.strip())}".rstrip() for line in source.passage.splitlines()]
    number = f"{source.number % 1_000_000_000}."
    indent = " " * (len(number) + 1)
    return "\n".join((f"{number} {head}", *([""] if quoted else []), *(indent + line for line in quoted)))


def _escaped(text: str) -> str:
    """Return a text with Markdown characters as numeric references. A backslash would not do: before a bracket it starts a formula."""
    first = _SPECIAL_START.match(text)
    begin = "".join(map(_as_number, first[0])) if first else ""
    return begin + _SPECIAL_CHARACTER.sub(lambda sign: _as_number(sign[0]), text[first.end() if first else 0 :])


def _as_number(sign: str) -> str:
    return f"&#{ord(sign)};"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _speaker(message: Message, labels: ExportLabels) -> str:
    match message.role:
        case Role.USER:
            return labels.you
        case Role.ASSISTANT:
            return message.model.model_id if message.model else labels.answer
        case Role.SYSTEM:
            return labels.instructions
        case Role.TOOL:
            return labels.tool


def _closed(text: str) -> str:
    """Return the text of a message, with a last unclosed code block, formula or section closed."""
    if any(mark in text for mark in _BLOCK_MARKERS):
        from chatdesk.rendering.export.to_markdown import closed_markdown  # noqa: PLC0415 - start-up time

        return closed_markdown(text).strip("\n")
    return text.strip("\n")


def _quoted(text: str) -> str:
    """Return a string as YAML and JSON both represent it."""
    return json.dumps(text, ensure_ascii=False)


def _write(chat: ExportedChat) -> str:
    return chat_markdown(
        chat.messages, chat.title, chat.now, chat.labels, chat.pictures, chat.settings, chat.copies, chat.cited
    )


MARKDOWN = ChatFormat("md", QT_TRANSLATE_NOOP("ChatFormats", "Markdown"), _write)
