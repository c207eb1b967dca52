"""Management of the models on a server: delete, copy, load, keep in memory, and create from a file or another model.

`pulls.py` downloads models. A deletion can be undone briefly: the model disappears from all lists at once, but from the server later.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from chatdesk.features.servers.services.built_in.model_files import ModelFiles
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.base import ChatdeskError, ModelNotFound
from chatdesk.kernel.errors.model_errors import ModelFileRefused, ModelFileUnreadable, ModelNameInUse
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.running_work import JobKind, RunningWork
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.network.timeouts import MANAGE
from chatdesk.providers.ollama import management as ollama
from chatdesk.providers.ollama.models import full_name
from chatdesk.storage.files.large_files import chunks_of, read_checksum

GRACE_SECONDS = 12.0
"""Seconds during which a deletion can be undone: longer than the toast is visible (8 s, 4 more while the pointer is over it)."""
_CLOSING_SECONDS = 5.0
_SIMILAR_SIZE = 50_000_000
"""Bytes by which the sizes of a model's variants may differ: prompts, templates, licences, small adapters."""
_WEIGHTS_TIMEOUT = 3.0
_GGUF = b"GGUF"

_log = logging.getLogger(__name__)


class CreationStage(StrEnum):
    """Stage of creating a model."""

    READING = "reading"
    """The file's checksum is being computed."""
    SENDING = "sending"
    CREATING = "creating"
    """The server is working."""


@dataclass(frozen=True, slots=True)
class CreationProgress:
    """Progress of creating a model. `share` ranges from 0 to 1; None if unknown."""

    stage: CreationStage
    share: float | None = None


@dataclass(frozen=True, slots=True)
class FreedSpace:
    """Disk space freed by deleting a model."""

    size: int
    """Bytes; 0 if another model uses the weights."""
    still_used_by: tuple[ModelRef, ...] = ()
    """Models on the same server with the same weights."""
    is_known: bool = True
    """False if the size may be smaller, because the server did not report the weights of some models."""
    in_trash: bool = False
    """Whether the space is free only once the user empties the trash."""


@dataclass(frozen=True, slots=True)
class ModelDeleted:
    """A model is deleted. `in_trash`: its files are in the trash."""

    ref: ModelRef
    in_trash: bool = False


@dataclass(frozen=True, slots=True)
class DeletionFailed:
    """The server failed to delete a model; it is listed again."""

    ref: ModelRef
    error: ChatdeskError


Report = Callable[[CreationProgress], None]


