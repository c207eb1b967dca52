"""Upload of a file for the form of an application. The file is read once and not stored."""

from pathlib import Path

from chatdesk.features.attachments.services.text_files import read_chosen_file
from chatdesk.features.servers.services.connections import Connections
from chatdesk.kernel.chat.application import SentFile
from chatdesk.kernel.errors.attachment_errors import AttachmentTooLarge
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.variable import Upload

_MEGABYTE = 1024 * 1024


async def send_file(connections: Connections, model: ModelRef, path: Path, upload: Upload) -> SentFile:
    """Upload a file and return its reference on the server. Raises an `AttachmentError` before anything is sent, or a `ServerError`."""
    data = await read_chosen_file(path)
    if len(data) > upload.most_bytes:
        raise AttachmentTooLarge(path.name, upload.most_bytes // _MEGABYTE)
    return await connections.send_file(model, path.name, data, upload.kinds)
