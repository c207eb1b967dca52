"""E-mails (.eml, RFC 5322): subject, people, date, body, and the names of what is attached."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

from chatdesk.documents.readers.html_text import check_depth, to_markdown
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.text.regular_file import read_whole

_MAX_HEADER = 10_000
"""Characters of one header."""
_HEADERS = ("Subject", "From", "To", "Cc", "Date")


def read_email(path: Path) -> DocumentReading:
    """Read an e-mail as one section."""
    message = email.message_from_bytes(read_whole(path, MAX_DOCUMENT_BYTES), policy=email.policy.default)
    if not message.keys():
        raise UnreadableDocument(ReadingProblem.DAMAGED, "no e-mail")
    head = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name).strip())]
    attached = [str(part.get_filename() or part.get_content_type()) for part in message.iter_attachments()]
    listed = [f"Attachments: {', '.join(attached)}"] if attached else []
    return DocumentReading(iter((Section("\n".join((*head, *listed, "", _body(message))).strip()),)))


def _header(message: EmailMessage, name: str) -> str:
    """Return a header. A very long one, and one that is nested very deeply, stays as it is written: decoding it takes minutes."""
    written = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    try:
        return written[:_MAX_HEADER] if len(written) > _MAX_HEADER else str(message.get(name, ""))
    except RecursionError:
        return written


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError):  # an encoding that does not exist
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if part.get_content_subtype() == "html":
        check_depth(text.encode("utf-8", "replace"))
        return to_markdown(text)
    return text.replace("\r\n", "\n").strip()
