"""Chat or single message as a readable Markdown file that can be parsed: front matter, then a heading and the text of each message.

The instructions of a chat come before its messages, and the front matter names its preset.

Reasoning is a quotation above its answer, with its duration. Pictures are embedded as data URLs if passed, otherwise named. Documents are
links to their copies if there are any, otherwise named. The sources of an answer are listed below it, each with its passage as a quotation;
the documents that answers cite, at the end.
Unclosed code or formulas are closed, so that they do not swallow the following text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    Export,
    ExportedChat,
    ExportedMessage,
    ExportLabels,
)
from chatdesk.kernel.chat.message import DocumentPart, ImagePart, Role, Source
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


def markdown_file(export: Export) -> bytes:
    """Return the whole file: for several chats, one after the other, each under its own front matter. Slow for a long chat."""
    parts = []
    for index, chat in enumerate(export.chats):
        export.report(index / len(export.chats))
        parts.append(_chat(chat, export))
    return "\n".join(parts).encode("utf-8", "replace")


def _chat(chat: ExportedChat, export: Export) -> str:
    models = dict.fromkeys(message.model.model_id for message in chat.messages if message.model)
    front = [
        f"title: {_quoted(chat.title)}",
        f"date: {export.now.isoformat(timespec='seconds')}",
        f"models: [{', '.join(map(_quoted, models))}]",
    ]
    if chat.settings.preset:
        front.append(f"preset: {_quoted(chat.settings.preset.name)}")
    instructions = _closed(chat.settings.instructions).strip()
    heading = (f"## {export.labels.instructions}", "", instructions, "") if instructions else ()
    said = turns_markdown(chat.turns, export.labels, chat.pictures, chat.copies, chat.cited)
    return "\n".join(("---", *front, "---", "", *heading, said))


def turns_markdown(
    turns: Iterable[ExportedMessage],
    labels: ExportLabels,
    pictures: Mapping[str, Picture] = _NO_PICTURES,
    copies: Mapping[str, str] = _NO_COPIES,
    cited: Mapping[int, DocumentPart] = _NOTHING_CITED,
) -> str:
    """Return the messages without front matter, and the documents that they cite by these numbers. Pictures and copies are by hash."""
    parts = [_turn(turn, labels, pictures, copies) for turn in turns]
    if cited:
        parts.append(_cited(cited, copies, labels))
    return "\n".join(parts)


def sources_of_chat(chat: ExportedChat, labels: ExportLabels) -> str:
    """Return the documents that the answers of a chat cite, under a heading."""
    return _cited(chat.cited, chat.copies, labels)


def _cited(cited: Mapping[int, DocumentPart], copies: Mapping[str, str], labels: ExportLabels) -> str:
    items = "\n".join(f"- [{number}] {_attachment(each, {}, copies)}" for number, each in cited.items())
    return f"## {labels.sources}\n\n{items}\n"


def _turn(
    turn: ExportedMessage, labels: ExportLabels, pictures: Mapping[str, Picture], copies: Mapping[str, str]
) -> str:
    message = turn.message
    parts = [f"## {turn.speaker}"]
    if facts := " · ".join(filter(None, (turn.version, turn.facts))):
        parts.append(f"*{_escaped(facts)}*")
    if message.reasoning and message.reasoning.text.strip():
        seconds = round(message.reasoning.milliseconds / 1000)
        head = f"**{labels.reasoning} ({seconds} s)**" if seconds else f"**{labels.reasoning}**"
        thought = _closed(message.reasoning.text)
        parts.append("\n".join(f"> {line}".rstrip() for line in (head, "", *thought.split("\n"))))
    attached = [
        _attachment(part, pictures, copies) for part in message.parts if isinstance(part, ImagePart | DocumentPart)
    ]
    said = [_closed(message.text)] if message.text.strip() else []
    parts += (*attached, *said) if message.role is Role.USER else (*said, *attached)  # as on the screen
    if message.sources:
        parts += (f"**{labels.sources}**", sources_markdown(message.sources))
    return "\n\n".join(parts) + "\n"


def _attachment(part: ImagePart | DocumentPart, pictures: Mapping[str, Picture], copies: Mapping[str, str]) -> str:
    if copy := copies.get(part.sha256):
        return f"[{_escaped(part.name)}]({quote(copy)})"
    picture = pictures.get(part.sha256)
    if picture is None:
        name = part.name or "picture"
        fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(name)), default=0))
        return f"{fence}{name}{fence}"
    return f"![{_escaped(part.name)}]({picture.data_uri()})"


def sources_markdown(sources: Iterable[Source]) -> str:
    """Return the sources of an answer as a numbered list, each with its passage as a quotation."""
    return "\n".join(map(_source, sources))


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


def _closed(text: str) -> str:
    """Return the text of a message, with a last unclosed code block, formula or section closed."""
    if any(mark in text for mark in _BLOCK_MARKERS):
        from chatdesk.rendering.export.to_markdown import closed_markdown  # noqa: PLC0415 - start-up time

        return closed_markdown(text).strip("\n")
    return text.strip("\n")


def _quoted(text: str) -> str:
    """Return a string as YAML and JSON both represent it."""
    return json.dumps(text, ensure_ascii=False)


MARKDOWN = ChatFormat(
    "md",
    QT_TRANSLATE_NOOP("ChatFormats", "Markdown"),
    QT_TRANSLATE_NOOP("ChatFormats", "Text with headings and formulas, for editors and notes"),
    markdown_file,
)
