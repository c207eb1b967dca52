"""A folder of an export that cannot be created is reported as that, not as a problem of the chat database."""

from pathlib import Path

import pytest

from chatdesk.features.conversations.services.files.document_copies import DocumentCopies
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.errors.storage_errors import FileNotSaved


async def test_a_file_in_place_of_the_folder_for_documents_is_reported(tmp_path: Path) -> None:
    (tmp_path / "chat_files").write_bytes(b"of the user")
    copies = DocumentCopies(tmp_path / "chat.md", lambda _: b"content")
    with pytest.raises(FileNotSaved, check=lambda error: error.name == "chat_files" and bool(error.reason)):
        await copies.add([DocumentPart("a" * 64, "application/pdf", "document.pdf")])
    copies.remove()
    assert (tmp_path / "chat_files").read_bytes() == b"of the user"
