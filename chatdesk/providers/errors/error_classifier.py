"""Classification of failed requests: from a status and what the server reported to an error type.

`reported_error.py` reads what the server reported.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from chatdesk.kernel.errors.base import (
    AccessDenied,
    ContextTooLong,
    KeyMissing,
    KeyRejected,
    MemoryExceeded,
    ModelNotFound,
    ModelProcessEnded,
    NotAChatServer,
    PicturesRefused,
    QuotaExhausted,
    RateLimited,
    RequestRefused,
    RequestTimedOut,
    ServerError,
    ServerFailed,
    ServerLoading,
    SignInNeeded,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.network.endpoint import Endpoint
from chatdesk.providers.errors.reported_error import MAX_DETAIL, ReportedError, error_of_body, error_of_value

# The delay that a server requests before a retry. Format: RFC 9110 section 10.2.3 (seconds or a date), and
# OpenAI's `retry-after-ms`.


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the delay in seconds; None if it is missing or invalid. Header names must be in lower case."""
    milliseconds = _retry_after_number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after", "").strip()
    seconds = _retry_after_number(value)
    return seconds if seconds is not None else _until(value, now)


def _retry_after_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _until(text: str, now: datetime) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


# A conversation that exceeds the context window, in the messages of known servers, and the token counts in them.

