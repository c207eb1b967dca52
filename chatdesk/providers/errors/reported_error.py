"""Error messages of servers: reads the many shapes of error bodies. `error_classifier.py` classifies them.

Shapes (protocols.md 2.0): `{"error": {"message": …}}`, `{"error": "text"}`, `{"object": "error", "message": …}`, `{"detail": "text"}` or a
list of FastAPI's validation errors, `{"code": …, "message": …}`, FastGPT's `statusText`, DB-GPT's `err_msg`, Ollama's `signin_url`, HTML,
plain text, nothing. Any of these texts may itself be JSON with the actual error.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from html import unescape

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.json_values import (
    NotJson,
    count_of,
    decode,
    elements,
    members,
    text_of,
    text_of_value,
)
from chatdesk.kernel.text.safe_line import safe_line

MAX_DETAIL = 2000
_MAX_NESTING = 4
_MAX_UNKNOWN = 300
_MAX_CODE = 80
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)
_NO_TEXT = re.compile(r"<(script|style)\b.{0,5000}?</\1\s*>|<[^>]{0,500}>", re.IGNORECASE | re.DOTALL)
_MAX_PAGE = 16 * 1024


@dataclass(frozen=True, slots=True)
class ReportedError:
    """`message` is plain text for display. `code` and `type` are the server's names in lower case, `status` an HTTP status in the body."""

    message: str = ""
    code: str = ""
    type: str = ""
    status: int = 0
    sign_in_url: str = ""
    prompt_tokens: int | None = None
    limit: int | None = None
    is_api: bool = False
    """Whether it was JSON, so it is from an API rather than a proxy or a web site."""
    original_code: str = field(default="", compare=False)
    """The code in its original case, for display."""
    page: str = ""
    """The beginning of the raw response of a proxy or web site; empty if the message has all of it."""

    @property
    def message_with_code(self) -> str:
        """The message followed by the server's own code."""
        code = self.original_code[:_MAX_CODE]
        adds = bool(self.message and code) and code not in self.message
        return f"{self.message} ({code})" if adds else self.message


def error_of_body(body: bytes) -> ReportedError:
    """Return the error in the body of a failed response."""
    text = body.decode("utf-8", "replace").strip()
    try:
        value = decode(text)
    except NotJson:
        message = _plain(text)
        return ReportedError(message, page="" if message == text else text[:_MAX_PAGE])
    return error_of_value(value)


def error_of_value(value: object) -> ReportedError:
    """Return the error in a decoded JSON value, which may contain it as a member."""
    return _read(value, _MAX_NESTING)


def _read(value: object, depth: int) -> ReportedError:
    if isinstance(value, str):
        return _nested_error(value, depth) or ReportedError(value.strip()[:MAX_DETAIL], is_api=True)
    listed = elements(value)
    outer = members(listed[0] if listed else value)  # Gemini wraps its error in a list
    error = members(outer.get("error"))
    source = error or outer
    message = (
        source.get("message")
        or source.get("error")
        or source.get("detail")
        or source.get("msg")
        or source.get("err_msg")
        or ""
    )
    if isinstance(message, str) and (nested := _nested_error(message, depth)):
        return nested
    code = source.get("code") or source.get("err_code")
    original = str(code) if isinstance(code, str | int) else ""
    return ReportedError(
        message=_with_cause(_message_text(message) or _dump(value), error),
        code=original.lower(),
        type=text_of(source.get("type") or source.get("statusText")).lower(),
        status=_http_status(code) or _http_status(source.get("status")),
        sign_in_url=text_of(outer.get("signin_url")),
        prompt_tokens=count_of(source.get("n_prompt_tokens")),
        limit=count_of(source.get("n_ctx")),
        is_api=True,
        original_code=original,
    )


def _nested_error(text: str, depth: int) -> ReportedError | None:
    """Return the error in `text` if that is JSON, otherwise None (Ollama forwards errors of its runner in this form)."""
    if depth == 0 or not text.lstrip().startswith("{"):
        return None
    try:
        value = decode(text)
    except NotJson:
        return None
    return _read(value, depth - 1) if isinstance(value, dict) else None


def _message_text(message: object) -> str:
    if isinstance(message, str):
        return message.strip()[:MAX_DETAIL]
    listed = elements(message) or elements(members(message).get("detail"))
    messages = [_validation_error(members(element)) for element in listed]
    return "; ".join(filter(None, messages))[:MAX_DETAIL] or (_dump(message) if message else "")


def _validation_error(detail: Mapping[str, object]) -> str:
    """Return one of FastAPI's validation errors: location and message."""
    where = ".".join(str(step) for step in elements(detail.get("loc")) if isinstance(step, str | int))
    what = text_of(detail.get("msg"))
    return f"{where}: {what}" if where and what else what


def _with_cause(message: str, error: Mapping[str, object]) -> str:
    """Add the message of the server behind this one (OpenRouter), whose own message is only "Provider returned error"."""
    metadata = members(error.get("metadata"))
    raw = metadata.get("raw")
    cause = _read(raw, 1).message if raw else ""
    parts = filter(None, (text_of(metadata.get("provider_name")), cause))
    described = ": ".join(parts)
    return f"{message} ({described})"[:MAX_DETAIL] if described else message


def _http_status(code: object) -> int:
    number = int(code) if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) == 3 else code
    return number if isinstance(number, int) and 400 <= number < 600 else 0


def _plain(text: str) -> str:
    """Return the plain text of a response that may be a web page."""
    if not text.startswith("<"):
        return text[:_MAX_UNKNOWN]
    page = text[:_MAX_PAGE]
    title = _TITLE.search(page)
    text = title[1] if title else _NO_TEXT.sub(" ", page)
    return safe_line(" ".join(unescape(text).split()), _MAX_UNKNOWN, ellipsis="")


def _dump(value: object) -> str:
    return "" if value in (None, {}, []) else text_of_value(value)[:_MAX_UNKNOWN]
