"""Puts the guide to models and the downloads together, as `composition.py` does with the rest. Apart from it: a start needs neither."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from chatdesk.features.models.services.model_contexts import Rooms
from chatdesk.features.models.services.model_guide import Measured, ModelGuide, load_model_guide
from chatdesk.features.models.services.model_preferences import ModelPreferences
from chatdesk.features.models.services.pull_memory import PullMemory
from chatdesk.features.models.services.pull_work import PullWork
from chatdesk.features.models.services.pulls import Deletions, Pulls
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.model_errors import PartDamaged
from chatdesk.kernel.models.model_rules import ModelRule
from chatdesk.kernel.running_work import RunningWork
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.kernel.settings.store import Settings
from chatdesk.system.model_machine import read_machine
from chatdesk.system.ollama_folder import damaged_parts, remove_damaged_downloads, room_for_models

_DISK_SECONDS = 5.0


def wire_model_guide(
    file: Path,
    settings: Settings,
    preferences: ModelPreferences,
    servers: Servers,
    connections: Connections,
    models: Models,
    rooms: Rooms,
    rules: tuple[ModelRule, ...],
    memory: PullMemory,
    measured: Callable[[], Measured],
    deletions: Deletions,
    work: RunningWork,
) -> ModelGuide:
    """Return the guide; `file` is `model_guide.toml`."""

    def known_names() -> tuple[str, ...]:
        return guide.known_names()

    pulls = Pulls(
        connections,
        servers.find,
        models.refresh_server,
        _free_space,
        memory,
        known_names,
        deletions=deletions,
        unfinished=_UnfinishedDownloads(),
    )
    PullWork(pulls, work)
    guide = ModelGuide(
        models,
        rooms,
        pulls,
        settings,
        preferences,
        rules,
        lambda: load_model_guide(file.read_text("utf-8")),
        read_machine,
        measured,
    )
    return guide


class _UnfinishedDownloads:
    """Those of an Ollama on this machine; see `features/models/services/pulls.py`."""

    async def damaged(self, server: ServerConfig) -> tuple[str, ...]:
        if not server.is_on_this_machine:
            return ()
        with suppress(TimeoutError, OSError):
            parts = await run_in_daemon_thread(damaged_parts, "damaged downloads", _DISK_SECONDS)
            return tuple(part.name for part in parts)
        return ()

    async def remove_damaged(self, server: ServerConfig) -> None:
        if not server.is_on_this_machine:
            return
        try:
            await run_in_daemon_thread(remove_damaged_downloads, "remove damaged downloads", _DISK_SECONDS)
        except (TimeoutError, OSError) as error:
            raise PartDamaged(server.name, server.base_url, "", str(error)) from error


async def _free_space(server: ServerConfig) -> int | None:
    """Return the room where a server on this machine keeps its models."""
    if not server.is_on_this_machine:
        return None
    with suppress(TimeoutError):  # a disk on the network that does not answer
        return await run_in_daemon_thread(room_for_models, "room for models", _DISK_SECONDS)
    return None
