"""Holds the guide to models, made when it is opened, or for downloads that an earlier run left: a start needs none of it."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.kernel.models.model import Model, ModelRef

if TYPE_CHECKING:
    from chatdesk.features.models.domain.model_fit import Fit
    from chatdesk.features.models.services.model_guide import ModelGuide
    from chatdesk.features.models.services.pull_memory import PullMemory


class LateModelGuide:
    """One per program. `memory` gives the downloads of earlier runs, or None where there is no file of them.

    `load` imports what `make` needs: it takes longer than a window may stand still.
    """

    def __init__(
        self,
        make: "Callable[[], ModelGuide]",
        memory: "Callable[[], PullMemory | None]" = lambda: None,
        load: Callable[[], object] = lambda: None,
    ) -> None:
        self._make = make
        self._load = load
        self._memory = memory
        self._made: ModelGuide | None = None
        self._waiting: list[Callable[[ModelGuide], object]] = []

    def get(self) -> "ModelGuide":
        """Return the guide."""
        if self._made is None:
            self._made = self._make()
            for act in self._waiting:
                act(self._made)
            self._waiting.clear()
        return self._made

    async def prepared(self) -> "ModelGuide":
        """Return the guide, made without holding up the loop."""
        if self._made is None:
            await asyncio.to_thread(self._load)
        return self.get()

    def when_made(self, act: "Callable[[ModelGuide], object]") -> None:
        """Call `act` with the guide once there is one; at once if there is."""
        if self._made:
            act(self._made)
        else:
            self._waiting.append(act)

    async def take_up(self) -> tuple[ModelRef, ...]:
        """Go on with the downloads that the last run of the program left, if there are any, and return them.

        Raises `FileNewer` if a newer version left them: that one goes on with them.
        """
        memory = await asyncio.to_thread(self._memory)  # it looks at the disk
        remembered = await memory.read() if memory else ()
        return (await self.prepared()).pulls.take_up(remembered) if remembered else ()

    def fit_of(self, model: Model) -> "Fit | None":
        """Return how well a model fits this machine; None while nobody looked, or where it is not known."""
        return self._made.fit_of_model(model) if self._made else None

    async def close(self) -> None:
        """Stop its downloads."""
        if self._made:
            await self._made.close()
