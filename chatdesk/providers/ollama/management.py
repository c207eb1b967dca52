"""Ollama's `/api/delete`, `/api/copy`, `/api/create`, `/api/blobs`, and loading: its models are changed, nothing is asked of them.

Format: https://github.com/ollama/ollama/blob/main/docs/api.md; server/create.go. Errors of `/api/create` come as a line of a reply whose
status is 200, as those of `/api/pull` do.
"""

import re
from collections.abc import AsyncIterable, Callable, Mapping

from chatdesk.kernel.errors.base import ModelNotFound, RequestRefused, ServerError, ServerFailed
from chatdesk.kernel.errors.model_errors import ModelFileRefused, ModelNotChanged, PullDiskFull
from chatdesk.kernel.text.json_values import NotJson, decode, members, text_of
from chatdesk.network.http import StreamedBody
from chatdesk.network.timeouts import LOAD
from chatdesk.providers.errors.error_words import words_of
from chatdesk.providers.ollama.models import weights_of
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.framing import JsonLinesFramer

FOR_EVER = -1
"""Of `keep_alive`, in seconds."""
_FULL = re.compile(r"no space left|not enough space|disk quota|disk is full|磁盘空间不足", re.IGNORECASE)
_MISSING = re.compile(r"file does not exist|not found|no such host|dial tcp", re.IGNORECASE)


async def delete(api: ServerApi, model: str) -> None:
    """Have a model deleted; one in memory is put out of it. Raises `ModelNotFound`, or another `ServerError`."""
    await api.send("DELETE", "/api/delete", {"model": model}, model=model)


async def weights(api: ServerApi, model: str) -> frozenset[str]:
    """Return the files of weights that a model is made of; none if Ollama does not tell. Raises a `ServerError`."""
    return weights_of(await api.post("/api/show", {"model": model}, model=model))


async def copy(api: ServerApi, model: str, name: str) -> None:
    """Have a model listed under another name, too; its weights are kept once. One of that name is replaced."""
    await api.send("POST", "/api/copy", {"source": model, "destination": name}, model=model)


async def load(api: ServerApi, model: str, keep_seconds: int) -> None:
    """Have a model in memory for so long after it was last asked. Returns when it is there, which may take minutes."""
    body = {"model": model, "messages": [], "keep_alive": keep_seconds, "stream": False}
    await api.post("/api/chat", body, LOAD, model=model)


async def create_from_model(
    api: ServerApi, name: str, base: str, system: str, parameters: Mapping[str, object], report: Callable[[str], None]
) -> None:
    """Have a model made of another one with a system prompt and parameters of its own. `report` is told what the server does."""
    body: dict[str, object] = {"model": name, "from": base, "stream": True}
    if system:
        body["system"] = system
    if parameters:
        body["parameters"] = dict(parameters)
    await _create(api, name, body, report, base)


async def create_from_blob(api: ServerApi, name: str, file: str, digest: str, report: Callable[[str], None]) -> None:
    """Have a model made of a file that was sent: `file` is its name, `digest` `sha256:…`."""
    body = {"model": name, "files": {file: digest}, "stream": True}
    try:
        await _create(api, name, body, report)
    except ModelNotChanged as error:
        raise ModelFileRefused(error.server, error.address, file, error.detail) from error


async def has_blob(api: ServerApi, digest: str) -> bool:
    """Whether the server has this file already."""
    return await api.exists(f"/api/blobs/{digest}")


async def send_blob(api: ServerApi, digest: str, size: int, chunks: AsyncIterable[bytes]) -> None:
    """Send a file of `size` bytes. The server compares it with its digest. Raises a `ServerError`."""
    try:
        await api.send("POST", f"/api/blobs/{digest}", StreamedBody("application/octet-stream", size, chunks))
    except (RequestRefused, ServerFailed) as error:
        raise _judged(api, "", error.detail) from error


async def _create(api: ServerApi, name: str, body: object, report: Callable[[str], None], base: str = "") -> None:
    try:
        async with api.stream("/api/create", body, accept="application/x-ndjson", model=base or name) as stream:
            async for frame in api.frames(stream, JsonLinesFramer()):
                try:
                    line = members(decode(frame.data or ""))
                except NotJson:
                    continue
                if line.get("error"):
                    raise _judged(api, name, words_of(line).message, base)
                status = text_of(line.get("status"))
                report(status)
                if status == "success":
                    return
    except (RequestRefused, ServerFailed) as error:
        raise _judged(api, name, error.detail, base) from error
    raise ModelNotChanged(api.endpoint.server, api.endpoint.base_url, name)


def _judged(api: ServerApi, name: str, words: str, base: str = "") -> ServerError:
    where = (api.endpoint.server, api.endpoint.base_url)
    if _FULL.search(words):
        return PullDiskFull(*where, name)
    if base and _MISSING.search(words):
        return ModelNotFound(*where, base)
    return ModelNotChanged(*where, name, api.endpoint.redact(words))
