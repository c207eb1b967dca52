"""What a person wants of one model: what it is called, whether it is listed, and what chats with it begin with.

In what order these defaults hold beside a chat's own settings and its preset: `services/preset_use.py`.
"""

from collections.abc import Mapping
from dataclasses import field

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.domain.parameters import Parameters, from_record, to_record
from chatdesk.domain.request import Thinking

LONGEST_NICKNAME = 100
LONGEST_PROMPT = 100_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class ModelPreference:
    """Of one model at one server. `thinking` None = as it was last chosen in a chat."""

    nickname: str = ""
    favourite: bool = False
    hidden: bool = False
    """Whether it is left out where models are chosen."""
    system_prompt: str = ""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking | None = None

    @property
    def has_defaults(self) -> bool:
        """Whether chats with the model begin with anything that a person set for it."""
        return bool(self.system_prompt) or self.parameters != Parameters() or self.thinking is not None


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
        "thinking": preference.thinking.value if preference.thinking else "",
    }
    return {name: value for name, value in fields.items() if value}


def preference_of(record: Mapping[str, object]) -> ModelPreference:
    """Return what `preference_record` wrote. Tolerant: what is odd or too long is as it comes."""
    nickname, prompt, thinking = (record.get(name) for name in ("nickname", "system_prompt", "thinking"))
    return ModelPreference(
        nickname if isinstance(nickname, str) and len(nickname) <= LONGEST_NICKNAME else "",
        record.get("favourite") is True,
        record.get("hidden") is True,
        prompt if isinstance(prompt, str) and len(prompt) <= LONGEST_PROMPT else "",
        from_record(record.get("parameters")),
        Thinking(thinking) if isinstance(thinking, str) and thinking in set(map(str, Thinking)) else None,
    )
