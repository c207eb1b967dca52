"""Editor of a preset: its texts, its variables, a live preview, and all other settings in a collapsible section.

It holds only what it shows. `edit_presenter.py` stores the edits.
"""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.lint import lint
from chatdesk.features.presets.ui.editor.editor_head import EditorHead
from chatdesk.features.presets.ui.editor.preset_facts import PresetFacts
from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.features.presets.ui.editor.prompt.prompt_panel import PromptPanel
from chatdesk.features.presets.ui.editor.save_bar import SaveBar
from chatdesk.features.presets.ui.editor.variables.variable_table import VariableTable
from chatdesk.features.presets.ui.library.library_texts import system_text
from chatdesk.features.presets.ui.use.filled_text import FilledText
from chatdesk.features.presets.ui.use.preview_runs import preview_runs
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.presets.preset import Preset, renamed_variable
from chatdesk.kernel.presets.template import NAME, names_in
from chatdesk.kernel.presets.variable import SYSTEM_NAMES, Variable
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.disclosure import Disclosure
from chatdesk.ui_kit.widgets.focus import set_tab_order
from chatdesk.ui_kit.widgets.label import Label

_TEXTS = ("question", "greeting", "sample")
_MAX_WIDTH = 880
"""Maximum width in px at 100 % scale: longer lines are hard to read."""
_PREVIEW_DELAY = 60
"""Milliseconds without a change before the preview is updated."""


