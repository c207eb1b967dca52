"""Management of Ollama's models: `/api/delete`, `/api/copy`, `/api/create`, `/api/blobs`, and loading.

Format: https://github.com/ollama/ollama/blob/main/docs/api.md; server/create.go. Errors of `/api/create` are lines of a reply with status
200, like those of `/api/pull`.
"""

import re
from collections.abc import AsyncIterable, Callable, Mapping

from chatdesk.kernel.errors.base import ModelNotFound, RequestRefused, ServerError, ServerFailed
from chatdesk.kernel.errors.model_errors import ModelFileRefused, ModelNotChanged, PullDiskFull
from chatdesk.kernel.text.json_values import NotJson, decode, members, text_of
from chatdesk.network.http import StreamedBody
from chatdesk.network.timeouts import LOAD
from chatdesk.providers.errors.reported_error import error_of_value
from chatdesk.providers.ollama.models import weights_of
from chatdesk.providers.server_api import ServerApi
from chatdesk.providers.streaming.framing import JsonLinesFramer

FOR_EVER = -1
"""Value of `keep_alive` for a model that is never unloaded."""
_FULL = re.compile(r"no space left|not enough space|disk quota|disk is full|磁盘空间不足", re.IGNORECASE)
_MISSING = re.compile(r"file does not exist|not found|no such host|dial tcp", re.IGNORECASE)


async def delete(api: ServerApi, model: str) -> None:
    """Delete a model, unloading it if necessary. Raise `ModelNotFound` or another `ServerError`."""
    await api.send("DELETE", "/api/delete", {"model": model}, model=model)


async def weights(api: ServerApi, model: str) -> frozenset[str]:
    """Return the names of a model's weight files; empty if Ollama does not report them. Raise a `ServerError`."""
    return weights_of(await api.post("/api/show", {"model": model}, model=model))


async def copy(api: ServerApi, model: str, name: str) -> None:
    """Copy a model to another name; the weights are stored once. An existing model of that name is replaced."""
    await api.send("POST", "/api/copy", {"source": model, "destination": name}, model=model)


async def load(api: ServerApi, model: str, keep_seconds: int) -> None:
    """Load a model and keep it for `keep_seconds` after its last use. Returns when it is loaded, which may take minutes."""
    body = {"model": model, "messages": [], "keep_alive": keep_seconds, "stream": False}
    await api.post("/api/chat", body, LOAD, model=model)


async def create_from_model(
    api: ServerApi, name: str, base: str, system: str, parameters: Mapping[str, object], report: Callable[[str], None]
) -> None:
    """Create a model from another one with a different system prompt and parameters. `report` is called with the server's status."""
    body: dict[str, object] = {"model": name, "from": base, "stream": True}
    if system:
        body["system"] = system
    if parameters:
        body["parameters"] = dict(parameters)
    await _create(api, name, body, report, base)


async def create_from_blob(api: ServerApi, name: str, file: str, digest: str, report: Callable[[str], None]) -> None:
    """Create a model from an uploaded file with the name `file` and the digest `sha256:…`."""
    body = {"model": name, "files": {file: digest}, "stream": True}
    try:
        await _create(api, name, body, report)
    except ModelNotChanged as error:
        raise ModelFileRefused(error.server, error.address, file, error.detail) from error


async def has_blob(api: ServerApi, digest: str) -> bool:
    """Return whether the server already has this file."""
    return await api.exists(f"/api/blobs/{digest}")


async def send_blob(api: ServerApi, digest: str, size: int, chunks: AsyncIterable[bytes]) -> None:
    """Upload a file of `size` bytes. The server verifies its digest. Raise a `ServerError`."""
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
                    raise _judged(api, name, error_of_value(line).message, base)
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
