"""Strip above the message input for the preset of a chat: its name, its variables as a form, and a preview of the prompt."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.preset_texts import preset_icon
from chatdesk.features.presets.ui.use.variable_form import VariableForm
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.presets.template import PromptPart
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.lists.scrolling import FittingArea
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import break_long_lines, plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.focus import insert_in_tab_order
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_MAX_LINES = 8
_MAX_SHOWN_LENGTH = 20_000
"""Maximum number of characters shown; the full text is sent."""


class PromptPreview(Translated, QPlainTextEdit):
    """Read-only plain text view of the prompt as it will be sent, with filled-in values highlighted; up to eight lines high."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parts: tuple[PromptPart, ...] = ()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setObjectName("promptPreview")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_parts(self, parts: Sequence[PromptPart]) -> None:
        """Show the parts of a prompt. If nothing has changed, the scroll position is kept."""
        if tuple(parts) == self._parts:
            return
        self._parts = tuple(parts)
        scroll_position = self.verticalScrollBar().value()
        theme = self._appearance.theme
        own, filled = QTextCharFormat(), QTextCharFormat()
        own.setForeground(theme.color("textSecondary"))
        filled.setForeground(theme.color("accentText"))
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        remaining = _MAX_SHOWN_LENGTH
        for part in self._parts:
            cursor.insertText(break_long_lines(part.text[:remaining]), filled if part.name else own)
            remaining -= len(part.text)
            if remaining <= 0:
                cursor.insertText("…", own)
                break
        cursor.endEditBlock()
        self._fit()
        self.verticalScrollBar().setValue(scroll_position)

    def _fit(self) -> None:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid() and lines < _MAX_LINES:
            layout = block.layout()
            lines += max(1, layout.lineCount())
            block = block.next()
        theme = self._appearance.theme
        height = min(max(lines, 1), _MAX_LINES) * self.fontMetrics().lineSpacing() + 2 * theme.length("s")
        if height != self.height():
            self.setFixedHeight(height)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font("ui"))
        self.document().setDocumentMargin(theme.length("s"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.color("sunken"))
        palette.setColor(palette.ColorRole.Text, theme.color("textSecondary"))
        self.setPalette(palette)
        parts, self._parts = self._parts, ()
        self.show_parts(parts)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The prompt as it will be sent"))


class PresetStrip(Translated, QWidget):
    """Hidden without a preset. `changed` is emitted for every change of a value; `completed` for Enter in the last field."""

    changed = Signal()
    completed = Signal()
    removed = Signal()
    file_requested = Signal(object)
    """The `LongTextField` that requests a file."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, selected_text: Callable[[], str] = str
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._tokens = 0
        self._follower: QWidget | None = None
        self.setObjectName("presetStrip")
        self._icon = IconLabel(appearance, "library", "accentText", self)
        self._name = Label(appearance, "ui", "accentText", self, elide=True, strong=True)
        self._name.setObjectName("presetName")
        self._disclose = Button(appearance, "", ButtonKind.PLAIN, self, small=True)
        self._disclose.setObjectName("showPrompt")
        self._disclose.set_folds()
        self._disclose.clicked.connect(self._toggle)
        self._cross = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._cross.setObjectName("removePreset")
        self._cross.clicked.connect(self.removed)
        self._head = QHBoxLayout()
        self._head.addWidget(self._icon)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._disclose)
        self._head.addWidget(self._cross)
        self._inside = QWidget()
        self._form = VariableForm(appearance, self._inside, selected_text)
        self._form.changed.connect(self.changed)
        self._form.completed.connect(self.completed)
        self._form.file_requested.connect(self.file_requested)
        self._preview = PromptPreview(appearance, self._inside)
        self._preview.hide()
        self._column = QVBoxLayout(self._inside)
        self._column.addWidget(self._form)
        self._column.addWidget(self._preview)
        self._area = FittingArea(self._inside, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._head)
        self._layout.addWidget(self._area)
        appearance.bind(self._restyle)
        self._retranslate()
        self.hide()

    def set_next_in_tab_order(self, follower: QWidget) -> None:
        """Make `follower`, the message input, the next widget in the tab order after the last field."""
        self._follower = follower

    @property
    def shows_prompt(self) -> bool:
        """Whether the preview of the prompt is shown."""
        return self._disclose.isChecked()

    def show_preset(self, preset: AppliedPreset | None) -> None:
        """Show a preset with its values; None hides the strip."""
        self.setVisible(preset is not None)
        if preset is None:
            return
        self._name.set_text(plain_line(preset.name))
        self._icon.set_icon(preset_icon(self._appearance.theme, preset.icon), "accentText")
        new_fields = preset.variables != self._form.variables
        self._form.show_variables(preset.variables, preset.values)
        if new_fields and self._follower:
            insert_in_tab_order(self, self._follower)
        self._form.setVisible(bool(preset.variables))
        self._cross.set_name(self.tr("Remove preset {name}").format(name=plain_line(preset.name)))
        self._fit()

    def show_prompt(self, parts: Sequence[PromptPart], further_tokens: int = 0) -> None:
        """Show the text that will be sent; `further_tokens` is the number of tokens that are not among the parts."""
        self._preview.show_parts(parts)
        self._tokens = estimate_tokens("".join(part.text for part in parts)) + further_tokens
        self._retranslate()
        self._fit()

    def values(self) -> dict[str, str]:
        """Return the entered values by variable name."""
        return self._form.values()

    def show_missing(self, missing: Sequence[Variable]) -> None:
        """Mark the variables that must be filled in, and focus the first one."""
        self._form.show_missing(missing)
        self._fit()

    def focus_first_field(self) -> bool:
        """Focus the first field to fill in; returns False if there is none."""
        return self._form.isVisibleTo(self) and self._form.focus_first_field()

    def focus_field(self, variables: Sequence[Variable]) -> bool:
        """Focus the field of the first of these variables; returns False if there is none."""
        return self._form.isVisibleTo(self) and self._form.focus_field(variables)

    def set_max_height(self, height: int) -> None:
        """Set the maximum height, beyond which the content scrolls."""
        self._area.set_max_height(height)

    def _toggle(self) -> None:
        self._preview.setVisible(self._disclose.isChecked())
        self._retranslate()
        self.changed.emit()
        self._fit()

    def _fit(self) -> None:
        shown = not self._form.isHidden() or not self._preview.isHidden()
        self._area.setVisible(shown)
        if shown:
            self._area.fit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setSpacing(theme.length("s"))
        self._layout.setSpacing(theme.length("xs"))
        self._column.setSpacing(theme.length("s"))
        reach = theme.length("hair") * 2
        self._column.setContentsMargins(reach, reach, reach, reach)  # space for the focus ring
        self._fit()

    def _retranslate(self) -> None:
        count = QLocale().toString(self._tokens)
        label = self.tr("Hide prompt") if self._disclose.isChecked() else self.tr("Show prompt")
        about = self.tr("about {count} tokens").format(count=count) if self._tokens else ""
        self._disclose.setText(f"{label} · {about}" if about else label)
        self._disclose.setToolTip(self.tr("The prompt that is sent, with all values filled in"))
