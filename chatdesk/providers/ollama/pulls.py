"""Ollama's `/api/pull`: the server downloads a model and reports its progress, one JSON object per line.

Only `success` means that the model is complete. Format: https://github.com/ollama/ollama/blob/main/docs/api.md; server/images.go
(`PullModel`) and server/download.go. Errors are lines of a reply with status 200.
"""

import asyncio
import re
import time
from collections.abc import Callable

from chatdesk.kernel.errors.base import ModelNotFound, RequestRefused, ServerFailed, ServerTimedOut
from chatdesk.kernel.errors.model_errors import (
    PartDamaged,
    PullBrokenOff,
    PullDiskFull,
    PullError,
    PullFailed,
    PullNameUnknown,
    PullNotAllowed,
    PullTagUnknown,
    RegistryUnreachable,
    RegistryUntrusted,
    ServerTooOld,
)
from chatdesk.kernel.models.pulls import PullPhase, PullProgress, PullTally
from chatdesk.kernel.text.json_values import NotJson, count_of, decode, members, text_of
from chatdesk.providers.errors.reported_error import error_of_value
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.framing import JsonLinesFramer

STALLED_SECONDS = 90.0
"""Maximum silence while layers are downloaded, during which the server reports many times per second.

Ollama retries a part after 30 s without data, and reports that. It may be silent for an hour while it verifies checksums (`timeouts.PULL`).
"""
REPORT_EVERY_SECONDS = 0.2
"""The server reports a layer 16 times per second, faster than anyone can read."""
_UNKNOWN = re.compile(
    r"file does not exist|manifest unknown|invalid model name|model name|name unknown|\b404\b|not found", re.IGNORECASE
)
_NOT_ALLOWED = re.compile(
    r"unauthorized|access denied|access to model .* is restricted|gated|\b40[13]\b", re.IGNORECASE
)
_NO_SUCH_TAG = re.compile(r"valid quantization", re.IGNORECASE)
_FULL = re.compile(r"no space left|not enough space|disk quota|disk is full|磁盘空间不足", re.IGNORECASE)
_TOO_OLD = re.compile(r"requires a newer version|\b412\b", re.IGNORECASE)
_CUT_OFF = re.compile(
    r"no such host|dial tcp|connection re(?:fused|set)|i/o timeout|handshake|unreachable|server misbehaving|deadline exceeded"
    r"|max retries exceeded|part stalled|\bEOF\b|broken pipe|\b50[234]\b|too many requests|\b429\b|proxyconnect",
    re.IGNORECASE,
)
_UNTRUSTED = re.compile(r"x509|certificate", re.IGNORECASE)
_UNREADABLE_PART = re.compile(
    r"EOF|unexpected end of JSON input|invalid character .* (?:value|looking for.*)", re.DOTALL
)
"""Ollama's complete message when it cannot read its own record of a part; network errors also contain the address."""


async def pull(
    api: ServerApi,
    model: str,
    report: Callable[[PullProgress], None],
    expected: int = 0,
    stalled_seconds: float = STALLED_SECONDS,
) -> None:
    """Let the server download `model` and return when it is complete.

    Cancelling stops the server; downloaded parts are kept for the next attempt.

    `expected` is the size if known. Raise a `PullError`, or another `ServerError` if the server itself is unavailable.
    """
    tally, reported, last = PullTally(expected), 0.0, PullProgress()
    body = {"model": model, "stream": True}
    try:
        async with (
            asyncio.timeout(None) as timeout,
            api.stream("/api/pull", body, accept="application/x-ndjson", model=model) as stream,
        ):
            report(tally.progress)
            async for frame in api.frames(stream, JsonLinesFramer()):
                try:
                    line = members(decode(frame.data or ""))
                except NotJson:
                    continue
                if line.get("error"):
                    words = error_of_value(line).message
                    if tally.progress.phase is PullPhase.ASKING and _UNREADABLE_PART.fullmatch(words.strip()):
                        raise PartDamaged(api.endpoint.server, api.endpoint.base_url, model)
                    raise _judged(api, model, words)
                status = text_of(line.get("status"))
                total, completed = count_of(line.get("total")), count_of(line.get("completed"))
                tally.update(status, text_of(line.get("digest")), total, completed)
                _restart_timeout(timeout, stalled_seconds if tally.progress.phase is PullPhase.LOADING else None)
                now, progress = time.monotonic(), tally.progress
                if progress.phase is not last.phase or now - reported >= REPORT_EVERY_SECONDS:
                    reported, last = now, progress
                    report(progress)
                if status == "success":
                    return
    except ModelNotFound as error:
        raise PullNameUnknown(error.server, error.address, model) from error
    except (RequestRefused, ServerFailed) as error:
        raise _judged(api, model, error.detail) from error
    except TimeoutError as error:
        raise ServerTimedOut(api.endpoint.server, api.endpoint.base_url, stalled_seconds) from error
    raise PullBrokenOff(api.endpoint.server, api.endpoint.base_url, model)


def _restart_timeout(timeout: asyncio.Timeout, seconds: float | None) -> None:
    """Restart the timeout for the server's next message; None for the general timeout of streams."""
    timeout.reschedule(None if seconds is None else asyncio.get_running_loop().time() + seconds)


def _judged(api: ServerApi, model: str, words: str) -> PullError:
    """Return the error for a server's message. Check for a full disk first, because it is reported among network errors."""
    where = (api.endpoint.server, api.endpoint.base_url, model)
    detail = api.endpoint.redact(words)
    if _FULL.search(words):
        return PullDiskFull(*where)
    if _TOO_OLD.search(words):
        return ServerTooOld(*where)
    if _UNTRUSTED.search(words):
        return RegistryUntrusted(*where, detail)
    if _CUT_OFF.search(words):
        return RegistryUnreachable(*where, detail)
    if _NO_SUCH_TAG.search(words):
        return PullTagUnknown(*where)
    if _NOT_ALLOWED.search(words):
        return PullNotAllowed(*where)
    if _UNKNOWN.search(words):
        return PullNameUnknown(*where)
    return PullFailed(*where, detail)
