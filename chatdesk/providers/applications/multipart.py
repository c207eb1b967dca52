"""Encoding of forms with files as `multipart/form-data` (RFC 7578). All names are sanitised, so they cannot break a header."""

import re
import secrets
from collections.abc import Iterable, Mapping

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.network.http import EncodedBody

_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\]')


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file in a form: the name of the field, the name of the file, its type and its content."""

    field: str
    name: str
    media_type: str
    data: bytes


def encode_form(fields: Mapping[str, str], files: Iterable[FormFile]) -> EncodedBody:
    """Return the body of a request."""
    boundary = secrets.token_hex(16)
    parts = [
        _part(boundary, f'form-data; name="{_clean(name)}"', "", value.encode("utf-8", "replace"))
        for name, value in fields.items()
    ]
    parts += [
        _part(
            boundary,
            f'form-data; name="{_clean(file.field)}"; filename="{_clean(file.name)}"',
            file.media_type,
            file.data,
        )
        for file in files
    ]
    return EncodedBody(f"multipart/form-data; boundary={boundary}", b"".join((*parts, f"--{boundary}--\r\n".encode())))


def _part(boundary: str, disposition: str, media_type: str, data: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: {disposition}\r\n"
    if media_type:
        head += f"Content-Type: {_clean(media_type)}\r\n"
    return head.encode() + b"\r\n" + data + b"\r\n"


def _clean(name: str) -> str:
    return _UNSAFE.sub("_", name)
