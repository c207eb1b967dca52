"""Reads a file of Chatdesk as the import does: a preview first, and then all chats that it names."""

from pathlib import Path

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.run import parse_preview, preview, send
from chatdesk.features.conversations.services.files.chat_reading import ChatEnd, ChatRecord, parse_lines
from chatdesk.storage.files.foreign_database import open_foreign_database


def records_in(path: Path) -> list[ChatRecord]:
    """Return what the import process sends of a file, without the ends of its chats, or why the file is refused."""
    previewed: list[bytes] = []
    preview([path], open_foreign_database, previewed.append)
    chosen = [each.id for line in previewed if isinstance(each := parse_preview(line), ChatSummary)]
    lines: list[bytes] = []
    send([path], chosen, open_foreign_database, lines.append)
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    records = [record for line in lines for record in parse_lines(line)]
    assert sum(isinstance(record, ChatEnd) for record in records) == len(chosen)
    return [record for record in records if not isinstance(record, ChatEnd)]
