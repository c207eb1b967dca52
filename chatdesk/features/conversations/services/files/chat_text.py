"""Chats as plain text without any markup, to be read anywhere."""

from collections.abc import Iterator

from chatdesk.features.conversations.services.files.chat_markdown import sources_of_chat
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    Export,
    ExportedChat,
    ExportedMessage,
    ExportLabels,
)
from chatdesk.features.conversations.services.files.exported_turns import AttachedContent, ContentKind, content_of
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.rendering.export.plain_text import to_plain_text
from chatdesk.rendering.markdown.markdown import parse

_LINE = "=" * 40


def text_file(export: Export) -> bytes:
    """Return the file: for each chat its title, and each message below the name of its author. Slow for a long chat."""
    count = max(1, sum(len(chat.turns) for chat in export.chats))
    done = 0
    parts: list[str] = []
    for chat in export.chats:
        parts += _head(chat, export.labels)
        for turn in chat.turns:
            export.report(done / count)
            done += 1
            parts += _turn(turn, chat, export.labels)
        if chat.cited:
            parts.append(to_plain_text(parse(sources_of_chat(chat, export.labels))))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _head(chat: ExportedChat, labels: ExportLabels) -> Iterator[str]:
    if chat.title:
        yield f"{chat.title}\n{_LINE}"
    if instructions := chat.settings.instructions.strip():
        yield f"{labels.instructions}:"
        yield to_plain_text(parse(instructions))


def _turn(turn: ExportedMessage, chat: ExportedChat, labels: ExportLabels) -> Iterator[str]:
    facts = " · ".join(filter(None, (turn.version, turn.facts)))
    yield f"{turn.speaker} ({facts}):" if facts else f"{turn.speaker}:"
    for content in content_of(turn, chat):
        if isinstance(content, AttachedContent):
            yield f"[{content.copy or content.part.name}]"
            continue
        text = to_plain_text(content.blocks)
        if content.kind is ContentKind.REASONING:
            text = "\n".join(f"  {line}".rstrip() for line in (f"{labels.reasoning}:", *text.split("\n")))
        elif content.kind is ContentKind.SOURCES:
            text = f"{labels.sources}:\n{text}"
        yield text


TEXT = ChatFormat(
    "txt",
    QT_TRANSLATE_NOOP("ChatFormats", "Text"),
    QT_TRANSLATE_NOOP("ChatFormats", "Words only, without any formatting"),
    text_file,
)
