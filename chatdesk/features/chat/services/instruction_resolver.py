"""The instructions and parameters sent with the questions of a chat, resolved from its preset, its own settings and the model's.

A chat has its own copy of its preset (`kernel/chat/applied_presets.py`). This module also provides the system
variables.

Precedence: the chat's own settings, its preset, the user's settings for the model, the advice of the model's makers,
the server's default. The instructions of preset and chat are sent together; those of the model only if neither has
any. For thinking, the last choice for a model replaces the setting for it.
"""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime

from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.token_estimate import USUAL_PICTURES, PictureTokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference
from chatdesk.kernel.models.model_rules import ModelRule, rule_for
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import SendAs
from chatdesk.kernel.presets.variable import SystemVariable

_LANGUAGES = {"en": "English", "zh_CN": "Simplified Chinese"}


@dataclass(frozen=True, slots=True)
class Instructions:
    """The instructions and parameters sent with every question of a chat."""

    text: str = ""
    in_question: bool = False
    """Whether the text is put before the first question instead of into a system message."""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking = Thinking.AUTO


@dataclass(frozen=True, slots=True)
class InstructionResolver:
    """Resolves what is sent to models besides the messages of a chat.

    `language` returns the window's language code, for example `zh_CN`; `preference_of` the user's settings for a model.
    """

    rules: tuple[ModelRule, ...] = ()
    language: Callable[[], str] = lambda: "en"
    preference_of: Callable[[ModelRef], ModelPreference] = lambda _model: NO_PREFERENCE

    def facts(self, model: ModelRef, moment: datetime) -> dict[str, str]:
        """Return the values of the system variables, with `moment` in local time."""
        local, language = moment.astimezone(), self.language()
        return {
            SystemVariable.DATE: local.strftime("%Y-%m-%d"),
            SystemVariable.TIME: local.strftime("%H:%M"),
            SystemVariable.LOCALE: language.replace("_", "-"),
            SystemVariable.MODEL: model.model_id,
            SystemVariable.LANGUAGE: _LANGUAGES.get(language, language),
        }

    def picture_tokens(self, model: ModelRef) -> PictureTokens:
        """Return how many tokens of context a picture takes for a model."""
        return rule_for(self.rules, model.model_id).pictures or USUAL_PICTURES

    def instructions(
        self, preset: AppliedPreset | None, own_instructions: str, model: ModelRef, started_at: datetime
    ) -> Instructions:
        """Return the instructions for a chat with this preset and these instructions of its own.

        Date and time are those at which the chat `started_at`: a text that changes with every question would defeat the
        server's prompt cache.
        """
        rule = rule_for(self.rules, model.model_id)
        text_of_preset = preset.system_text(self.facts(model, started_at)) if preset else ""
        preference = self.preference_of(model)
        text = "\n\n".join(filter(None, (text_of_preset, own_instructions.strip()))) or preference.system_prompt.strip()
        inherited = preference.parameters.over(rule.parameters)
        if preset is None:
            return Instructions(text, rule.instructions_in_question, inherited)
        is_auto = preset.send_as is SendAs.AUTO
        in_question = rule.instructions_in_question if is_auto else preset.send_as is SendAs.QUESTION
        return Instructions(text, in_question, preset.parameters.over(inherited), preset.thinking)
