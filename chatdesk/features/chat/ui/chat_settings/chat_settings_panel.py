"""The settings of one chat: instructions, creativity, length and thinking, and everything else under Advanced."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_settings import chat_settings_texts as texts
from chatdesk.features.chat.ui.side_panel_frame import Pane
from chatdesk.features.models.domain.creativity import WORDED, Creativity, creativity_of
from chatdesk.features.models.domain.parameter_state import ChatSettings, Inherited
from chatdesk.features.models.ui.parameters.parameter_field import ParameterField
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.ui_kit.forms.instructions_field import InstructionsField
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.counts import counted, token_count
from chatdesk.ui_kit.text.parameter_texts import WORDS
from chatdesk.ui_kit.text.thinking_texts import thinking_word
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card, Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.link_card import LinkCard
from chatdesk.ui_kit.widgets.segments import Segments


class ChoiceRow(QWidget):
    """A label, a segmented control as wide as the row, and a caption that explains the choice. `chosen` carries a key."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._label = Label(appearance, "ui", "text", self)
        self._segments = Segments(appearance, "", self, stretched=True)
        self._segments.setObjectName(object_name)
        self._segments.chosen.connect(self.chosen)
        self._caption = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self._segments, self._caption):
            self._column.addWidget(widget)
        appearance.bind(self._restyle)

    def set_label(self, label: str) -> None:
        """Set the label."""
        self._label.set_text(label)
        self._segments.setAccessibleName(label)

    def show_choices(self, choices: Sequence[tuple[str, str]], chosen: str, caption: str) -> None:
        """Show the choices as pairs of key and label, the chosen one, and what it means."""
        self._segments.set_segments(choices)
        self._segments.choose(chosen)
        self._caption.set_text(caption)
        self._segments.setAccessibleDescription(caption)

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("xs"))


