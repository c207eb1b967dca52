"""What a failed request means: status and words -> one of `domain.errors`. The words are found in `error_words.py`."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

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
from chatdesk.network.retry_after import retry_after
from chatdesk.providers.errors.error_words import LONGEST_DETAIL, ErrorWords, words_of, words_of_body

# Recognises that a conversation did not fit, in the words of the servers we know, and reads the numbers out
# of them.

_CODES = frozenset(
    {
        "context_length_exceeded",
        "exceed_context_size_error",
        "string_above_max_length",
        "1261",
        "model_context_window_exceeded",
    }
)
_SAYS_SO = re.compile(
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
    """Tokens asked for and tokens there is room for; None where the server does not tell."""

    prompt_tokens: int | None
    limit: int | None


def overflow_in(words: ErrorWords) -> Overflow | None:
    """Return what is known of the overflow if `words` tell of one."""
    if not (_CODES & {words.code, words.type} or _SAYS_SO.search(words.message)):
        return None
    return Overflow(words.prompt_tokens or _number(_PROMPT, words), words.limit or _number(_LIMIT, words))


def _number(pattern: re.Pattern[str], words: ErrorWords) -> int | None:
    match = pattern.search(words.message)
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
"""Of llama.cpp while it loads a model, Ollama before it does, and vLLM. "Out of memory" alone may be anything."""
_PROCESS_ENDED = re.compile(
    r"error was encountered while running the model|model runner has unexpectedly stopped"
    r"|(?:llama-server|llama runner) process (?:has terminated|no longer running)",
    re.IGNORECASE,
)
"""Of Ollama. What stands behind it is the last error in the process's log, which may be of another question, long answered."""
_LOADING = re.compile(r"loading model|model is (?:currently )?loading|still loading", re.IGNORECASE)
Judge = Callable[[ErrorWords, tuple[str, str], str], ServerError | None]
"""Says what words mean that only one kind of server uses: given them, its name and address, and the words cleared of keys."""

_STATUS_OF_NAME = {
    "rate_limit_exceeded": 429,
    "rate_limit_error": 429,
    "invalid_api_key": 401,
    "authentication_error": 401,
    "permission_error": 403,
    "unavailable_error": 503,
}
"""Names that stand for a status in an error that came after a success."""


class ErrorReplies:
    """Judges for one server. Whatever of the server's words goes into an error is cleared of keys first."""

    def __init__(self, endpoint: Endpoint, judge: Judge | None = None) -> None:
        self._endpoint = endpoint
        self._own = judge or (lambda _words, _where, _detail: None)
        self._where = (endpoint.server, endpoint.base_url)

    def of_reply(self, url: str, status: int, headers: Mapping[str, str], body: bytes, model: str = "") -> ServerError:
        """Return the error of a reply whose status is no success. `model` is the one asked for, if any."""
        words = words_of_body(body)
        detail = self._endpoint.redact(words.message)
        if own := self._own(words, self._where, detail):
            return own
        if status in {404, 405, 410}:
            error = self._not_found(url, status, words, detail, model)
        else:
            error = self._judge(status, words, detail, model, retry_after(headers, datetime.now(UTC)))
        error.reply = self._shown(words)
        return error

    def of_stream(self, value: object, model: str) -> ServerError:
        """Return the error that stands in a reply whose status was a success. `value` is the decoded error."""
        words = words_of(value)
        detail = self._endpoint.redact(words.message)
        if own := self._own(words, self._where, detail):
            return own
        status = words.status or _STATUS_OF_NAME.get(words.code) or _STATUS_OF_NAME.get(words.type) or 500
        error = self._judge(status, words, detail, model, None)
        if isinstance(error, RequestRefused) and words.status:
            return error  # of the server behind this one, which had accepted the request
        if isinstance(error, RequestRefused | ServerFailed):
            return ServerFailed(*self._where, 0, self._endpoint.redact(words.message_with_code))
        return error

    def not_an_api(self, url: str, status: int, body: bytes) -> NotAChatServer:
        """Return the error for a success that is not the protocol."""
        words = words_of_body(body)
        detail = self._endpoint.redact(words.message)
        return NotAChatServer(*self._where, url, status, detail, reply=self._shown(words))

    def _shown(self, words: ErrorWords) -> str:
        """Return as much of a page as is kept. It is cut last: half of a key is not known for one."""
        return self._endpoint.redact(words.page)[:LONGEST_DETAIL]

    def _not_found(self, url: str, status: int, words: ErrorWords, detail: str, model: str) -> ServerError:
        speaks_of_model = words.is_api and ("model" in words.message.lower() or _says_no_model(words))
        if model and _NO_PICTURES.search(words.message):
            return PicturesRefused(*self._where, model, detail)
        if model and status != 405 and speaks_of_model:
            return ModelNotFound(*self._where, model)
        return NotAChatServer(*self._where, url, status, detail)

    def _judge(self, status: int, words: ErrorWords, detail: str, model: str, wait: float | None) -> ServerError:
        if model and _PROCESS_ENDED.search(words.message):
            lacks_memory = _NO_MEMORY.search(words.message)
            return (MemoryExceeded if lacks_memory else ModelProcessEnded)(*self._where, model, detail)
        if overflow := overflow_in(words):
            return ContextTooLong(*self._where, overflow.prompt_tokens, overflow.limit, detail)
        if model and _says_no_model(words):
            return ModelNotFound(*self._where, model)
        if model and _NO_PICTURES.search(words.message):
            return PicturesRefused(*self._where, model, detail)
        if model and status >= 500 and _NO_MEMORY.search(words.message):
            return MemoryExceeded(*self._where, model, detail)
        if _NO_CREDIT.search(f"{words.code} {words.type} {words.message}"):
            return QuotaExhausted(*self._where, detail)
        if status == 401:
            if words.sign_in_url:
                return SignInNeeded(*self._where, detail, self._endpoint.redact(words.sign_in_url))
            return KeyRejected(*self._where, detail) if self._endpoint.carries_key else KeyMissing(*self._where)
        return self._by_status(status, words, detail, wait)

    def _by_status(self, status: int, words: ErrorWords, detail: str, wait: float | None) -> ServerError:
        match status:
            case 402:
                return QuotaExhausted(*self._where, detail)
            case 403:
                return AccessDenied(*self._where, detail)
            case 408:
                return RequestTimedOut(*self._where)
            case 413:
                return ContextTooLong(*self._where)
            case 429:
                return RateLimited(*self._where, wait, detail)
            case 503 if _LOADING.search(words.message):
                return ServerLoading(*self._where)
            case _ if status < 500:
                return RequestRefused(*self._where, status, detail)
            case _:
                return ServerFailed(*self._where, status, detail, wait)


def _says_no_model(words: ErrorWords) -> bool:
    return bool(_NO_MODEL_CODES & {words.code, words.type} or _NO_MODEL.search(words.message))
