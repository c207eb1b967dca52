"""One model as the list has it: with its server's name, what a person wants of it, and what a search and an order look at."""

import re

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.model import Capability, Model
from chatdesk.domain.model_preference import ModelPreference

_LONGEST = 300
"""Characters of a name that are looked at: more is shown nowhere."""
_NUMBERS = re.compile(r"\d{1,12}")
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
    """Sorts as people count: `qwen3:8b` before `qwen3:14b`."""

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.preference.nickname or self.model.name


def key_of(server_id: str, model_id: str) -> str:
    """Return what names a model among all."""
    return f"{server_id}\n{model_id}"


def entry_of(model: Model, server: str, place: int, preference: ModelPreference) -> ModelEntry:
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
    return ModelEntry(
        key_of(model.ref.server_id, model.ref.model_id),
        model,
        server,
        place,
        preference,
        "\n".join(said).casefold(),
        _NUMBERS.sub(lambda digits: digits[0].zfill(12), folded),
    )