class ChatSettingsPanel(Translated, Pane):
    """The chat settings. `parameter_changed` carries a parameter and its value, None for the default."""

    instructions_changed = Signal(str)
    parameter_changed = Signal(str, object)
    length_chosen = Signal(str)
    thinking_chosen = Signal(str)
    preset_requested = Signal()
    save_as_preset_requested = Signal(str)
    """Carries the instructions."""
    instructions_requested = Signal()
    advanced_toggled = Signal(bool)
    reset = Signal()
    unload_requested = Signal()
    speed_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = ChatSettings()
        self._advanced_open = False
        self.setObjectName("chatSettings")
        content = self._content = QWidget()
        self._instructions = InstructionsField(appearance, content, object_name="chatInstructions")
        self._use_preset = Button(appearance, "", ButtonKind.PLAIN, content, icon="library", small=True)
        self._use_preset.setObjectName("usePreset")
        self._save_preset = Button(appearance, "", ButtonKind.PLAIN, content, icon="plus", small=True)
        self._save_preset.setObjectName("saveInstructionsAsPreset")
        self._instructions_link = LinkCard(appearance, "layers", content)
        self._instructions_link.setObjectName("instructionsCard")
        self._creativity = ChoiceRow(appearance, "creativity", content)
        self._length = ChoiceRow(appearance, "answerLength", content)
        self._thinking = ChoiceRow(appearance, "chatThinking", content)
        self._advanced = RowButton(appearance, "chevron-right", content)
        self._advanced.setObjectName("advancedChatSettings")
        self._advanced_part = QWidget(content)
        self._advanced_part.hide()
        self.fields = {name: ParameterField(appearance, name, self._advanced_part) for name in WORDS}
        self._reset = Button(appearance, "", ButtonKind.OUTLINED, self._advanced_part, icon="undo-2", small=True)
        self._reset.setObjectName("resetParameters")
        self._memory = Card(appearance, self._advanced_part, fill="raised")
        self._memory_label = Label(appearance, "ui", "text", self._memory, wrap=True)
        self._memory_label.setObjectName("modelMemory")
        self._unload = Button(appearance, "", ButtonKind.OUTLINED, self._memory, small=True)
        self._unload.setObjectName("unloadModel")
        self._speed = Button(appearance, "", ButtonKind.OUTLINED, self._advanced_part, icon="chart-line", small=True)
        self._speed.setObjectName("speedOfModel")
        self._applies = Label(appearance, "caption", "textSecondary", content, wrap=True)
        self._rules = [Rule(appearance, content) for _ in range(2)]
        self._lay_out()
        self._connect()
        appearance.bind(self._restyle)
        self._retranslate()

    def focus(self) -> None:
        """Focus the instructions."""
        self._instructions.focus(Qt.FocusReason.ShortcutFocusReason)

    def forget_history(self) -> None:
        """Forget what could be undone: another chat is shown."""
        self._instructions.forget_history()

    def show_settings(self, settings: ChatSettings) -> None:
        """Show the chat's own and the inherited values."""
        self._settings = settings
        self._instructions.show_text(settings.instructions)
        for name, field in self.fields.items():
            is_sent = self._is_sent(name)
            field.setVisible(is_sent)
            field.show_value(
                getattr(settings.own, name),
                settings.inherited.get(name, Inherited()),
                sent=is_sent,
                server=settings.server,
                preset=settings.preset,
            )
        self._memory.setVisible(bool(settings.memory))
        self._memory_label.set_text(settings.memory)
        self._unload.setVisible(settings.can_unload)
        self._reset.setEnabled(any(getattr(settings.own, name) is not None for name in self.fields))
        self._retranslate()

    def set_advanced_open(self, *, is_open: bool) -> None:
        """Expand or collapse the advanced section. It stays open while a field has an error."""
        wrong = next((field for field in self.fields.values() if field.has_error and field.isVisibleTo(self)), None)
        if not is_open and wrong:
            wrong.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            is_open = True
        if is_open != self._advanced_open:
            self._advanced_open = is_open
            self._advanced_part.setVisible(is_open)
            self._advanced.set_icon("chevron-down" if is_open else "chevron-right")
            self._advanced.setAccessibleDescription(self.tr("Expanded") if is_open else self.tr("Collapsed"))
            self.advanced_toggled.emit(is_open)

    def flush(self) -> None:
        """Report pending changes of the text fields."""
        self._instructions.flush()
        for field in self.fields.values():
            field.flush()

    def _lay_out(self) -> None:
        buttons = self._buttons = QHBoxLayout()
        buttons.addWidget(self._use_preset)
        buttons.addWidget(self._save_preset)
        buttons.addStretch(1)
        self._memory_column = QVBoxLayout(self._memory)
        self._memory_column.addWidget(self._memory_label)
        self._memory_column.addWidget(self._unload, 0, Qt.AlignmentFlag.AlignLeft)
        self._advanced_column = QVBoxLayout(self._advanced_part)
        for field in self.fields.values():
            self._advanced_column.addWidget(field)
        self._advanced_column.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignLeft)
        self._advanced_column.addWidget(self._memory)
        self._advanced_column.addWidget(self._speed, 0, Qt.AlignmentFlag.AlignLeft)
        self._top, self._choices = QVBoxLayout(), QVBoxLayout()
        self._field_column, self._instructions_column = QVBoxLayout(), QVBoxLayout()
        self._field_column.addWidget(self._instructions)
        self._instructions_column.addWidget(self._instructions_link)
        for part in (self._field_column, buttons, self._instructions_column):
            self._top.addLayout(part)
        for row in (self._creativity, self._length, self._thinking):
            self._choices.addWidget(row)
        self._advanced_row, self._foot = QVBoxLayout(), QVBoxLayout()
        self._advanced_row.addWidget(self._advanced)
        self._foot.addWidget(self._applies)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addLayout(self._choices)
        column.addWidget(self._rules[0])
        column.addLayout(self._advanced_row)
        column.addWidget(self._advanced_part)
        column.addWidget(self._rules[1])
        column.addLayout(self._foot)
        column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)

    def _connect(self) -> None:
        self._instructions.changed.connect(self.instructions_changed)
        self._instructions.edit.textChanged.connect(self._update_save_button)
        self._use_preset.clicked.connect(self.preset_requested)
        self._save_preset.clicked.connect(lambda: self.save_as_preset_requested.emit(self._instructions.text.strip()))
        self._instructions_link.clicked.connect(self.instructions_requested)
        self._creativity.chosen.connect(self._choose_creativity)
        self._length.chosen.connect(self.length_chosen)
        self._thinking.chosen.connect(self.thinking_chosen)
        self._advanced.clicked.connect(lambda: self.set_advanced_open(is_open=not self._advanced_open))
        for field in self.fields.values():
            field.changed.connect(self.parameter_changed)
        self._reset.clicked.connect(self.reset)
        self._unload.clicked.connect(self.unload_requested)
        self._speed.clicked.connect(self.speed_requested)

    def _is_sent(self, name: str) -> bool:
        return self._settings.known is None or name in self._settings.known

    def _choose_creativity(self, key: str) -> None:
        creativity = Creativity(key)
        if creativity is not Creativity.CUSTOM:
            self.parameter_changed.emit("temperature", self._settings.temperatures.get(creativity))

    def _update_save_button(self) -> None:
        self._save_preset.setEnabled(self._instructions.edit.has_text)

    def _show_choices(self) -> None:
        settings = self._settings
        temperature = settings.own.temperature
        creativity = creativity_of(temperature, settings.temperatures)
        offered = [Creativity.DEFAULT, *WORDED, *([Creativity.CUSTOM] if creativity is Creativity.CUSTOM else [])]
        inherited = settings.inherited.get("temperature", Inherited())
        self._creativity.setVisible(self._is_sent("temperature"))
        self._creativity.show_choices(
            [(each.value, texts.creativity_word(each, temperature)) for each in offered],
            creativity,
            texts.creativity_text(creativity, temperature, inherited),
        )
        self._length.show_choices(
            [(length.value or "default", texts.length_word(length)) for length in AnswerLength],
            settings.answer_length.value or "default",
            texts.length_text(settings.answer_length),
        )
        choices = settings.thinking_choices
        self._thinking.setVisible(bool(choices))
        if choices:
            chosen = settings.thinking if settings.thinking in choices else choices[0]
            self._thinking.show_choices(
                [(each.value, thinking_word(each)) for each in choices], chosen, texts.thinking_text(chosen)
            )

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, pad, gap = theme.length("l"), theme.length("m"), theme.length("s")
        self._top.setContentsMargins(0, gap, 0, pad)
        self._top.setSpacing(gap)
        self._field_column.setContentsMargins(side, 0, side, 0)
        self._instructions_column.setContentsMargins(side, 0, side, 0)
        self._buttons.setContentsMargins(side - pad, 0, side, 0)  # the icon is aligned with the field
        self._buttons.setSpacing(0)
        self._choices.setContentsMargins(side, pad, side, side)
        self._choices.setSpacing(side)
        self._advanced_row.setContentsMargins(gap, theme.length("xs"), gap, theme.length("xs"))
        self._advanced_column.setContentsMargins(side, gap, side, side)
        self._advanced_column.setSpacing(pad)
        self._memory_column.setContentsMargins(pad, pad, pad, pad)
        self._memory_column.setSpacing(gap)
        self._foot.setContentsMargins(side, pad, side, side)

    def _retranslate(self) -> None:
        self._instructions.set_labels(self.tr("Instructions"), self.tr("How should it answer in this chat?"))
        self._use_preset.setText(self.tr("Use a preset"))
        self._save_preset.setText(self.tr("Save as preset"))
        self._update_save_button()
        all_instructions = self._settings.all_instructions
        parts = counted(lambda count: self.tr("%n part(s)", "", count), len(all_instructions.parts))
        tokens = token_count(estimate_tokens(all_instructions.text))
        self._instructions_link.set_labels(
            self.tr("Instructions sent to the model"),
            self.tr("{parts} · {tokens}").format(parts=parts, tokens=tokens)
            if all_instructions.parts
            else self.tr("Nothing yet"),
        )
        self._creativity.set_label(self.tr("Creativity"))
        self._length.set_label(self.tr("Length"))
        self._thinking.set_label(self.tr("Reasoning"))
        self._show_choices()
        changed = sum(
            getattr(self._settings.own, name) is not None
            for name in self.fields
            if name != "temperature" and self._is_sent(name)
        )
        text = counted(lambda count: self.tr("%n changed", "", count), changed) if changed else ""
        self._advanced.set_labels(self.tr("Advanced"), text)
        self._reset.setText(self.tr("Reset all"))
        self._unload.setText(self.tr("Unload model"))
        self._speed.setText(self.tr("Measure speed"))
        self._speed.setVisible(bool(self._settings.model))
        has_fields = any(map(self._is_sent, self.fields))
        self._reset.setVisible(has_fields)
        for part in (self._advanced, self._rules[1]):
            part.setVisible(has_fields)
        self._advanced_part.setVisible(has_fields and self._advanced_open)
        self._applies.set_text(
            self.tr("Applies from the next answer on. Earlier answers keep the instructions they were given.")
        )

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
