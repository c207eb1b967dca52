"""Panel for the prompt of a preset: edited as text or as sections, with the token count above and hints below."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.lint import Hint
from chatdesk.features.presets.ui.editor.lint_line import LintLine
from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.features.presets.ui.editor.prompt.structured_editor import StructuredEditor
from chatdesk.features.presets.ui.library.library_texts import system_text
from chatdesk.kernel.presets.variable import SystemVariable, Variable
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_MIN_LINES = 5
_SECTIONS_HEIGHT = 460
"""Height in px at 100 % scale."""


class PromptPanel(Translated, QWidget):
    """Both editors hold the same text; only the visible one is kept up to date."""

    changed = Signal()
    cursor_moved = Signal(QRect)
    """The rectangle of the text cursor in the coordinates of the panel."""
    variable_chosen = Signal(str)
    """A hint about a variable was chosen."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._variables: Sequence[Variable] = ()
        self._caption = Label(appearance, "ui", "textSecondary", self)
        self._tokens = Label(appearance, "caption", "textTertiary", self)
        self._tokens.setObjectName("promptTokens")
        self._insert = Button(appearance, "", ButtonKind.PLAIN, self, icon="braces", small=True)
        self._insert.setObjectName("insertVariable")
        self._insert.clicked.connect(self._offer_variables)
        self._view = IconButton(appearance, "outline", self, size=IconButtonSize.ROW)
        self._view.setObjectName("promptSections")
        self._view.setCheckable(True)
        self._view.toggled.connect(self._choose_view)
        self._field = PromptField(appearance, self, grows=True)
        self._field.edit.setObjectName("presetPrompt")
        self._field.edit.changed.connect(self._changed)
        self._field.edit.cursor_moved.connect(self.announce_cursor)
        self._sections: StructuredEditor | None = None
        self._lint = LintLine(appearance, self)
        self._lint.chosen.connect(self._show_hint)
        self._row = QHBoxLayout()
        self._row.addWidget(self._caption, 1)
        for part in (self._insert, self._view, self._tokens):
            self._row.addWidget(part)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._row)
        self._layout.addWidget(self._field)
        self._layout.addWidget(self._lint)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The parts in tab order: the text first."""
        return self._field.edit, self._insert, self._view

    @property
    def text_field(self) -> QWidget:
        """The text: the variables follow it in the tab order."""
        return self._field.edit

    def text(self) -> str:
        return self._sections.text() if self._sections and self._view.isChecked() else self._field.edit.text()

    def set_text(self, text: str) -> None:
        """Show a prompt without emitting `changed`."""
        if self._sections and self._view.isChecked():
            self._sections.set_text(text)
        else:
            self._field.edit.set_text(text)

    def set_variables(self, variables: Sequence[Variable]) -> None:
        """Set the variables for completion."""
        self._variables = variables
        self._field.edit.set_variables(variables)
        if self._sections:
            self._sections.set_variables(variables)

    def show_tokens(self, text: str) -> None:
        """Show the token count."""
        self._tokens.set_text(text)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show hints about the prompt."""
        self._lint.show_hints(hints)

    def follow_scrolling(self) -> None:
        """Move the completion list along after scrolling."""
        self._field.edit.follow_scrolling()

    def _choose_view(self, checked: bool) -> None:
        text = self._field.edit.text() if checked or self._sections is None else self._sections.text()
        if checked and self._sections is None:
            self._sections = StructuredEditor(self._appearance, self)
            self._sections.setObjectName("promptForm")
            self._sections.changed.connect(self._changed)
            self._layout.insertWidget(2, self._sections)
            self._restyle()
        if self._sections:
            self._sections.setVisible(checked)
            self._sections.set_variables(self._variables)
        self._field.setVisible(not checked)
        self.set_text(text)

    def _changed(self, _text: str) -> None:
        self.changed.emit()

    def announce_cursor(self) -> None:
        """Emit the position of the text cursor if the editor has the focus."""
        edit = self._field.edit
        if edit.hasFocus():
            cursor_rect = edit.cursorRect()
            self.cursor_moved.emit(cursor_rect.translated(edit.viewport().mapTo(self, QPoint(0, 0))))

    def _show_hint(self, hint: Hint) -> None:
        if not hint.end:
            if hint.detail:
                self.variable_chosen.emit(hint.detail[0])
        elif self._sections and self._view.isChecked():
            self._sections.show_position(hint.start, hint.end)
        else:
            self._field.edit.show_position(hint.start, hint.end)

    def _offer_variables(self) -> None:
        menu = QMenu(self)
        names = [variable.name for variable in self._variables]
        for name in names:
            menu.addAction(f"{{{{{name}}}}}").triggered.connect(lambda _=0, name=name: self._insert_name(name))
        menu.addAction(self.tr("New variable")).triggered.connect(lambda: self._insert_name(self._free_name(names)))
        menu.addSeparator()
        for variable in SystemVariable:
            action = menu.addAction(f"{{{{{variable}}}}}  {system_text(variable)}")
            action.triggered.connect(lambda _=0, name=str(variable): self._insert_name(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._insert.mapToGlobal(QPoint(0, self._insert.height())))

    def _insert_name(self, name: str) -> None:
        if self._sections and self._view.isChecked():
            self._sections.insert_variable(name)
        else:
            self._field.edit.insert_variable(name)

    def _free_name(self, used_names: list[str]) -> str:
        stem = self.tr("variable")
        numbered = (stem if number == 1 else f"{stem}{number}" for number in range(1, len(used_names) + 2))
        return next(name for name in numbered if name not in used_names)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._row.setSpacing(theme.length("s"))
        self._layout.setSpacing(theme.length("xs"))
        self._field.set_min_height(_MIN_LINES * theme.line("reasoning") + 2 * theme.length("s"))
        if self._sections:
            self._sections.setFixedHeight(round(_SECTIONS_HEIGHT * theme.scale))

    def _retranslate(self) -> None:
        self._caption.set_text(self.tr("Prompt"))
        self._field.edit.set_hint(self.tr("# Role\nYou are …\n\n# Task\n…"))
        self._field.edit.setAccessibleName(self.tr("Prompt"))
        self._insert.setText(self.tr("Insert variable"))
        self._view.set_name(self.tr("Edit as sections"))
