"""The documents of a chat in a JSON file: their texts and, if wanted, the files themselves.

Each is stored once under the hash of its content, however many messages refer to it. What is read is untrusted: a file must have the hash
under which it is stored, and nothing refers to a document that did not come with the chat.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import field, replace

from chatdesk.features.attachments.services.incoming import shown_name
from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES, from_record, is_sha256, to_record
from chatdesk.kernel.chat.message import DocumentPart, SentAs
from chatdesk.kernel.documents import document_text
from chatdesk.kernel.documents.document_text import DocumentText
from chatdesk.kernel.fast_dataclass import dataclass

Record = Mapping[str, object]

_MAX_TYPE_LENGTH = 200
_MAX_TEXT_LENGTH = 5_000_000
"""Maximum characters of the text of a document that came without pages."""
_SELECTION = re.compile(r"[0-9, -]{0,10000}")


@dataclass(frozen=True, slots=True)
class ChatDocuments:
    """The documents of a chat: texts and summaries by their hash, and files by theirs."""

    texts: Mapping[str, DocumentText] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def as_record(self) -> dict[str, object]:
        """Return plain values for JSON; empty ones if there is no document."""
        texts = {key: document_text.to_record(text) for key, text in self.texts.items()}
        files = {key: b64encode(data).decode("ascii") for key, data in self.files.items()}
        return {name: values for name, values in (("texts", texts), ("files", files)) if values}


NO_CHAT_DOCUMENTS = ChatDocuments()


def part_record(document: DocumentPart) -> dict[str, object]:
    """Return how a message refers to a document. A text that has no hash is stored in the message."""
    text = {"text": document.text} if document.text or not document.text_sha256 else {}
    return {**to_record(document), "kind": "file", **text}


# Reading. The process that reads the file passes the texts and files on one by one, before the messages.


@dataclass(frozen=True, slots=True)
class ImportedText:
    """The text of a document or its summary. `key` is how the messages of the file refer to it."""

    key: str
    text: DocumentText | None


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file with its verified hash. `data` is empty if the content does not match the hash, or is too large."""

    sha256: str
    data: bytes


def parse_record(record: Record) -> ImportedText | ImportedFile:
    """Return the text or the file of a record."""
    content = record["content"]
    if "texts" in record:
        return ImportedText(str(record["texts"]), document_text.from_record(content))
    sha256 = str(record["files"])
    try:
        data = b64decode(content.encode("ascii"), validate=True) if isinstance(content, str) else b""
    except ValueError:
        data = b""
    is_sound = len(data) <= MAX_DOCUMENT_BYTES and hashlib.sha256(data).hexdigest() == sha256
    return ImportedFile(sha256, data if is_sound else b"")


def document_in(part: Record) -> DocumentPart | None:
    """Return the document to which a message refers; None if it has neither a text nor a hash of one."""
    text = part.get("text")
    found = from_record(part, text[:_MAX_TEXT_LENGTH] if isinstance(text, str) else "", is_document=True)
    if not isinstance(found, DocumentPart) or not (isinstance(text, str) or is_sha256(found.text_sha256)):
        return None
    name, media_type = part.get("name"), part.get("media_type")
    return replace(
        found,
        name=shown_name(name) if isinstance(name, str) else "",
        media_type=clean_line(media_type)[:_MAX_TYPE_LENGTH] if isinstance(media_type, str) else "",
        text=found.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        encoding=clean_line(found.encoding)[:_MAX_TYPE_LENGTH],
        selected=found.selected if _SELECTION.fullmatch(found.selected) else "",
    )


def stored(document: DocumentPart, files: Mapping[str, str], texts: Mapping[str, str]) -> DocumentPart:
    """Return a document that refers to what was stored of its chat: the hashes of files and texts, by their keys in the chat.

    What did not come with the chat is not referred to.
    """
    sha256, summary = files.get(document.sha256, ""), texts.get(document.summary_sha256, "")
    is_possible = {SentAs.SUMMARY: bool(summary), SentAs.PICTURES: bool(sha256)}.get(document.sent_as, True)
    return replace(
        document,
        sha256=sha256,
        size=document.size if sha256 else 0,
        text_sha256=texts.get(document.text_sha256, ""),
        summary_sha256=summary,
        sent_as=document.sent_as if is_possible else SentAs.TEXT,
    )
