"""Entries to sort and to look through."""

from chatdesk.features.models.domain.model_list import ModelEntry, entry_of
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference


def entry(
    name: str, *, server: str = "ollama", place: int = 0, wanted: ModelPreference = NO_PREFERENCE, **known: object
) -> ModelEntry:
    return entry_of(Model(ModelRef(server, name), name, **known), server.title(), place, wanted)
