"""The user's preferences for a model: its name, its visibility, and the defaults of chats with it.

`features/chat/services/instruction_resolver.py` combines these defaults with a chat's own settings and its preset.
"""

from collections.abc import Mapping
from dataclasses import asdict, field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters, from_record, to_record

MAX_NICKNAME_LENGTH = 100
MAX_PROMPT_LENGTH = 100_000
"""Maximum length in characters."""


_MAX_CONTEXT = 16_777_216
_MAX_THREADS = 4096


@dataclass(frozen=True, slots=True)
class EngineChoices:
    """How the built-in engine runs a model. 0: as set for all models."""

    context: int = 0
    """In tokens."""
    threads: int = 0
    compact: bool = False
    """Whether the context is stored with 8 bits per value instead of 16."""


NO_CHOICES = EngineChoices()


@dataclass(frozen=True, slots=True)
class ModelPreference:
    """Preferences for one model on one server.

    The thinking level is not included: the last one used is stored separately (`features/models/services/reasoning.py`).
    """

    nickname: str = ""
    favourite: bool = False
    hidden: bool = False
    """Whether it is omitted from model lists."""
    system_prompt: str = ""
    parameters: Parameters = field(default_factory=Parameters)
    engine: EngineChoices = NO_CHOICES


NO_PREFERENCE = ModelPreference()


def preference_record(preference: ModelPreference) -> dict[str, object]:
    """Return the preferences as plain values for JSON, without those that are at their default."""
    parameters = to_record(preference.parameters)
    fields: dict[str, object] = {
        "nickname": preference.nickname,
        "favourite": preference.favourite,
        "hidden": preference.hidden,
        "system_prompt": preference.system_prompt,
        "parameters": parameters,
        "engine": {name: value for name, value in asdict(preference.engine).items() if value},
    }
    return {name: value for name, value in fields.items() if value}


def preference_of(record: Mapping[str, object]) -> ModelPreference:
    """Return the preferences from the result of `preference_record`. Tolerant: invalid or too long values become defaults."""
    nickname, prompt = record.get("nickname"), record.get("system_prompt")
    return ModelPreference(
        nickname if isinstance(nickname, str) and len(nickname) <= MAX_NICKNAME_LENGTH else "",
        record.get("favourite") is True,
        record.get("hidden") is True,
        prompt if isinstance(prompt, str) and len(prompt) <= MAX_PROMPT_LENGTH else "",
        from_record(record.get("parameters")),
        _engine_of(record.get("engine")),
    )


def _engine_of(record: object) -> EngineChoices:
    if not isinstance(record, Mapping):
        return NO_CHOICES
    return EngineChoices(
        _number(record.get("context"), _MAX_CONTEXT),
        _number(record.get("threads"), _MAX_THREADS),
        record.get("compact") is True,
    )


def _number(value: object, most: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else 0
