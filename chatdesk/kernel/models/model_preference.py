"""What the user wants of one model: what it is called, whether it is listed, and what chats with it begin with.

In what order these defaults hold beside a chat's own settings and its preset: `features/chat/services/instruction_resolver.py`.
"""

from collections.abc import Mapping
from dataclasses import field

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import Parameters, from_record, to_record

LONGEST_NICKNAME = 100
LONGEST_PROMPT = 100_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class ModelPreference:
    """Of one model at one server.

    How much it thinks is not here: that is what was last chosen for it (`features/models/services/reasoning.py`).
    """

    nickname: str = ""
    favourite: bool = False
    hidden: bool = False
    """Whether it is left out where models are chosen."""
    system_prompt: str = ""
    parameters: Parameters = field(default_factory=Parameters)


NO_PREFERENCE = ModelPreference()


def preference_record(preference: ModelPreference) -> dict[str, object]:
    """Return what is set, as plain values for JSON; nothing for what is as it comes."""
    parameters = to_record(preference.parameters)
    fields: dict[str, object] = {
        "nickname": preference.nickname,
        "favourite": preference.favourite,
        "hidden": preference.hidden,
        "system_prompt": preference.system_prompt,
        "parameters": parameters,
    }
    return {name: value for name, value in fields.items() if value}


def preference_of(record: Mapping[str, object]) -> ModelPreference:
    """Return what `preference_record` wrote. Tolerant: what is odd or too long is as it comes."""
    nickname, prompt = record.get("nickname"), record.get("system_prompt")
    return ModelPreference(
        nickname if isinstance(nickname, str) and len(nickname) <= LONGEST_NICKNAME else "",
        record.get("favourite") is True,
        record.get("hidden") is True,
        prompt if isinstance(prompt, str) and len(prompt) <= LONGEST_PROMPT else "",
        from_record(record.get("parameters")),
    )
