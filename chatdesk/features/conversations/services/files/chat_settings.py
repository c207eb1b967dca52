"""Chat settings in a file: instructions, preset, parameters, thinking level and length of answers.

They do not contain drafts, which belong to the list of the user, and the choice of what to leave out of a request, which depends on the
model. Pin and folder of a chat are members of the file (`chat_json.py`).
"""

import json
from dataclasses import asdict, field, replace

from chatdesk.kernel.chat.applied_presets import AppliedPreset, from_json
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import NO_PARAMETERS, Parameters
from chatdesk.kernel.models.parameters import from_record as parameters_of
from chatdesk.kernel.models.parameters import to_record as parameters_record
from chatdesk.kernel.presets.preset import MAX_PRESET_NAME_LENGTH

MAX_TEXT_LENGTH = 5_000_000
"""Maximum characters of the instructions and of each text of a preset."""


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """The settings of a chat."""

    instructions: str = ""
    preset: AppliedPreset | None = None
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking | None = None
    answer_length: AnswerLength = AnswerLength.DEFAULT

    @classmethod
    def of(cls, chat: Conversation) -> "ChatSettings":
        """Return the settings of a chat."""
        return cls(chat.instructions, chat.preset, chat.parameters, chat.thinking, chat.answer_length)

    def applied_to(self, chat: Conversation) -> Conversation:
        """Return a chat with these settings."""
        return replace(
            chat,
            instructions=self.instructions,
            preset=self.preset,
            parameters=self.parameters,
            thinking=self.thinking,
            answer_length=self.answer_length,
        )


NO_SETTINGS = ChatSettings()


def to_record(settings: ChatSettings) -> dict[str, object]:
    """Return the non-default values as plain values for JSON."""
    preset = asdict(settings.preset) if settings.preset else {}
    if preset:
        preset["parameters"] = parameters_record(settings.preset.parameters) if settings.preset else {}
    record: dict[str, object] = {
        "instructions": settings.instructions,
        "preset": preset,
        "parameters": parameters_record(settings.parameters),
        "thinking": settings.thinking,
        "length": settings.answer_length,
    }
    return {name: value for name, value in record.items() if value}


def from_record(record: object) -> ChatSettings:
    """Read what `to_record` wrote. Invalid values are omitted, and texts that are too long are truncated."""
    if not isinstance(record, dict):
        return NO_SETTINGS
    thinking, length = record.get("thinking"), record.get("length")
    return ChatSettings(
        _text(record.get("instructions")),
        _preset(record.get("preset")),
        parameters_of(record.get("parameters")) if record.get("parameters") else NO_PARAMETERS,
        Thinking(thinking) if isinstance(thinking, str) and thinking in set(Thinking) else None,
        AnswerLength(length) if isinstance(length, str) and length in set(AnswerLength) else AnswerLength.DEFAULT,
    )


def _preset(record: object) -> AppliedPreset | None:
    if not isinstance(record, dict):
        return None
    preset = from_json(_text(json.dumps(record), limit=None))
    if preset is None:
        return None
    names = {variable.name for variable in preset.variables}
    return replace(
        preset,
        key=preset.key[:MAX_PRESET_NAME_LENGTH],
        icon=preset.icon[:MAX_PRESET_NAME_LENGTH],
        prompt=_text(preset.prompt),
        question=_text(preset.question),
        greeting=_text(preset.greeting),
        variables=tuple(replace(each, default=_text(each.default)) for each in preset.variables),
        values={name: _text(value) for name, value in preset.values.items() if name in names},
    )


def _text(value: object, limit: int | None = MAX_TEXT_LENGTH) -> str:
    text = value[:limit] if isinstance(value, str) else ""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
