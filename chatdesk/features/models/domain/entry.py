"""One model as the list has it: with its server's name, what a person wants of it, and what a search and an order look at."""

import re

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import Capability, Model
from chatdesk.kernel.models.model_preference import ModelPreference

_LONGEST = 300
"""Characters of a name that are looked at: more is shown nowhere."""
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
"""What may be typed for an ability, in any language of the window: these are the words model pages have."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """Made by `entry_of`. `key` names it among all models; `place` is its server's in the person's order."""

    key: str
    model: Model
    server: str
    place: int
    preference: ModelPreference
    words: str
    """Folded; what a search looks in."""
    name_order: str
    """Sorts as people count, `qwen3:8b` before `qwen3:14b`; of one name by server."""
    parameter_count: float | None
    bits: float | None
    """Of a weight."""
    abilities: int | None
    """How many besides chat."""
    speed: float | None = None
    """Tokens a second, as it was measured; None = it was not."""

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.preference.nickname or self.model.name


def key_of(server_id: str, model_id: str) -> str:
    """Return what names a model among all."""
    return f"{server_id}\n{model_id}"


def entry_of(
    model: Model, server: str, place: int, preference: ModelPreference, speed: float | None = None
) -> ModelEntry:
    """Return a model's entry."""
    name = preference.nickname or model.name
    abilities = (_ABILITY_WORDS.get(ability, "") for ability in model.capabilities or ())
    said = (
        preference.nickname,
        model.name[:_LONGEST],
        model.ref.model_id[:_LONGEST],
        server[:_LONGEST],
        model.parameters or "",
        model.quantization or "",
        model.family or "",
        *abilities,
    )
    folded = name[:_LONGEST].casefold()
    key = key_of(model.ref.server_id, model.ref.model_id)
    return ModelEntry(
        key,
        model,
        server,
        place,
        preference,
        "\n".join(said).casefold(),
        f"{_NUMBERS.sub(_padded, folded)}\0{place:06}",
        parameter_count(model.parameters),
        bits_of(model.quantization),
        None if model.capabilities is None else len(model.capabilities & _COUNTED),
        speed,
    )


def parameter_count(text: str | None) -> float | None:
    """Return how many parameters makers' words mean: `7.6B`, `8x7B`, `135M`; None for none."""
    found = _COUNT.search(text[:_LONGEST]) if text else None
    return int(found[1] or 1) * float(found[2]) * _UNITS[found[3].lower()] if found else None


def bits_of(quantization: str | None) -> float | None:
    """Return the bits of a weight that a quantisation's name begins with: 4 for `Q4_K_M`, 16 for `F16`; None for none."""
    found = _BITS.search(quantization[:_LONGEST]) if quantization else None
    return float(found[0]) if found else None


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(12)
