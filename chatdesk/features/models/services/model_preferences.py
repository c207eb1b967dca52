"""What a person wants of single models: nicknames, favourites, what is hidden, and what chats with them begin with.

Read once at start, changed at once, written a moment later. What the fields mean: `kernel/models/model_preference.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from chatdesk.kernel.aio.debounced_writer import LateWrite
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference
from chatdesk.kernel.models.parameters import Parameters


@dataclass(frozen=True, slots=True)
class PreferenceChanged:
    """Something else is wanted of a model now."""

    ref: ModelRef


class ModelPreferences:
    """`stored` is what the file held; `write` puts everything back into it (called on a worker thread)."""

    def __init__(
        self,
        stored: Mapping[ModelRef, ModelPreference],
        write: Callable[[Mapping[ModelRef, ModelPreference]], object],
    ) -> None:
        self.changes: Announcer[PreferenceChanged] = Announcer()
        self._preferences = dict(stored)
        self._file = LateWrite(lambda: partial(write, dict(self._preferences)))
        self.failures = self._file.failures

    def of(self, ref: ModelRef) -> ModelPreference:
        """Return what is wanted of a model."""
        return self._preferences.get(ref, NO_PREFERENCE)

    def context(self, ref: ModelRef) -> int | None:
        """Return how much context is wanted for a model, in tokens; None if nobody said."""
        return self.of(ref).parameters.num_ctx

    def name(self, ref: ModelRef, own: str) -> str:
        """Return what a model is called: the nickname, or its `own` name."""
        return self.of(ref).nickname or own

    def set_nickname(self, ref: ModelRef, nickname: str) -> None:
        """Call a model something else; empty for its own name."""
        self._keep(ref, replace(self.of(ref), nickname=nickname))

    def set_favourite(self, ref: ModelRef, *, favourite: bool) -> None:
        """Make a model a favourite, or one like others."""
        self._keep(ref, replace(self.of(ref), favourite=favourite))

    def set_hidden(self, ref: ModelRef, *, hidden: bool) -> None:
        """Leave a model out where models are chosen, or list it again."""
        self._keep(ref, replace(self.of(ref), hidden=hidden))

    def set_system_prompt(self, ref: ModelRef, text: str) -> None:
        """Tell a model this where neither a chat nor its preset has instructions."""
        self._keep(ref, replace(self.of(ref), system_prompt=text))

    def set_parameters(self, ref: ModelRef, parameters: Parameters) -> None:
        """Ask a model with these where neither a chat nor its preset says otherwise."""
        self._keep(ref, replace(self.of(ref), parameters=parameters))

    def set_context(self, ref: ModelRef, tokens: int) -> None:
        """Ask a model for this much context, likewise."""
        self.set_parameters(ref, replace(self.of(ref).parameters, num_ctx=tokens))

    async def close(self) -> None:
        """Write what is not written yet."""
        await self._file.close()

    def _keep(self, ref: ModelRef, preference: ModelPreference) -> None:
        if preference == self.of(ref):
            return
        if preference == NO_PREFERENCE:
            del self._preferences[ref]
        else:
            self._preferences[ref] = preference
        self._file.soon()
        self.changes.announce(PreferenceChanged(ref))
