"""The instructions and parameters sent with the questions of a chat, resolved from the scopes in which they are stored.

A chat has its own copy of its preset (`kernel/chat/applied_presets.py`). This module also provides the system
variables.

Instructions of all scopes are joined (`kernel/chat/instructions.py`). Parameters override each other, in this order:
the chat's own, its preset's, the user's for the model, the advice of the model's makers, the server's default. For
thinking, the last choice for a model replaces the setting for it.
"""

from collections.abc import Callable
from dataclasses import field, replace
from datetime import datetime

from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.instructions import (
    NO_INSTRUCTIONS,
    Scope,
    ScopedInstructions,
    SentInstructions,
    combined_instructions,
)
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.token_estimate import USUAL_PICTURES, PictureTokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.languages import language_of
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import NO_PREFERENCE, ModelPreference
from chatdesk.kernel.models.model_rules import ModelRule, rule_for
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.kernel.presets.preset import SendAs
from chatdesk.kernel.presets.variable import SystemVariable


@dataclass(frozen=True, slots=True)
class Instructions:
    """The instructions and parameters sent with every question of a chat."""

    text: str = ""
    in_question: bool = False
    """Whether the text is put before the first question instead of into a system message."""
    parameters: Parameters = field(default_factory=Parameters)
    thinking: Thinking = Thinking.AUTO
    sent: SentInstructions = NO_INSTRUCTIONS
    """The instructions of each scope, of which `text` was made."""

    def as_sent(self, instructions: SentInstructions) -> "Instructions":
        """Return a copy with the instructions that were sent for an earlier answer."""
        return replace(self, text=instructions.text, sent=instructions)


@dataclass(frozen=True, slots=True)
class InstructionResolver:
    """Resolves what is sent to models besides the messages of a chat.

    `language` returns the window's language code, for example `zh_CN`; `preference_of` the user's settings for a model
    and `name_of` its display name; `for_all_chats` the instructions for all chats.
    """

    rules: tuple[ModelRule, ...] = ()
    language: Callable[[], str] = lambda: "en"
    preference_of: Callable[[ModelRef], ModelPreference] = lambda _model: NO_PREFERENCE
    name_of: Callable[[ModelRef], str] = lambda model: model.model_id
    for_all_chats: Callable[[], str] = str
    find_folder: Callable[[str], Folder | None] = lambda _id: None

    def facts(self, model: ModelRef, moment: datetime) -> dict[str, str]:
        """Return the values of the system variables, with `moment` in local time."""
        local, language = moment.astimezone(), self.language()
        return {
            SystemVariable.DATE: local.strftime("%Y-%m-%d"),
            SystemVariable.TIME: local.strftime("%H:%M"),
            SystemVariable.LOCALE: language.replace("_", "-"),
            SystemVariable.MODEL: model.model_id,
            SystemVariable.LANGUAGE: language_of(language).english_name,
        }

    def picture_tokens(self, model: ModelRef) -> PictureTokens:
        """Return how many tokens of context a picture takes for a model."""
        return rule_for(self.rules, model.model_id).pictures or USUAL_PICTURES

    def file_marks(self, model: ModelRef) -> bool:
        """Return whether documents are put between marks for a model, as in `ModelRule`."""
        return rule_for(self.rules, model.model_id).file_marks

    def for_chat(self, chat: Conversation, model: ModelRef, started_at: datetime) -> Instructions:
        """Return the instructions of all scopes that apply to a chat, and its parameters.

        Date and time are those at which the chat `started_at`: a text that changes with every question would defeat the
        server's prompt cache.
        """
        folder, preference = self.find_folder(chat.folder_id or ""), self.preference_of(model)
        around = (
            ScopedInstructions(Scope.ALL_CHATS, self.for_all_chats()),
            ScopedInstructions(Scope.FOLDER, folder.instructions if folder else "", folder.name if folder else ""),
            ScopedInstructions(Scope.MODEL, preference.system_prompt, self.name_of(model)),
        )
        resolved = self.instructions(chat.preset, chat.own_instructions, model, started_at, around)
        return replace(resolved, parameters=chat.parameters.over(resolved.parameters))

    def instructions(
        self,
        preset: AppliedPreset | None,
        own_instructions: str,
        model: ModelRef,
        started_at: datetime,
        around: tuple[ScopedInstructions, ...] = (),
    ) -> Instructions:
        """Return the instructions of a preset and of one task with it, after those of the scopes `around` them.

        A task outside a chat, such as a translation, gets no others: it has to do exactly what its preset says.
        """
        rule = rule_for(self.rules, model.model_id)
        text_of_preset = preset.system_text(self.facts(model, started_at)) if preset else ""
        combined = combined_instructions(
            (
                *around,
                ScopedInstructions(Scope.PRESET, text_of_preset, preset.name if preset else ""),
                ScopedInstructions(Scope.CHAT, own_instructions),
            )
        )
        inherited = self.preference_of(model).parameters.over(rule.parameters)
        if preset is None:
            return Instructions(combined.text, rule.instructions_in_question, inherited, sent=combined)
        is_auto = preset.send_as is SendAs.AUTO
        in_question = rule.instructions_in_question if is_auto else preset.send_as is SendAs.QUESTION
        parameters = preset.parameters.over(inherited)
        return Instructions(combined.text, in_question, parameters, preset.thinking, combined)
