"""What an imitation of Ollama keeps and does with it: downloads that come in layers and go on where they stopped, copies, deletions, files
that are sent to it and become models, and what is in its memory. The words are those of the recordings of Ollama 0.32.15.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.fakes.scripted_server import LAST_CHUNK, Hang, Request, Reset, Step, bare_head, chunk, head, reply

if TYPE_CHECKING:
    from tests.fakes.scripted_models import ScriptedModel

_NO_MANIFEST = "pull model manifest: file does not exist"
_LISTED_AFTER_SECONDS = 0.05


@dataclass(frozen=True)
class ScriptedPull:
    """How a download goes: half of the first layer at once, the rest after `gate`, then the other layers and success."""

    gate: asyncio.Event | None = None
    """It belongs to the loop the server runs on."""
    size: int = 1000
    """Of the first layer."""
    error: str = ""
    """Its words come in place of everything behind the manifest."""
    layers: Sequence[int] = ()
    """Sizes of further layers, reported one after the other."""
    breaks: str = ""
    """Half way, once: "dies" (a reset), "silent" (for ever), "stops" (the reply ends), or the words of an error in the stream."""
    claims: int = 0
    """What the server says the first layer has, where it lies."""


class OllamaShelf:
    """`models` by name, in the order of the list. `pull` tells how a download goes; `made` makes a model that came."""

    def __init__(
        self,
        models: Sequence["ScriptedModel"],
        pull: Callable[[str], ScriptedPull],
        made: Callable[[str], "ScriptedModel"],
    ) -> None:
        self.models = {model.name: model for model in models}
        self.loaded = {model.name for model in models if model.loaded}
        self.partial: dict[str, int] = {}
        """Bytes that came of downloads that are not whole, by name."""
        self.blobs: dict[str, bytes] = {}
        self._pull = pull
        self._made = made
        self._broken: set[str] = set()

    def find(self, name: str) -> "ScriptedModel | None":
        """Return a model; its tag may be left out where it is `latest`."""
        return self.models.get(name) or self.models.get(f"{name}:latest")

    def answer(self, request: Request) -> list[Step] | AsyncIterator[Step] | None:
        """Return the reply to what is about managing models; None for anything else."""
        match request.method, request.path:
            case "POST", "/api/pull":
                return self._answer_pull(request.json()["model"])
            case "DELETE", "/api/delete":
                model = self.find(request.json()["model"])
                if model is None:
                    return [missing(request.json()["model"])]
                del self.models[model.name]
                self.loaded.discard(model.name)
                return [reply(b"")]
            case "POST", "/api/copy":
                wanted = request.json()
                model = self.find(wanted["source"])
                if model is None:
                    return [missing(wanted["source"])]
                same = {"weights": model.weights or model.name, "content": model.content or model.name}
                self._add(replace(model, name=_tagged(wanted["destination"]), loaded=False, **same))
                return [reply(b"")]
            case "POST", "/api/create":
                return self._answer_create(request.json())
            case _, path if path.startswith("/api/blobs/"):
                return self._answer_blob(request, path.removeprefix("/api/blobs/"))
        return None

    def keep(self, body: dict) -> list[Step] | None:
        """Answer a chat without messages, which loads a model or puts it out of memory; None for any other chat, which loads it, too."""
        model = self.find(body["model"])
        if model is None:
            return None
        if body.get("messages") != []:
            # A model that loads is listed a little after it was asked.
            asyncio.get_running_loop().call_later(_LISTED_AFTER_SECONDS, self.loaded.add, model.name)
            return None
        loads = body.get("keep_alive") != 0
        (self.loaded.add if loads else self.loaded.discard)(model.name)
        return [reply({"model": body["model"], "done": True, "done_reason": "load" if loads else "unload"})]

    def _add(self, model: "ScriptedModel") -> None:
        self.models[model.name] = model

    async def _answer_pull(self, name: str) -> AsyncIterator[Step]:
        pull = self._pull(name)
        yield head(content_type="application/x-ndjson")
        yield line(status="pulling manifest")
        if pull.error:
            yield line(error=pull.error)
            yield LAST_CHUNK
            return
        digest, size = f"sha256:{hashlib.sha256(name.encode()).hexdigest()}", pull.claims or pull.size

        def first(completed: int) -> bytes:
            return line(status=f"pulling {digest[7:19]}", digest=digest, total=size, completed=completed)

        self.partial[name] = max(self.partial.get(name, 0), pull.size // 2)
        yield first(self.partial[name])
        if pull.breaks and name not in self._broken:
            self._broken.add(name)
            match pull.breaks:
                case "dies":
                    yield Reset()
                case "silent":
                    yield Hang()
                case "stops":
                    yield LAST_CHUNK
                case text:
                    yield line(error=text)
                    yield LAST_CHUNK
            return
        if pull.gate:
            await pull.gate.wait()
        yield first(pull.size)
        for number, layer in enumerate(pull.layers):
            yield line(status=f"pulling {number}", digest=f"sha256:{number}", total=layer)
            yield line(status=f"pulling {number}", digest=f"sha256:{number}", total=layer, completed=layer)
        for status in ("verifying sha256 digest", "writing manifest"):
            yield line(status=status)
        self.partial.pop(name, None)
        self._add(self._made(name))
        yield line(status="success")
        yield LAST_CHUNK

    async def _answer_create(self, wanted: dict) -> AsyncIterator[Step]:
        yield head(content_type="application/x-ndjson")
        base, files = wanted.get("from", ""), wanted.get("files", {})
        error = ""
        if files:
            yield line(status="parsing GGUF")
            content = self.blobs.get(next(iter(files.values())))
            if content is None:
                error = f"open /models/blobs/{next(iter(files.values()))}: no such file or directory"
            elif not content.startswith(b"GGUF"):
                error = "unexpected EOF"
        elif self.find(base) is None:
            yield line(status="pulling manifest")
            error = _NO_MANIFEST
        if error:
            yield line(error=error)
        else:
            for status in (
                "using existing layer sha256:941f309b",
                "creating new layer sha256:4004",
                "writing manifest",
            ):
                yield line(status=status)
            made = self.find(base) or self._made(wanted["model"])
            weights = made.weights or base
            self._add(replace(made, name=_tagged(wanted["model"]), loaded=False, weights=weights, content=""))
            yield line(status="success")
        yield LAST_CHUNK

    def _answer_blob(self, request: Request, digest: str) -> list[Step]:
        if request.method == "HEAD":
            # As Ollama does: the length of a body that does not come, or none, and the connection stays open.
            length = {"Content-Type": "application/json; charset=utf-8", "Content-Length": "102"}
            return [bare_head(200) if digest in self.blobs else bare_head(404, length), Hang()]
        got = f"sha256:{hashlib.sha256(request.body).hexdigest()}"
        if got != digest:
            return [reply({"error": f'digest mismatch, expected "{digest}", got "{got}"'}, 400)]
        self.blobs[digest] = request.body
        return [reply(b"", 201)]


def line(**fields: object) -> bytes:
    """Return one line of a streamed reply."""
    return chunk(json.dumps(fields) + "\n")


def missing(name: str) -> bytes:
    """Return the reply about a model that is not there."""
    return reply({"error": f"model '{name}' not found"}, 404)


def _tagged(name: str) -> str:
    return name if ":" in name else f"{name}:latest"
