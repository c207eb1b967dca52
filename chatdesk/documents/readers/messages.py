"""E-mails (.eml, RFC 5322): subject, people, date, body, and what is attached."""

import email
import email.policy
import mimetypes
from email.message import EmailMessage, MIMEPart
from itertools import islice
from pathlib import Path

from chatdesk.documents.readers.html_text import check_depth, to_markdown
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import MAX_ENCLOSED, EnclosedFile, Section
from chatdesk.kernel.text.regular_file import read_whole

_MAX_HEADER = 10_000
"""Characters of one header."""
_MAX_NAME = 80
_HEADERS = ("Subject", "From", "To", "Cc", "Date")


def read_email(path: Path) -> DocumentReading:
    """Read an e-mail as one section. What is attached to it is enclosed."""
    message = _message(path)
    head = [f"{name}: {value}" for name in _HEADERS if (value := _header(message, name).strip())]
    attached = tuple(_enclosed(part) for part in islice(message.iter_attachments(), MAX_ENCLOSED))
    listed = [f"Attachments: {', '.join(each.name for each in attached)}"] if attached else []
    text = "\n".join((*head, *listed, "", _body(message))).strip()
    return DocumentReading(iter((Section(text),)), enclosed=attached)


def enclosed_data(path: Path, index: int) -> bytes:
    """Return what is attached to an e-mail, by its place among the enclosed files. Raises `UnreadableDocument`."""
    part = next(islice(_message(path).iter_attachments(), index, None), None)
    if part is None:
        raise UnreadableDocument(ReadingProblem.DAMAGED, "no such attachment")
    return _data(part)


def _message(path: Path) -> EmailMessage:
    message = email.message_from_bytes(read_whole(path, MAX_DOCUMENT_BYTES), policy=email.policy.default)
    if not message.keys():
        raise UnreadableDocument(ReadingProblem.DAMAGED, "no e-mail")
    return message


def _enclosed(part: MIMEPart) -> EnclosedFile:
    """Return the name and the size of an attachment. One without a name gets that of its type."""
    kind = part.get_content_type()
    name = str(part.get_filename() or "").strip()
    if kind == "message/rfc822":
        inner = next(part.iter_parts(), part)
        name = name or f"{_header(inner, 'Subject').strip()[:_MAX_NAME] or 'message'}.eml"
    return EnclosedFile(name or f"attachment{mimetypes.guess_extension(kind) or ''}", len(_data(part)))


def _data(part: MIMEPart) -> bytes:
    """Return the content of an attachment; an e-mail is written again."""
    if part.is_multipart():
        return b"".join(inner.as_bytes(policy=email.policy.SMTP) for inner in part.iter_parts())
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _header(message: MIMEPart, name: str) -> str:
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