class ModelManagement:
    """Model management. One per program; `close` it at the end, which carries out the pending deletions."""

    def __init__(
        self,
        models: Models,
        connections: Connections,
        find_server: Callable[[str], ServerConfig | None],
        grace_seconds: float = GRACE_SECONDS,
        work: RunningWork | None = None,
        files: ModelFiles | None = None,
    ) -> None:
        """Create the service; `files` are the models of the built-in engine."""
        self.failures: Announcer[DeletionFailed] = Announcer()
        self.deletions: Announcer[ModelDeleted] = Announcer()
        self._models = models
        self._connections = connections
        self._find_server = find_server
        self._grace_seconds = grace_seconds
        self._files = files
        self._work = work or RunningWork()
        self._deletions: dict[ModelRef, asyncio.Task[None]] = {}
        """Deletions that can still be undone."""
        self._deletions_in_progress: dict[ModelRef, asyncio.Task[None]] = {}
        """Deletions in progress, which cannot be undone."""
        self._close_requested = asyncio.Event()

    def other_names(self, model: Model) -> tuple[ModelRef, ...]:
        """Return the other names under which the server lists a model, except those about to be deleted."""
        return tuple(each.ref for each in self._others(model) if model.digest and each.digest == model.digest)

    async def freed_by_deleting(self, model: Model) -> FreedSpace:
        """Return what deleting a model would free. Variants share its weights, so the server is asked about similar models."""
        if files := self._files_of(model.ref):
            return FreedSpace(files.freed_by_deleting(model.ref.model_id), in_trash=files.deletes_to_trash)
        still_used_by, is_known = self.other_names(model), True
        size = model.size_bytes or 0
        if similar := [each.ref for each in self._others(model) if abs((each.size_bytes or 0) - size) < _SIMILAR_SIZE]:
            try:
                async with asyncio.timeout(_WEIGHTS_TIMEOUT):
                    weights, *others = await asyncio.gather(*map(self._weights, [model.ref, *similar]))
            except (TimeoutError, ChatdeskError):
                is_known = False
            else:
                variants = [ref for ref, used in zip(similar, others, strict=True) if weights and weights <= used]
                still_used_by, is_known = tuple(dict.fromkeys((*still_used_by, *variants))), bool(weights)
        return FreedSpace(0 if still_used_by else size, still_used_by, is_known)

    def delete(self, ref: ModelRef) -> None:
        """Hide a model from the lists, and delete it when the time for undoing has passed."""
        if not self._is_being_deleted(ref):
            self._models.hide(ref)
            self._deletions[ref] = asyncio.get_running_loop().create_task(self._delete(ref), name="delete a model")

    def undo_deletion(self, ref: ModelRef) -> bool:
        """List a model again that was about to be deleted. Return False if it is too late."""
        task = self._deletions.pop(ref, None)
        if task:
            task.cancel()
            self._models.unhide(ref)
        return task is not None

    @property
    def pending_deletions(self) -> tuple[ModelRef, ...]:
        """Models whose deletion can still be undone, in order."""
        return tuple(self._deletions)

    async def wait_for_deletion(self, ref: ModelRef) -> None:
        """Wait while the server deletes a model, so that the deletion does not affect a new download of it."""
        if task := self._deletions_in_progress.get(ref):
            await asyncio.wait([task])

    async def close(self) -> None:
        """Carry out the pending deletions, and wait for those in progress for a limited time."""
        self._close_requested.set()
        if tasks := [*self._deletions.values(), *self._deletions_in_progress.values()]:
            await asyncio.wait(tasks, timeout=_CLOSING_SECONDS)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def copy(self, ref: ModelRef, name: str) -> ModelRef:
        """Copy a model to another name, and return the copy. Raises a `ServerError`."""
        server, new = self._new_model(ref.server_id, name)
        await self._connections.with_api(server, MANAGE, lambda api: ollama.copy(api, ref.model_id, new.model_id))
        await self._models.refresh_server(server)
        return new

    async def load(self, ref: ModelRef, keep_seconds: int) -> None:
        """Load a model and keep it for `keep_seconds` after its last use (or `ollama.FOR_EVER`). Takes minutes. Raises a `ServerError`."""
        server = self._server(ref.server_id)
        await self._connections.with_api(server, MANAGE, lambda api: ollama.load(api, ref.model_id, keep_seconds))
        await self._models.refresh_loaded_models(ref.server_id)

    async def create_from_model(
        self, ref: ModelRef, name: str, system: str, parameters: Mapping[str, object], report: Report
    ) -> ModelRef:
        """Create a model from another one with its own system prompt and parameters, and return it. Raises a `ServerError`."""
        server, new = self._new_model(ref.server_id, name)
        report(CreationProgress(CreationStage.CREATING))
        with self._work.begin(JobKind.NEW_MODEL, lambda: name, new):
            await self._connections.with_api(
                server,
                MANAGE,
                lambda api: ollama.create_from_model(
                    api, new.model_id, ref.model_id, system, parameters, _ignore_status
                ),
            )
        await self._models.refresh_server(server)
        return new

    async def create_from_file(self, server_id: str, name: str, path: Path, report: Report) -> ModelRef:
        """Create a model from a GGUF file on this computer, and return it. Cancelling aborts the creation, and no model is listed.

        Raises a `ServerError`.
        """
        server, new = self._new_model(server_id, name)
        with self._work.begin(JobKind.NEW_MODEL, lambda: name, new) as job:

            def report_share(progress: CreationProgress) -> None:
                job.report_progress(progress.share)
                report(progress)

            await self._create_from_file(server, new, path, report_share)
        await self._models.refresh_server(server)
        return new

    async def _create_from_file(self, server: ServerConfig, new: ModelRef, path: Path, report: Report) -> None:
        where = (server.name, server.base_url, path.name)

        def read(share: float) -> None:
            report(CreationProgress(CreationStage.READING, share))

        try:
            checksum = await read_checksum(path, read)
        except OSError as error:
            raise ModelFileUnreadable(*where, error.strerror or str(error)) from error
        if not checksum.head.startswith(_GGUF):
            raise ModelFileRefused(*where)
        if not await self._connections.with_api(server, MANAGE, lambda api: ollama.has_blob(api, checksum.digest)):
            await self._send(server, path, checksum.digest, checksum.size, report)
        report(CreationProgress(CreationStage.CREATING))
        await self._connections.with_api(
            server,
            MANAGE,
            lambda api: ollama.create_from_blob(api, new.model_id, path.name, checksum.digest, _ignore_status),
        )

    async def _send(self, server: ServerConfig, path: Path, digest: str, size: int, report: Report) -> None:
        here = asyncio.get_running_loop()
        broken: list[BaseException] = []

        async def chunks() -> AsyncGenerator[bytes, None]:
            sent = 0
            try:
                async for chunk in chunks_of(path, size):
                    yield chunk
                    sent += len(chunk)
                    here.call_soon_threadsafe(report, CreationProgress(CreationStage.SENDING, sent / size))
            except (OSError, EOFError) as error:
                broken.append(error)
                raise

        report(CreationProgress(CreationStage.SENDING, 0.0))
        try:
            await self._connections.with_api(server, MANAGE, lambda api: ollama.send_blob(api, digest, size, chunks()))
        except Exception as error:
            if broken:
                raise ModelFileUnreadable(server.name, server.base_url, path.name, str(broken[0])) from error
            raise

    async def _delete(self, ref: ModelRef) -> None:
        try:
            async with asyncio.timeout(self._grace_seconds):
                await self._close_requested.wait()
        except TimeoutError:
            pass
        self._deletions_in_progress[ref] = self._deletions.pop(ref)  # cannot be undone from here on
        try:
            await self._delete_now(ref)
        finally:
            del self._deletions_in_progress[ref]

    async def _delete_now(self, ref: ModelRef) -> None:
        try:
            server = self._server(ref.server_id)
            if files := self._files_of(ref):
                await self._models.unload(ref)
                await files.delete(ref.model_id)
            else:
                await self._connections.with_api(server, MANAGE, lambda api: ollama.delete(api, ref.model_id))
        except ModelNotFound:
            pass  # already deleted by someone else
        except ChatdeskError as error:
            self._models.unhide(ref)
            self.failures.announce(DeletionFailed(ref, error))
            return
        except Exception:  # noqa: BLE001 - the model still exists, whatever happened
            _log.exception("A model is not deleted, by a fault of ours")
            self._models.unhide(ref)
            return
        self._models.forget(ref)
        files = self._files_of(ref)
        self.deletions.announce(ModelDeleted(ref, in_trash=files is not None and files.deletes_to_trash))
        if found := self._find_server(ref.server_id):
            await self._models.refresh_server(found)

    def _others(self, model: Model) -> Iterator[Model]:
        ref = model.ref
        return (each for each in self._models.all() if each.ref != ref and each.ref.server_id == ref.server_id)

    async def _weights(self, ref: ModelRef) -> frozenset[str]:
        server = self._server(ref.server_id)
        return await self._connections.with_api(server, MANAGE, lambda api: ollama.weights(api, ref.model_id))

    def _files_of(self, ref: ModelRef) -> ModelFiles | None:
        """Return the files of the built-in engine if a model belongs to it."""
        server = self._find_server(ref.server_id)
        return self._files if server and server.is_built_in else None

    def _is_being_deleted(self, ref: ModelRef) -> bool:
        return ref in self._deletions or ref in self._deletions_in_progress

    def _new_model(self, server_id: str, name: str) -> tuple[ServerConfig, ModelRef]:
        """Return the server and the reference of a new model. Raises `ModelNameInUse`."""
        server = self._server(server_id)
        new = ModelRef(server_id, full_name(name))
        used_names = {
            full_name(each.ref.model_id).lower() for each in self._models.all() if each.ref.server_id == server_id
        }
        if new.model_id.lower() in used_names or self._is_being_deleted(new):
            raise ModelNameInUse(server.name, server.base_url, name)
        return server, new

    def _server(self, server_id: str) -> ServerConfig:
        server = self._find_server(server_id)
        if server is None or server.removed:
            raise ModelNotFound
        return server


def _ignore_status(_status: str) -> None:
    """Ignore the server's status messages about layers."""