_CODES = frozenset(
    {
        "context_length_exceeded",
        "exceed_context_size_error",
        "string_above_max_length",
        "1261",
        "model_context_window_exceeded",
    }
)
_TOO_LONG = re.compile(
    r"""
    maximum\ context\ length            # OpenAI, vLLM, DeepSeek, Mistral, SGLang
    | available\ context\ size          # llama.cpp
    | exceeds?\ the\ (available\ )?context
    | longer\ than\ the\ (model's\ )?(maximum\ model\ length|context\ length)   # vLLM, SGLang, Ollama
    | too\ long\ to\ fit\ into\ the\ model
    | prompt\ is\ too\ long             # Anthropic, behind gateways
    | prompt\ exceeds\ max              # Zhipu
    | exceeded\ model\ token\ limit     # Moonshot
    | input\ token\ count\b.{0,40}exceeds   # Google
    | range\ of\ input\ length          # DashScope
    | reduce\ the\ length\ of\ (the|your)\ (messages|prompt|input)
    | 上下文.{0,8}(超|过长) | 输入.{0,8}(超过|超出|过长)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PROMPT = re.compile(
    r"""
    (?: request\ \( | input\ \( | resulted\ in | requested(?:\ a\ total\ of)? | prompt\ contains | your\ request\ has | too\ long:
      | token\ count\ \( | prompt\ \((?:total\ )?length )
    \s* (?P<tokens>\d{1,12})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIMIT = re.compile(
    r"""
    (?: (?: context\ (?:length|size)(?:\ is|\ of)?\s*\(? | maximum\ model\ length\ of | token\ limit:? | tokens\ allowed\s*\(?
          | tokens\ > | \[1, ) \s*
      | with\ (?=\d+\ maximum) )
    (?P<tokens>\d{1,12})
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Overflow:
    """The tokens of the request and of the context window; None where the server does not say."""

    prompt_tokens: int | None
    limit: int | None


def find_overflow(reported: ReportedError) -> Overflow | None:
    """Return the token counts if the error is that the conversation exceeds the context window, otherwise None."""
    if not (_CODES & {reported.code, reported.type} or _TOO_LONG.search(reported.message)):
        return None
    return Overflow(reported.prompt_tokens or _number(_PROMPT, reported), reported.limit or _number(_LIMIT, reported))


def _number(pattern: re.Pattern[str], reported: ReportedError) -> int | None:
    match = pattern.search(reported.message)
    return int(match["tokens"]) if match else None


_NO_MODEL_CODES = frozenset(
    {"model_not_found", "model_not_exist", "invalid_model", "deploymentnotfound", "20012", "1211", "1500"}
)
_NO_MODEL = re.compile(
    r"model\b.{0,120}?\b(?:not found|(?:does not|doesn't|not) exist)|not found the model|not a valid model|invalid model\b|unknown model"
    r"|模型不存在",
    re.IGNORECASE | re.DOTALL,
)
_NO_CREDIT = re.compile(
    r"insufficient[_ ](?:quota|balance|credit|funds)|(?:balance|credit|quota) is insufficient|exceeded your current quota|余额不足|欠费",
    re.IGNORECASE,
)
_NO_PICTURES = re.compile(
    r"does not support (?:multimodal|vision|image)|image input is not supported|is not a multimodal model"
    r"|unknown variant `?image_url|no endpoints found that support image|不支持图[片像]",
    re.IGNORECASE,
)
_NO_MEMORY = re.compile(
    r"insufficient memory \(attempted|requires more (?:system|gpu) memory|cudamalloc failed|cuda out of memory|outofdevicememory"
    r"|(?:failed|unable) to allocate (?:\w+ )?buffer",
    re.IGNORECASE,
)
"""Messages of llama.cpp while loading a model, of Ollama before it, and of vLLM. "Out of memory" alone is not specific enough."""
_PROCESS_ENDED = re.compile(
    r"error was encountered while running the model|model runner has unexpectedly stopped"
    r"|(?:llama-server|llama runner) process (?:has terminated|no longer running)",
    re.IGNORECASE,
)
"""Messages of Ollama. The text after them is the last error in the log of the process, possibly of an earlier request."""
_LOADING = re.compile(r"loading model|model is (?:currently )?loading|still loading", re.IGNORECASE)
ClassifyError = Callable[[ReportedError, tuple[str, str], str], ServerError | None]
"""Classifies errors that only one kind of server reports; returns None for others.

The arguments are the error, the name and address of the server, and the message without keys.
"""

_STATUS_OF_NAME = {
    "rate_limit_exceeded": 429,
    "rate_limit_error": 429,
    "invalid_api_key": 401,
    "authentication_error": 401,
    "permission_error": 403,
    "unavailable_error": 503,
}
"""The status that an error code stands for, in an error after a successful status."""


class ErrorClassifier:
    """Classifies the errors of one server. Keys are removed from all text before it becomes part of an error."""

    def __init__(self, endpoint: Endpoint, classify_first: ClassifyError | None = None) -> None:
        self._endpoint = endpoint
        self._classify_first = classify_first or (lambda _reported, _server, _detail: None)
        self._server = (endpoint.server, endpoint.base_url)

    def of_reply(self, url: str, status: int, headers: Mapping[str, str], body: bytes, model: str = "") -> ServerError:
        """Return the error of a response with an unsuccessful status. `model` is the requested model, if any."""
        reported = error_of_body(body)
        detail = self._endpoint.redact(reported.message)
        if own := self._classify_first(reported, self._server, detail):
            return own
        if status in {404, 405, 410}:
            error = self._not_found(url, status, reported, detail, model)
        else:
            error = self._classify(status, reported, detail, model, retry_after(headers, datetime.now(UTC)))
        error.reply = self._page(reported)
        return error

    def of_stream(self, value: object, model: str) -> ServerError:
        """Return the error inside a response with a successful status. `value` is the decoded error."""
        reported = error_of_value(value)
        detail = self._endpoint.redact(reported.message)
        if own := self._classify_first(reported, self._server, detail):
            return own
        status = reported.status or _STATUS_OF_NAME.get(reported.code) or _STATUS_OF_NAME.get(reported.type) or 500
        error = self._classify(status, reported, detail, model, None)
        if isinstance(error, RequestRefused) and reported.status:
            return error  # from the server behind this one, which had accepted the request
        if isinstance(error, RequestRefused | ServerFailed):
            return ServerFailed(*self._server, 0, self._endpoint.redact(reported.message_with_code))
        return error

    def not_an_api(self, url: str, status: int, body: bytes) -> NotAChatServer:
        """Return the error for a successful response that is not of the protocol."""
        reported = error_of_body(body)
        detail = self._endpoint.redact(reported.message)
        return NotAChatServer(*self._server, url, status, detail, reply=self._page(reported))

    def _page(self, reported: ReportedError) -> str:
        """Return the beginning of a page, without keys. It is cut last, because part of a key would not be recognised."""
        return self._endpoint.redact(reported.page)[:MAX_DETAIL]

    def _not_found(self, url: str, status: int, reported: ReportedError, detail: str, model: str) -> ServerError:
        is_about_model = reported.is_api and ("model" in reported.message.lower() or _is_model_unknown(reported))
        if model and _NO_PICTURES.search(reported.message):
            return PicturesRefused(*self._server, model, detail)
        if model and status != 405 and is_about_model:
            return ModelNotFound(*self._server, model)
        return NotAChatServer(*self._server, url, status, detail)

    def _classify(
        self, status: int, reported: ReportedError, detail: str, model: str, wait: float | None
    ) -> ServerError:
        if model and _PROCESS_ENDED.search(reported.message):
            lacks_memory = _NO_MEMORY.search(reported.message)
            return (MemoryExceeded if lacks_memory else ModelProcessEnded)(*self._server, model, detail)
        if overflow := find_overflow(reported):
            return ContextTooLong(*self._server, overflow.prompt_tokens, overflow.limit, detail)
        if model and _is_model_unknown(reported):
            return ModelNotFound(*self._server, model)
        if model and _NO_PICTURES.search(reported.message):
            return PicturesRefused(*self._server, model, detail)
        if model and status >= 500 and _NO_MEMORY.search(reported.message):
            return MemoryExceeded(*self._server, model, detail)
        if _NO_CREDIT.search(f"{reported.code} {reported.type} {reported.message}"):
            return QuotaExhausted(*self._server, detail)
        if status == 401:
            if reported.sign_in_url:
                return SignInNeeded(*self._server, detail, self._endpoint.redact(reported.sign_in_url))
            return KeyRejected(*self._server, detail) if self._endpoint.carries_key else KeyMissing(*self._server)
        return self._by_status(status, reported, detail, wait)

    def _by_status(self, status: int, reported: ReportedError, detail: str, wait: float | None) -> ServerError:
        match status:
            case 402:
                return QuotaExhausted(*self._server, detail)
            case 403:
                return AccessDenied(*self._server, detail)
            case 408:
                return RequestTimedOut(*self._server)
            case 413:
                return ContextTooLong(*self._server)
            case 429:
                return RateLimited(*self._server, wait, detail)
            case 503 if _LOADING.search(reported.message):
                return ServerLoading(*self._server)
            case _ if status < 500:
                return RequestRefused(*self._server, status, detail)
            case _:
                return ServerFailed(*self._server, status, detail, wait)


def _is_model_unknown(reported: ReportedError) -> bool:
    return bool(_NO_MODEL_CODES & {reported.code, reported.type} or _NO_MODEL.search(reported.message))
