"""A chat as the content of a file, for tests that look at what leaves the program."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2

from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    Export,
    ExportedChat,
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
)
from chatdesk.features.conversations.services.files.exported_turns import exported_message
from chatdesk.features.conversations.services.files.exporting import Exporting
from chatdesk.kernel.chat.message import Message

EVERYTHING = frozenset(Include)


async def exported(
    exporting: Exporting, chat: str, chat_format: ChatFormat, include: frozenset[Include] = EVERYTHING
) -> str:
    """Return a whole chat in a format that is text."""
    content = await exporting.file(ExportScope((chat,)), chat_format, ExportOptions(include), ExportLabels())
    return content.decode()


def written(messages: Iterable[Message], chat_format: ChatFormat, title: str = "Title") -> bytes:
    """Return messages in a format, without their attachments."""
    turns = [exported_message(message, ExportLabels()) for message in messages]
    return chat_format.write(Export(title, [ExportedChat(title, turns)], datetime.now(UTC), ExportOptions(EVERYTHING)))


def readable(content: bytes) -> str:
    """Return what is in a file as text: of an Office file, its parts one after the other."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


async def exported_readably(exporting: Exporting, chat: str, chat_format: ChatFormat) -> str:
    """Return everything that can be read in a file with a whole chat: also what is packed in it, and its properties."""
    content = await exporting.file(ExportScope((chat,)), chat_format, ExportOptions(EVERYTHING), ExportLabels())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            packed = [archive.read(name) for name in archive.namelist()]
        return "\n".join(part.decode("utf-8", "replace") for part in (content, *packed))
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        try:
            pages = [page.get_textpage().get_text_bounded() for page in document]
            return "\n".join([content.decode("latin-1"), str(document.get_metadata_dict()), *pages])
        finally:
            document.close()
    return content.decode()
