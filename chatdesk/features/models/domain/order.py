"""In which order models stand. What a server does not tell comes last, whichever way the list runs; equal ones stand by name."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from operator import attrgetter, itemgetter

from chatdesk.features.models.domain.entry import ModelEntry


class ModelOrder(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    SIZE = "size"
    PARAMETERS = "parameters"
    QUANTIZATION = "quantization"
    CONTEXT = "context"
    ABILITIES = "abilities"
    SPEED = "speed"
    LOADED = "loaded"
    MODIFIED = "modified"

    @property
    def begins_descending(self) -> bool:
        """Whether the most interesting end is the largest."""
        return self is not ModelOrder.NAME


def by_name(entries: Iterable[ModelEntry]) -> list[ModelEntry]:
    """Return the entries sorted by name."""
    return sorted(entries, key=_NAME)


def in_order(named: Sequence[ModelEntry], order: ModelOrder, *, descending: bool) -> list[ModelEntry]:
    """Return entries that are sorted by name in another order."""
    if order is ModelOrder.NAME:
        return list(named[::-1] if descending else named)
    value_of = _VALUES[order]
    values = [value_of(entry) for entry in named]
    told = [(value, entry) for value, entry in zip(values, named, strict=True) if value is not None]
    told.sort(key=_FIRST, reverse=descending)  # stable: equal ones stay by name
    return [
        *(entry for _, entry in told),
        *(entry for entry, value in zip(named, values, strict=True) if value is None),
    ]


def _loaded(entry: ModelEntry) -> float | None:
    """Return how much of a server's memory a model takes; one that is in memory without telling counts as little."""
    model = entry.model
    if not model.loaded:
        return None
    return float(model.load.size_bytes or 0) if model.load else 0.0


def _modified(entry: ModelEntry) -> float | None:
    moment = entry.model.modified_at
    return moment.timestamp() if moment else None


_NAME, _FIRST = attrgetter("name_order"), itemgetter(0)
_VALUES: dict[ModelOrder, Callable[[ModelEntry], float | None]] = {
    ModelOrder.SIZE: attrgetter("model.size_bytes"),
    ModelOrder.PARAMETERS: attrgetter("parameter_count"),
    ModelOrder.QUANTIZATION: attrgetter("bits"),
    ModelOrder.CONTEXT: attrgetter("model.context_length"),
    ModelOrder.ABILITIES: attrgetter("abilities"),
    ModelOrder.SPEED: attrgetter("speed"),
    ModelOrder.LOADED: _loaded,
    ModelOrder.MODIFIED: _modified,
}
