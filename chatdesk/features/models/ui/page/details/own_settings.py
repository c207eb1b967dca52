"""The user's settings for one model: its display name, and the defaults for chats with it."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.domain.parameter_state import Inherited
from chatdesk.features.models.ui.page.details.engine_settings import EngineCosts, EngineSettings
from chatdesk.features.models.ui.parameters.parameter_field import ParameterField
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.model_preference import MAX_NICKNAME_LENGTH, MAX_PROMPT_LENGTH, EngineChoices
from chatdesk.kernel.models.thinking import ThinkingChoices
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.forms.text_field import TextField, TextLimit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.thinking_texts import thinking_word
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

_REPORT_DELAY = 500
"""Milliseconds without a key press until a change is reported."""
_PROMPT_LINES = 4
PARAMETERS = ("temperature", "num_ctx")
"""Parameters that can be set per model; chats and presets offer all."""


class OwnSettings(Translated, QWidget):
    """Form with the user's settings for one model.

    Changes are reported after a short delay or when another model is shown, always for the model they were made for.
    """

    nickname_changed = Signal(ModelRef, str)
    prompt_changed = Signal(ModelRef, str)
    parameter_changed = Signal(ModelRef, str, object)
    thinking_chosen = Signal(ModelRef, Thinking)
    engine_chosen = Signal(ModelRef, object)
    """The model, and the `EngineChoices` for it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._entry: ModelEntry | None = None
        self._shown_key = ""
        self._title = Label(appearance, "label", "text", self)
        self._hint = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._nickname_name = Label(appearance, "ui", "text", self)
        self._nickname = TextField(appearance, "", self)
        self._nickname.edit.setObjectName("modelNickname")
        self._nickname.edit.setMaxLength(MAX_NICKNAME_LENGTH)
        self._nickname.edit.textEdited.connect(self._typed)
        self._nickname.edit.editingFinished.connect(self.flush)
        self._chats = QWidget(self)
        self._prompt_name = Label(appearance, "ui", "text", self._chats)
        self._prompt = LinesEdit(appearance, self._chats, lines=_PROMPT_LINES, font="ui")
        self._prompt.edit.setObjectName("modelPrompt")
        self._limit = TextLimit(self._prompt.edit, MAX_PROMPT_LENGTH)
        self._limit.reached.connect(self._show_limit)
        self._prompt.edit.textChanged.connect(self._typed)
        self._prompt_note = Label(appearance, "caption", "danger", self._chats, wrap=True)
        self._prompt_note.hide()
        self._fields = {name: ParameterField(appearance, name, self._chats) for name in PARAMETERS}
        for field in self._fields.values():
            field.changed.connect(self._emit_parameter)
        self._engine = EngineSettings(appearance, self._chats)
        self._engine.chosen.connect(self._emit_engine)
        self._thinking_name = Label(appearance, "ui", "text", self._chats)
        self._thinking = QComboBox(self._chats)
        self._thinking.setObjectName("modelThinking")
        self._thinking.activated.connect(self._emit_thinking)
        self._timer = QTimer(self, singleShot=True, interval=_REPORT_DELAY)
        self._timer.timeout.connect(self.flush)
        self._lay_out()
        appearance.bind(self._restyle)
        self._retranslate()

    def show_model(
        self,
        entry: ModelEntry,
        inherited: Mapping[str, Inherited],
        known: frozenset[str],
        choices: ThinkingChoices,
        thinking: Thinking,
        costs: EngineCosts | None = None,
    ) -> None:
        """Show the settings of a model; `inherited` are the values that apply to unset ones, and `choices` its reasoning levels.

        `costs` are given for a model of the built-in engine, which has its own choices in place of the context of a request.

        `known` are the parameters that are sent to its server. Unreported input for the same model stays.
        """
        if self._entry and entry.key != self._entry.key:
            self.flush()
        same = self._entry is not None and entry.key == self._entry.key
        self._entry = entry
        if not (same and self._timer.isActive()):
            self._show_texts(entry)
        for name, field in self._fields.items():
            value = getattr(entry.preference.parameters, name)
            field.show_value(
                value, inherited.get(name, Inherited()), sent=name in known, server=entry.server, preset=""
            )
        self._chats.setVisible(entry.model.can_chat and entry.model.application is None)
        self._fields["num_ctx"].setVisible(costs is None)
        self._engine.setVisible(costs is not None)
        if costs:
            self._engine.show_choices(entry.preference.engine, costs)
        self._show_thinking(choices, thinking)

    def focus_nickname(self) -> None:
        """Focus the display name and select its text."""
        self._nickname.edit.setFocus()
        self._nickname.edit.selectAll()

    def flush(self) -> None:
        """Report changes that have not been reported yet."""
        if self._entry is None:
            return
        self._timer.stop()
        ref, preference = self._entry.model.ref, self._entry.preference
        for field in self._fields.values():
            field.flush()
        nickname, prompt = self._nickname.text().strip(), self._prompt.text()
        if nickname != preference.nickname:
            self.nickname_changed.emit(ref, nickname)
        if prompt != preference.system_prompt:
            self.prompt_changed.emit(ref, prompt)

    def _show_texts(self, entry: ModelEntry) -> None:
        if self._nickname.text().strip() != entry.preference.nickname:
            self._nickname.set_text(entry.preference.nickname)
        blocker = QSignalBlocker(self._prompt.edit)
        self._prompt.set_text(entry.preference.system_prompt)
        blocker.unblock()
        if self._shown_key != entry.key:
            self._shown_key = entry.key
            self._prompt_note.hide()
        self._nickname.set_placeholder(entry.model.name[:MAX_NICKNAME_LENGTH])

    def _show_thinking(self, choices: ThinkingChoices, thinking: Thinking) -> None:
        offered = () if choices.always or not choices.choices else (Thinking.AUTO, *choices.choices)
        shown = [self._thinking.itemData(number) for number in range(self._thinking.count())]
        labels = [thinking_word(each) for each in offered]
        if shown != list(offered) or labels != [self._thinking.itemText(number) for number in range(len(shown))]:
            self._thinking.clear()
            for each, label in zip(offered, labels, strict=True):
                self._thinking.addItem(label, each)
        self._thinking.setCurrentIndex(max(0, self._thinking.findData(thinking)))
        for part in (self._thinking_name, self._thinking):
            part.setVisible(bool(offered))

    def _typed(self) -> None:
        self._timer.start()

    def _show_limit(self, reached: bool) -> None:
        self._prompt_note.setVisible(reached)

    def _emit_parameter(self, name: str, value: object) -> None:
        if self._entry:
            self.parameter_changed.emit(self._entry.model.ref, name, value)

    def _emit_engine(self, choices: EngineChoices) -> None:
        if self._entry:
            self.engine_chosen.emit(self._entry.model.ref, choices)

    def _emit_thinking(self) -> None:
        if self._entry:
            self.thinking_chosen.emit(self._entry.model.ref, Thinking(self._thinking.currentData()))

    def _lay_out(self) -> None:
        self._inside = QVBoxLayout(self._chats)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._prompt_column = _stacked(self._prompt_name, self._prompt, self._prompt_note)
        self._thinking_column = _stacked(self._thinking_name, self._thinking)
        self._inside.addLayout(self._prompt_column)
        for field in self._fields.values():
            self._inside.addWidget(field)
        self._inside.addWidget(self._engine)
        self._inside.addLayout(self._thinking_column)
        self._nickname_column = _stacked(self._nickname_name, self._nickname)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addLayout(self._nickname_column)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._chats)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(0, theme.length("s"), 0, 0)
        for layout in (self._column, self._inside):
            layout.setSpacing(theme.length("m"))
        for layout in (self._prompt_column, self._thinking_column, self._nickname_column):
            layout.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Your settings"))
        nickname, prompt, thinking = self.tr("Display name"), self.tr("Instructions"), self.tr("Reasoning")
        self._nickname_name.set_text(nickname)
        self._nickname.set_name(nickname)
        self._hint.set_text(
            self.tr(
                "Defaults for chats with this model. Instructions are sent before those of a preset or chat, which "
                "override the other settings. Leave a field empty to use the default."
            )
        )
        self._prompt_name.set_text(prompt)
        self._prompt.edit.setAccessibleName(prompt)
        self._thinking_name.set_text(thinking)
        self._thinking.setAccessibleName(thinking)
        text = self.tr("Maximum {count} characters.").format(count=self.locale().toString(MAX_PROMPT_LENGTH))
        self._prompt_note.set_text(text)


def _stacked(*parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    for part in parts:
        column.addWidget(part)
    return column
