"""What the import process does with a file, in this process: a preview, all chats, all keys, and the presets."""

from pathlib import Path

from chatdesk.features.conversations.importing.chat_records import ChatSummary
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.importing.run import Preview, parse_preview, preview, send, send_key
from chatdesk.features.conversations.services.files.chat_reading import ChatRecord, parse_lines
from chatdesk.features.presets.importing.files import read_files
from chatdesk.kernel.presets.preset_import import Finding
from chatdesk.storage.files.foreign_database import open_foreign_database, read_foreign_assistants


def everything_of(path: Path) -> tuple[list[Preview], list[ChatRecord]]:
    """Return the preview of a file, archive or folder, and all that is sent of its chats. Keys and presets are only read."""
    lines: list[bytes] = []
    preview([path], open_foreign_database, lines.append)
    found = [parse_preview(line) for line in lines]
    sent: list[bytes] = []
    send([path], [each.id for each in found if isinstance(each, ChatSummary)], open_foreign_database, sent.append)
    for each in found:
        if isinstance(each, ForeignServer):
            send_key([path], each.id, open_foreign_database, lines.append)
    presets: list[Finding] = []
    read_files([path] if path.is_file() else [], read_foreign_assistants, presets.append)
    return found, [record for line in sent for record in parse_lines(line)]
