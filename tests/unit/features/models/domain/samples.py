"""Entries to sort and to look through."""

from chatdesk.domain.model import Model, ModelRef
from chatdesk.domain.model_list.entry import ModelEntry, entry_of
from chatdesk.domain.model_preference import NO_PREFERENCE, ModelPreference


def entry(
    name: str, *, server: str = "ollama", place: int = 0, wanted: ModelPreference = NO_PREFERENCE, **known: object
) -> ModelEntry:
    return entry_of(Model(ModelRef(server, name), name, **known), server.title(), place, wanted)
