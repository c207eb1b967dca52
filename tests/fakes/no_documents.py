"""For tests in which no document is read."""

from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.features.attachments.services.documents import Documents
from chatdesk.kernel.lazy import Lazy
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.passages.passage_index import PassageIndex


def _no_documents() -> Documents:
    pytest.fail("no document is read here")


NO_DOCUMENTS = Lazy(_no_documents)


def stored_documents(files: AttachmentFiles, folder: Path) -> Lazy[Documents]:
    """Return documents whose index is in a folder."""

    def make() -> Documents:
        index = PassageIndex(folder / "document-index.sqlite")
        return Documents(files, lambda: DocumentProcess(lambda _process: 0), index, folder / "notes", lambda: None)

    return Lazy(make, lambda made: made.close())
