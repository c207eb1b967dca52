"""List of all models: entries, sort orders and filter."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from operator import attrgetter, itemgetter

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Capability, Model
from chatdesk.kernel.models.model_preference import ModelPreference

# Entry of a model in the list: its server's name, the user's preferences, and the values for searching and sorting.

_MAX_LENGTH = 300
"""Maximum number of characters of a name that are used for searching and sorting."""
_NUMBERS = re.compile(r"\d{1,12}")
_COUNT = re.compile(r"(?:(\d{1,4})\s*x\s*)?(\d{1,9}(?:\.\d{1,9})?)\s*([kmbt])(?![a-z])", re.IGNORECASE)
_UNITS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_BITS = re.compile(r"\d{1,3}")
_COUNTED = frozenset({Capability.THINKING, Capability.TOOLS, Capability.VISION})
_ABILITY_WORDS = {
    Capability.THINKING: "thinking reasoning",
    Capability.TOOLS: "tools",
    Capability.VISION: "vision images",
    Capability.EMBEDDING: "embedding",
}
"""Search terms for capabilities in all languages of the window: these are the words on model pages."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """Entry of a model, created by `entry_of`. `key` is unique among all models; `server_position` is the position of its server."""

    key: str
    model: Model
    server: str
    server_position: int
    preference: ModelPreference
    search_text: str
    """Case-folded text for searching."""
    name_order: str
    """Sort key with natural number order, `qwen3:8b` before `qwen3:14b`; equal names are ordered by server."""
    parameter_count: float | None
    bits: float | None
    """Bits per weight."""
    abilities: int | None
    """Number of capabilities besides chat; None if unknown."""
    speed: float | None = None
    """Measured tokens per second; None if not measured."""
    origin: str = ""
    """What the model belongs to, in the current language: a program or a provider; empty for a model that belongs to none."""

    @property
    def name(self) -> str:
        """Display name."""
        return self.preference.nickname or self.model.name


def key_of(server_id: str, model_id: str) -> str:
    """Return a key that is unique among all models."""
    return f"{server_id}\n{model_id}"


def entry_of(
    model: Model,
    server: str,
    position: int,
    preference: ModelPreference,
    speed: float | None = None,
    origin: str = "",
) -> ModelEntry:
    """Return a model's entry."""
    name = preference.nickname or model.name
    abilities = (_ABILITY_WORDS.get(ability, "") for ability in model.capabilities or ())
    texts = (
        preference.nickname,
        model.name[:_MAX_LENGTH],
        model.ref.model_id[:_MAX_LENGTH],
        server[:_MAX_LENGTH],
        origin,
        model.parameters or "",
        model.quantization or "",
        model.family or "",
        *abilities,
    )
    folded = name[:_MAX_LENGTH].casefold()
    key = key_of(model.ref.server_id, model.ref.model_id)
    return ModelEntry(
        key,
        model,
        server,
        position,
        preference,
        "\n".join(texts).casefold(),
        f"{_NUMBERS.sub(_padded, folded)}\0{position:06}",
        parameter_count(model.parameters),
        bits_of(model.quantization),
        None if model.capabilities is None else len(model.capabilities & _COUNTED),
        speed,
        origin,
    )


def parameter_count(text: str | None) -> float | None:
    """Return the number of parameters in a text such as `7.6B`, `8x7B` or `135M`; None if it contains none."""
    found = _COUNT.search(text[:_MAX_LENGTH]) if text else None
    return int(found[1] or 1) * float(found[2]) * _UNITS[found[3].lower()] if found else None


def bits_of(quantization: str | None) -> float | None:
    """Return the bits per weight of a quantisation: 4 for `Q4_K_M`, 16 for `F16`; None if unknown."""
    found = _BITS.search(quantization[:_MAX_LENGTH]) if quantization else None
    return float(found[0]) if found else None


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(12)


# Sort orders. Entries with unknown values come last in both directions; equal ones are sorted by name.


class ModelOrder(StrEnum):
    """Sort order of the list."""

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
        """Whether the default direction is descending."""
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
    known = [(value, entry) for value, entry in zip(values, named, strict=True) if value is not None]
    known.sort(key=_FIRST, reverse=descending)  # stable: equal entries stay sorted by name
    return [
        *(entry for _, entry in known),
        *(entry for entry, value in zip(named, values, strict=True) if value is None),
    ]


def _loaded(entry: ModelEntry) -> float | None:
    """Return the memory that a loaded model takes, 0 if unknown; None if it is not loaded."""
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


# Filter of the list.


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Filter criteria, all of which must match. `text` is the search text as typed."""

    text: str = ""
    server_id: str = ""
    """Empty for all servers."""
    abilities: frozenset[Capability] = frozenset()
    loaded: bool = False
    favourites: bool = False
    hidden: bool = False
    """Whether to include hidden models."""

    @property
    def is_narrow(self) -> bool:
        """Whether anything but hidden models is filtered out."""
        return bool(self.text.split() or self.server_id or self.abilities or self.loaded or self.favourites)

    def chosen(self, entries: Sequence[ModelEntry]) -> Sequence[ModelEntry]:
        """Return the matching entries in their order. Each criterion filters the result of the previous one."""
        found = entries
        if not self.hidden:
            found = [entry for entry in found if not entry.preference.hidden]
        if self.server_id:
            found = [entry for entry in found if entry.model.ref.server_id == self.server_id]
        if self.favourites:
            found = [entry for entry in found if entry.preference.favourite]
        if self.loaded:
            found = [entry for entry in found if entry.model.loaded]
        if self.abilities:
            found = [entry for entry in found if self.abilities <= (entry.model.capabilities or frozenset())]
        for word in self.text.casefold().split():
            found = [entry for entry in found if word in entry.search_text]
        return found