class PresetEditor(QWidget):
    """`edited` is emitted after every change by the user. `values` are the values of the variables for the preview."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preset: Preset | None = None
        self.head = EditorHead(appearance, self)
        self.bar = SaveBar(appearance, self)
        self._prompt = PromptPanel(appearance)
        self._table = VariableTable(appearance, self._prompt.text_field)
        self._preview = FilledText(appearance)
        self._texts = {name: PromptField(appearance, grows=True) for name in _TEXTS}
        self._facts = PresetFacts(appearance)
        self._captions = {name: Label(appearance, "ui", "textSecondary") for name in ("variables", "preview", *_TEXTS)}
        self._hints = {name: Label(appearance, "caption", "textTertiary", wrap=True) for name in _TEXTS}
        self._more_texts = Disclosure(appearance, "moreTexts")
        self._more_facts = Disclosure(appearance, "moreFacts")
        self._preview_timer = QTimer(self, singleShot=True, interval=_PREVIEW_DELAY)
        self._preview_timer.timeout.connect(self._show_preview)
        self._lay_out()
        more = (self._more_texts, self._more_facts, self.bar)
        set_tab_order((*self.head.fields, *self._prompt.parts, *more, *self.head.buttons))
        self._connect()
        appearance.bind(self._restyle)
        self._retranslate()

    def show_preset(self, preset: Preset, values: Mapping[str, str] | None = None) -> None:
        """Show a preset; with `values`, its variables get these values."""
        other = self._preset is None or self._preset.key != preset.key
        self._preset = preset
        self.head.show_preset(preset)
        self._prompt.set_text(preset.prompt)
        for name, field in self._texts.items():
            field.edit.set_text(getattr(preset, name))
        self._facts.show_preset(preset)
        self._table.show_variables(preset.variables, values)
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self._show_preview()

    def preset(self) -> Preset:
        """Return the edited preset. Raises LookupError if no preset is shown."""
        if self._preset is None:
            raise LookupError
        texts = {name: field.edit.text() for name, field in self._texts.items()}
        written = replace(self._preset, prompt=self._prompt.text(), **texts)  # type: ignore[arg-type]
        return self._facts.apply(self.head.apply(written))

    @property
    def is_valid(self) -> bool:
        """Whether all settings are valid; an invalid one shows its error."""
        return self._facts.is_valid

    def values(self) -> dict[str, str]:
        """Return the values of the variables."""
        return self._table.values()

    def open_facts(self) -> None:
        """Expand the section with the other settings."""
        self._more_facts.open()

    def _connect(self) -> None:
        for signal in (self.head.changed, self._facts.changed, self._prompt.changed):
            signal.connect(self._changed)
        for field in self._texts.values():
            field.edit.changed.connect(self._changed)
            field.edit.cursor_moved.connect(self._follow_cursor)
        self._prompt.cursor_moved.connect(self._show_cursor)
        self._prompt.variable_chosen.connect(self._table.open)
        bar = self._scroll.verticalScrollBar()
        bar.valueChanged.connect(self._prompt.follow_scrolling)
        for follow in (self._prompt.announce_cursor, self._follow_cursor):
            bar.rangeChanged.connect(follow)  # a line was added, or the save bar has appeared
        self._table.declared.connect(self._declare)
        self._table.renamed.connect(self._rename)
        self._table.removed.connect(self._remove_variable)
        self._table.values_changed.connect(self._preview_timer.start)

    def _changed(self) -> None:
        if self._preset is None:
            return
        self._preset = self.preset()
        self._table.show_variables(self._preset.variables)
        self._preview_timer.start()
        self.edited.emit()

    def _declare(self, variable: Variable) -> None:
        if self._preset is None:
            return
        declared = {each.name: each for each in self._preset.declared} | {variable.name: variable}
        self._preset = replace(self._preset, declared=tuple(declared.values()))
        self._preview_timer.start()
        self.edited.emit()

    def _rename(self, old: str, new: str) -> None:
        preset = self._preset
        if preset is None:
            return
        if not NAME.fullmatch(new) or new in SYSTEM_NAMES or new in {variable.name for variable in preset.variables}:
            self._table.show_name_problem(old)
            return
        values = self.values()
        self._change(renamed_variable(preset, old, new), {**values, new: values.get(old, "")})
        self._table.open(new)

    def _remove_variable(self, name: str) -> None:
        if preset := self._preset:
            declared = tuple(variable for variable in preset.declared if variable.name != name)
            self._change(replace(preset, declared=declared), self.values())

    def _change(self, preset: Preset, values: Mapping[str, str]) -> None:
        self.show_preset(preset, values)
        self.edited.emit()

    def _show_preview(self) -> None:
        self._preview_timer.stop()
        if self._preset is None:
            return
        preset = self._preset
        runs = preview_runs(preset, self._table.values(), system_text)
        self._preview.show_runs(runs)
        tokens = estimate_tokens("".join(text for text, _color in runs))
        self._prompt.show_tokens(self.tr("about %n token(s)", "", tokens))
        self._prompt.set_variables(preset.variables)
        self._prompt.show_hints(lint(preset))
        self._captions["variables"].setVisible(bool(preset.variables))
        self._table.setVisible(bool(preset.variables))
        filled = bool(preset.variables) or bool(preset.question.strip()) or any(names_in(preset.prompt))
        self._captions["preview"].setVisible(filled)
        self._preview.setVisible(filled)

    def _follow_cursor(self) -> None:
        """Scroll to the cursor, because the text fields themselves never scroll."""
        for field in self._texts.values():
            if field.edit.hasFocus():
                cursor_rect = field.edit.cursorRect()
                self._show(field.edit.viewport().mapTo(self._content, cursor_rect.center()), cursor_rect.height())

    def _show_cursor(self, cursor_rect: QRect) -> None:
        self._show(self._prompt.mapTo(self._content, cursor_rect.center()), cursor_rect.height())

    def _show(self, position: QPoint, line: int) -> None:
        self._scroll.ensureVisible(position.x(), position.y(), 0, 2 * line)

    def _lay_out(self) -> None:
        self._content = QWidget()
        for name, box in self._texts.items():
            for part in (self._captions[name], self._hints[name], box):
                self._more_texts.content.addWidget(part)
        self._more_facts.content.addWidget(self._facts)
        self._column = QVBoxLayout(self._content)
        self._column.addWidget(self._prompt)
        for shown in (self._captions["variables"], self._table, self._captions["preview"], self._preview):
            self._column.addWidget(shown)
        self._column.addWidget(self._more_texts)
        self._column.addWidget(self._more_facts)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # see ui_kit/forms/section_page.py
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.bar)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, gap = theme.length("xl"), theme.length("s")
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._column.setContentsMargins(side, 0, max(0, side - bar), side)
        self._column.setSpacing(gap)
        self.setMaximumWidth(round(_MAX_WIDTH * theme.scale))

    def _retranslate(self) -> None:
        labels = {
            "variables": self.tr("Variables"),
            "preview": self.tr("Preview with these values"),
            "question": self.tr("Opening message"),
            "greeting": self.tr("Greeting"),
            "sample": self.tr("Sample"),
        }
        for name, text in labels.items():
            self._captions[name].set_text(text)
        for name, box in self._texts.items():
            box.edit.setAccessibleName(labels[name])
        self._preview.set_name(labels["preview"])
        self._hints["question"].set_text(
            self.tr(
                "Sent as your first message. {{input}} stands for your text in the composer. Without it, your text "
                "is added at the end."
            )
        )
        self._hints["greeting"].set_text(self.tr("The assistant's first message in a new chat."))
        self._hints["sample"].set_text(self.tr("Example input for trying the preset."))
        self._more_texts.set_labels(self.tr("Opening message, greeting and sample"))
        self._more_facts.set_labels(self.tr("Category, tags, model and settings"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._preview_timer.start()
        super().changeEvent(event)
