"""What a server says when it fails: finds the words in the many shapes of error bodies. What they mean is judged in `error_replies.py`.

Shapes (protocols.md 2.0): `{"error": {"message": …}}`, `{"error": "text"}`, `{"object": "error", "message": …}`, `{"detail": "text"}` or a
list of FastAPI's complaints, `{"code": …, "message": …}`, FastGPT's `statusText`, DB-GPT's `err_msg`, Ollama's `signin_url`, HTML, plain
text, nothing. Any of these texts may be JSON again, with the real error inside.
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

LONGEST_DETAIL = 2000
_DEEPEST_NESTING = 4
_LONGEST_UNKNOWN = 300
_LONGEST_CODE = 80
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)
_NOT_WORDS = re.compile(r"<(script|style)\b.{0,5000}?</\1\s*>|<[^>]{0,500}>", re.IGNORECASE | re.DOTALL)
_LONGEST_PAGE = 16 * 1024


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """`message` is plain text for people. `code` and `type` are the server's own names, lower case; `status` an HTTP status in the body."""

    message: str = ""
    code: str = ""
    type: str = ""
    status: int = 0
    sign_in_url: str = ""
    prompt_tokens: int | None = None
    limit: int | None = None
    is_api: bool = False
    """It came as JSON, so an API said it, rather than a proxy or a web site."""
    code_as_told: str = field(default="", compare=False)
    """The code as it was written, for people."""
    page: str = ""
    """The beginning of what a proxy or a web site said, as it came; empty where that is all in the message."""

    @property
    def message_with_code(self) -> str:
        """Its words, and behind them the server's own name or number of the error."""
        code = self.code_as_told[:_LONGEST_CODE]
        adds = bool(self.message and code) and code not in self.message
        return f"{self.message} ({code})" if adds else self.message


def words_of_body(body: bytes) -> ErrorWords:
    """Return what the body of a failed reply says."""
    text = body.decode("utf-8", "replace").strip()
    try:
        value = decode(text)
    except NotJson:
        message = _plain(text)
        return ErrorWords(message, page="" if message == text else text[:_LONGEST_PAGE])
    return words_of(value)


def words_of(value: object) -> ErrorWords:
    """Return what a decoded error says, or an object that holds one."""
    return _words(value, _DEEPEST_NESTING)


def _words(value: object, depth: int) -> ErrorWords:
    if isinstance(value, str):
        return _inside(value, depth) or ErrorWords(value.strip()[:LONGEST_DETAIL], is_api=True)
    listed = elements(value)
    outer = members(listed[0] if listed else value)  # Gemini puts its error into a list
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
    if isinstance(message, str) and (nested := _inside(message, depth)):
        return nested
    code = source.get("code") or source.get("err_code")
    told = str(code) if isinstance(code, str | int) else ""
    return ErrorWords(
        message=_with_cause(_message_text(message) or _dump(value), error),
        code=told.lower(),
        type=text_of(source.get("type") or source.get("statusText")).lower(),
        status=_http_status(code) or _http_status(source.get("status")),
        sign_in_url=text_of(outer.get("signin_url")),
        prompt_tokens=count_of(source.get("n_prompt_tokens")),
        limit=count_of(source.get("n_ctx")),
        is_api=True,
        code_as_told=told,
    )


def _inside(text: str, depth: int) -> ErrorWords | None:
    """Return the error that `text` holds as JSON, if it does (Ollama passes on its runner's errors so)."""
    if depth == 0 or not text.lstrip().startswith("{"):
        return None
    try:
        value = decode(text)
    except NotJson:
        return None
    return _words(value, depth - 1) if isinstance(value, dict) else None


def _message_text(message: object) -> str:
    if isinstance(message, str):
        return message.strip()[:LONGEST_DETAIL]
    listed = elements(message) or elements(members(message).get("detail"))
    complaints = [_complaint(members(element)) for element in listed]
    return "; ".join(filter(None, complaints))[:LONGEST_DETAIL] or (_dump(message) if message else "")


def _complaint(detail: Mapping[str, object]) -> str:
    """Return one of FastAPI's complaints: where, and what."""
    where = ".".join(str(step) for step in elements(detail.get("loc")) if isinstance(step, str | int))
    what = text_of(detail.get("msg"))
    return f"{where}: {what}" if where and what else what


def _with_cause(message: str, error: Mapping[str, object]) -> str:
    """Add what the server behind the server said (OpenRouter): its own message is only "Provider returned error"."""
    metadata = members(error.get("metadata"))
    raw = metadata.get("raw")
    cause = _words(raw, 1).message if raw else ""
    parts = filter(None, (text_of(metadata.get("provider_name")), cause))
    described = ": ".join(parts)
    return f"{message} ({described})"[:LONGEST_DETAIL] if described else message


def _http_status(code: object) -> int:
    number = int(code) if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) == 3 else code
    return number if isinstance(number, int) and 400 <= number < 600 else 0


def _plain(text: str) -> str:
    """Return the words of a text that may be a web page."""
    if not text.startswith("<"):
        return text[:_LONGEST_UNKNOWN]
    page = text[:_LONGEST_PAGE]
    title = _TITLE.search(page)
    words = title[1] if title else _NOT_WORDS.sub(" ", page)
    return safe_line(" ".join(unescape(words).split()), _LONGEST_UNKNOWN, ellipsis="")


def _dump(value: object) -> str:
    return "" if value in (None, {}, []) else text_of_value(value)[:_LONGEST_UNKNOWN]
