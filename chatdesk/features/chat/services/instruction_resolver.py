"""Using presets in chats: which one a chat is held with, and what it makes of what is asked.

A chat keeps its own copy of the preset (`kernel/chat/applied_presets.py`). The system's variables are told here.

What goes before what, the first that says anything: a chat's own settings, its preset, what the user set for the model, what the model's
makers advise, the server's own default. Instructions of the preset and of the chat go along together; those of the model only where
neither has any. For thinking, what was last chosen for a model takes the place of what is set for it.
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
    """What goes along with every question of a chat."""

    text: str = ""
    in_question: bool = False
    """Before the first question rather than as a system message."""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking = Thinking.AUTO


@dataclass(frozen=True, slots=True)
class InstructionResolver:
    """What is told to models beside the words of a chat.

    `language` tells the window's, as a code: `zh_CN`; `wanted_of` what the user set for a model.
    """

    rules: tuple[ModelRule, ...] = ()
    language: Callable[[], str] = lambda: "en"
    wanted_of: Callable[[ModelRef], ModelPreference] = lambda _model: NO_PREFERENCE

    def facts(self, model: ModelRef, moment: datetime) -> dict[str, str]:
        """Return the values of the system's variables; `moment` is told in local time."""
        local, language = moment.astimezone(), self.language()
        return {
            SystemVariable.DATE: local.strftime("%Y-%m-%d"),
            SystemVariable.TIME: local.strftime("%H:%M"),
            SystemVariable.LOCALE: language.replace("_", "-"),
            SystemVariable.MODEL: model.model_id,
            SystemVariable.LANGUAGE: _LANGUAGES.get(language, language),
        }

    def picture_tokens(self, model: ModelRef) -> PictureTokens:
        """Return how many tokens of its context a model takes for a picture."""
        return rule_for(self.rules, model.model_id).pictures or USUAL_PICTURES

    def instructions(self, preset: AppliedPreset | None, own: str, model: ModelRef, began: datetime) -> Instructions:
        """Return what a chat with this preset and these instructions of its own tells the model.

        Date and time are those when the chat `began`: a text that changes with every question would be read again by the server each time.
        """
        rule = rule_for(self.rules, model.model_id)
        told = preset.system_text(self.facts(model, began)) if preset else ""
        wanted = self.wanted_of(model)
        text = "\n\n".join(filter(None, (told, own.strip()))) or wanted.system_prompt.strip()
        inherited = wanted.parameters.over(rule.parameters)
        if preset is None:
            return Instructions(text, rule.instructions_in_question, inherited)
        as_advised = preset.send_as is SendAs.AUTO
        in_question = rule.instructions_in_question if as_advised else preset.send_as is SendAs.QUESTION
        return Instructions(text, in_question, preset.parameters.over(inherited), preset.thinking)
