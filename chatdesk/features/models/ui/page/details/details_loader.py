"""Loader for the details of the selected model: it waits briefly, because arrow keys pass many models, and caches the results."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelDetails
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.tasks import Tasks

_DELAY = 150
"""Milliseconds."""
_MAX_CACHED = 50
"""Maximum number of cached models."""


class DetailsLoader(QObject):
    """Loads details from a model's server. `current` returns the selected model. Signals carry the key of the model."""

    loaded = Signal(str, ModelDetails)
    failed = Signal(str, str)
    """Also carries the reason as a sentence."""

    def __init__(self, models: Models, tasks: Tasks, current: Callable[[], ModelEntry | None], parent: QObject) -> None:
        super().__init__(parent)
        self._models = models
        self._tasks = tasks
        self._current = current
        self._waiting = QTimer(self, singleShot=True, interval=_DELAY)
        self._waiting.timeout.connect(self._begin)
        self._cache: dict[tuple[str, str | None], ModelDetails] = {}
        """By key and digest."""

    @property
    def is_waiting(self) -> bool:
        """Whether a request is about to start."""
        return self._waiting.isActive()

    def known(self, entry: ModelEntry) -> ModelDetails | None:
        """Return the cached details of a model; None if there are none, or its digest has changed."""
        return self._cache.get((entry.key, entry.model.digest))

    def schedule(self) -> None:
        """Load the details of the model that is selected after a short delay."""
        self._waiting.start()

    def stop(self) -> None:
        """Cancel the waiting request."""
        self._waiting.stop()

    def _begin(self) -> None:
        if entry := self._current():
            self._tasks.start(self._ask(entry), "describe model")

    async def _ask(self, entry: ModelEntry) -> None:
        """Request the data that chats need, and the texts of the authors."""
        ref = entry.model.ref
        if (model := await self._models.describe(ref)) and not model.loaded:
            # Now its server can tell whether it shares a model in memory.
            await self._models.refresh_loaded_models(ref.server_id)
        if self.known(entry):
            return
        try:
            details = await self._models.inspect(ref) or ModelDetails()
        except ChatdeskError as error:
            self.failed.emit(entry.key, describe_error(error).sentence)
            return
        self._cache[entry.key, entry.model.digest] = details
        if len(self._cache) > _MAX_CACHED:
            del self._cache[next(iter(self._cache))]
        self.loaded.emit(entry.key, details)
