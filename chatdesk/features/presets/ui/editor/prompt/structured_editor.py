"""Editor of a prompt as a form with a field for each LangGPT section, which can be added, moved and removed."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise, takewhile

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.conversion import convert
from chatdesk.features.presets.domain.lang_gpt import Section, Structure, parse
from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.ui.editor.prompt.section_row import SectionRow
from chatdesk.features.presets.ui.editor.prompt.section_texts import section_name
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind

OFFERED = (
    SectionKind.ROLE,
    SectionKind.PROFILE,
    SectionKind.BACKGROUND,
    SectionKind.GOALS,
    SectionKind.SKILLS,
    SectionKind.CONSTRAINTS,
    SectionKind.RULES,
    SectionKind.WORKFLOW,
    SectionKind.OUTPUT_FORMAT,
    SectionKind.EXAMPLES,
    SectionKind.INPUT,
    SectionKind.INITIALIZATION,
)


class SectionMenu(QMenu):
    """Menu of the sections that can be added: missing LangGPT sections, and a custom one. Created again whenever it is opened."""

    chosen = Signal(object)
    """The selected `SectionKind`."""

    def __init__(self, structure: Structure, parent: QWidget) -> None:
        super().__init__(parent)
        for kind in structure.missing(OFFERED):
            self._offer(section_name(kind), kind)
        if self.actions():
            self.addSeparator()
        self._offer(self.tr("Custom section"), SectionKind.OTHER)
        self.aboutToHide.connect(self.deleteLater)

    def _offer(self, text: str, kind: SectionKind) -> None:
        action = self.addAction(text)
        action.triggered.connect(lambda _checked=False, kind=kind: self.chosen.emit(kind))


_MAX_STEPS = 30


@dataclass(frozen=True, slots=True)
class UndoStep:
    """An operation on the section at index `index`, and how to undo it.

    One without `message`, such as a move, can be undone only by Ctrl+Z. A `whole` one restores the full text and would revert later
    edits: it is dropped after the next edit.
    """

    index: int
    undo: Callable[[], None]
    message: Callable[[], str] | None = None
    whole: bool = False


class SectionUndo(Translated, Notice):
    """Undo history of the sections, with a strip in place of a removed section.

    `move_requested`: move the strip before the section at this index.
    """

    move_requested = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent, slim=True)
        self._steps: list[UndoStep] = []
        self.acted.connect(self._undo_shown)
        self.hide()

    @property
    def is_possible(self) -> bool:
        """Whether there is an operation to undo."""
        return bool(self._steps)

    def add(self, step: UndoStep) -> None:
        """Add an operation, and show the undo strip if it has a text."""
        if step.whole:
            self._steps.clear()
        self._steps = [*self._steps[1 - _MAX_STEPS :], step]
        self._show_last()
        if step.message:
            self.focus()

    def undo_last(self) -> None:
        """Undo the last operation."""
        if self._steps:
            step = self._steps.pop()
            self._show_last()
            step.undo()

    def text_changed(self) -> None:
        """Drop operations that an edit has invalidated."""
        if any(step.whole for step in self._steps):
            self._steps = [step for step in self._steps if not step.whole]
            self._show_last()

    def clear(self) -> None:
        """Clear the history."""
        self._steps.clear()
        self._show_last()

    def _undo_shown(self) -> None:
        """Undo the operation shown in the strip, including later moves, which would otherwise change its position."""
        shown = next((step for step in reversed(self._steps) if step.message), None)
        while shown in self._steps:
            self.undo_last()

    def _show_last(self) -> None:
        step = next((step for step in reversed(self._steps) if step.message), None)
        self.setVisible(step is not None)
        if step and step.message:
            self.show_text(step.message(), self.tr("Undo"))
            self.move_requested.emit(step.index)

    def _retranslate(self) -> None:
        self._show_last()


MAX_SECTIONS, MAX_CHARACTERS = 60, 60_000
"""Larger prompts are not shown: they were not written for a form."""


class StructuredEditor(Translated, QScrollArea):
    """`changed` carries the whole text after a change by the user.

    Removed sections can be restored with the button that replaces them or with Ctrl+Z; Alt and an arrow key move a section.
    """

    changed = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._structure = Structure()
        self._rows: list[SectionRow] = []
        self._variables: tuple[Variable, ...] = ()
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._offer = Notice(appearance, self._content)
        self._offer.setObjectName("makeSections")
        self._offer.acted.connect(self._convert)
        self._undo = SectionUndo(appearance, self._content)
        self._undo.setObjectName("undoSections")
        self._undo.move_requested.connect(self._place_undo)
        self._add = Button(appearance, "", ButtonKind.PLAIN, self._content, icon="plus", small=True)
        self._add.setObjectName("addSection")
        self._add.clicked.connect(self._open_menu)
        self._column.addWidget(self._offer)
        self._column.addWidget(self._add)
        self._column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Fields are higher if they are narrower: an automatic scroll bar could appear and disappear forever.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        self.verticalScrollBar().valueChanged.connect(self._follow_scrolling)
        appearance.bind(self._restyle)
        self._retranslate()
        self._show_structure()

    def text(self) -> str:
        return self._structure.text

    def set_text(self, text: str) -> None:
        """Show a prompt without emitting `changed`. Does nothing if the text is unchanged."""
        if text != self.text():
            self._structure = parse(text)
            self._show_structure()
            self._undo.clear()

    def set_variables(self, variables: Sequence[Variable]) -> None:
        """Set the variables for completion, in addition to system variables."""
        self._variables = tuple(variables)
        for row in self._rows:
            row.field.edit.set_variables(self._variables)

    def insert_variable(self, name: str) -> None:
        """Insert a variable at the cursor of the field that has or last had the focus, or else at the end of the last one."""
        if self._rows:
            row = next((row for row in self._rows if row.has_cursor(self)), self._rows[-1])
            row.field.edit.insert_variable(name)

    def show_position(self, start: int, end: int) -> None:
        """Select a range of the text in the field of its section, and focus it."""
        index = max((at for at, begin in enumerate(self._structure.starts) if begin <= start), default=0)
        if index < len(self._rows):
            begin = self._structure.starts[index]
            self._rows[index].show_position(start - begin, min(end - begin, len(self._structure.sections[index].text)))

    def add_section(self, kind: SectionKind) -> None:
        """Add an empty section at its LangGPT position, and focus it."""
        structure, index = self._structure.added(kind)
        self._insert(structure, index)
        self._rows[index].focus_start()

    def _open_menu(self) -> None:
        menu = SectionMenu(self._structure, self)
        menu.chosen.connect(self.add_section)
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def _insert(self, structure: Structure, index: int) -> None:
        self._structure = structure
        self._rows.insert(index, self._new_row(structure.sections[index]))
        self._show_row(index)
        self._update_rows()
        self._emit_changed()

    def _remove(self, row: SectionRow) -> None:
        index, removed, name = self._rows.index(row), row.section, row.name
        gap = self._structure.sections[index - 1].tail if index else ""
        self._structure = self._structure.removed(index)
        self._rows.remove(row)
        self._discard(row)
        self._update_rows()
        self._undo.add(UndoStep(index, lambda: self._restore(index, removed, gap), partial(self._removed_text, name)))
        self._emit_changed()

    def _restore(self, index: int, section: Section, gap: str) -> None:
        first = 1 if section.heading and self._rows and not self._rows[0].section.heading else 0
        index = min(max(first, index), len(self._rows))
        self._insert(self._structure.inserted(index, section, gap), index)
        self._rows[index].focus_start()

    def _move(self, index: int, by: int) -> None:
        if not self._structure.can_move(index, by):
            return
        self._structure = self._structure.moved(index, by)
        row, focused = self._rows.pop(index), QApplication.focusWidget()
        self._rows.insert(index + by, row)
        self._column.removeWidget(row)
        self._show_row(index + by)
        if focused is not None and row.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._update_rows()
        self._emit_changed()
        self._column.activate()
        self.ensureWidgetVisible(row, 0, self._appearance.theme.length("l"))

    def _move_row(self, row: SectionRow, by: int) -> None:
        index = self._rows.index(row)
        if self._structure.can_move(index, by):
            self._move(index, by)
            self._undo.add(UndoStep(index + by, lambda: self._move(index + by, -by)))

    def _convert(self) -> None:
        before = self.text()
        self._replace_text(convert(before))
        self._undo.add(UndoStep(0, lambda: self._replace_text(before), self._converted_text, whole=True))

    def _replace_text(self, text: str) -> None:
        self._structure = parse(text)
        self._show_structure()
        self._emit_changed()

    def _removed_text(self, name: str) -> str:
        return self.tr("“{section}” was removed").format(section=name)

    def _converted_text(self) -> str:
        return self.tr("Prompt converted to sections")

    def _emit_changed(self) -> None:
        self.changed.emit(self.text())

    def _on_section_changed(self, row: SectionRow, section: Section) -> None:
        self._structure = self._structure.replaced(self._rows.index(row), section)
        self._show_offer()
        self._undo.text_changed()
        self._emit_changed()

    def _reparse(self) -> None:
        """Create rows for sections that were typed into a field, once it has lost the focus."""
        parsed = parse(self.text())
        if parsed.text == self.text() and [section.heading for section in parsed.sections] != [
            section.heading for section in self._structure.sections if section.text
        ]:
            self._structure = parsed
            self._show_structure()

    def _show_structure(self) -> None:
        """Update the rows. Unchanged rows at the top and bottom are kept with their focus."""
        sections = () if self._is_too_long else self._structure.sections
        above = _count_fitting(self._rows, sections)
        below = _count_fitting(self._rows[above:][::-1], sections[above:][::-1])
        stale = self._rows[above : len(self._rows) - below]
        new_rows = [self._new_row(section) for section in sections[above : len(sections) - below]]
        had_keyboard = any(row.has_keyboard for row in stale)
        self._rows[above : len(self._rows) - below] = new_rows
        for index in range(above, above + len(new_rows)):
            self._show_row(index)
        for row, section in zip(self._rows, sections, strict=True):
            row.show_section(section)
        if had_keyboard and self._rows:
            self._rows[min(above, len(self._rows) - 1)].field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        for row in stale:
            self._discard(row)
        self._update_rows()

    def _show_row(self, index: int) -> None:
        """Insert a row into the form before the next existing row."""
        shown = (row for row in self._rows[index + 1 :] if self._column.indexOf(row) >= 0)
        self._column.insertWidget(self._column.indexOf(next(shown, self._add)), self._rows[index])
        self._rows[index].show()

    def _place_undo(self, index: int) -> None:
        self._column.removeWidget(self._undo)
        below = self._rows[index] if index < len(self._rows) else self._add
        self._column.insertWidget(self._column.indexOf(below), self._undo)

    @property
    def _is_plain(self) -> bool:
        """Whether the prompt is plain text that can be converted to sections."""
        first = self._structure.sections[0]
        return first.kind is SectionKind.OPENING and bool(first.body) and not self._structure.is_lang_gpt

    @property
    def _is_too_long(self) -> bool:
        return len(self._structure.sections) > MAX_SECTIONS or len(self.text()) > MAX_CHARACTERS

    def _new_row(self, section: Section) -> SectionRow:
        row = SectionRow(self._appearance, section, self._content)
        row.field.edit.set_variables(self._variables)
        row.changed.connect(lambda section: self._on_section_changed(row, section))
        row.move_requested.connect(lambda by: self._move_row(row, by))
        row.remove_requested.connect(lambda: self._remove(row))
        row.left.connect(self._reparse)
        row.field.edit.cursor_moved.connect(lambda: self._show_cursor(row))
        return row

    def _discard(self, row: SectionRow) -> None:
        row.blockSignals(True)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _update_rows(self) -> None:
        """Update all rows with their sections and the possible moves."""
        for index, row in enumerate(self._rows):
            row.show_section(self._structure.sections[index])
            up, down = (self._structure.can_move(index, by) for by in (-1, 1))
            row.buttons.set_moves(up=up, down=down and index + 1 < len(self._rows))
        self._show_offer()
        self._order_tabs()

    def _order_tabs(self) -> None:
        parts = [part for row in self._rows for part in row.tab_widgets]
        for first, second in pairwise([*parts, self._add]):
            QWidget.setTabOrder(first, second)

    def _show_offer(self) -> None:
        plain = bool(self._rows) and self._is_plain
        hidden = not self._rows and bool(self._structure.sections)
        self._add.setVisible(not hidden)
        if hidden:
            self._offer.show_text(self.tr("This prompt is too long to edit as sections. Edit it as text."))
        elif plain:
            text = self.tr("This prompt is plain text. Convert it to sections? No text is lost.")
            self._offer.show_text(text, self.tr("Convert to sections"))
        elif not self._rows:
            self._offer.show_text(self.tr("No sections yet. A good start is a role and a goal."))
        self._offer.setVisible(plain or not self._rows)

    def _show_cursor(self, row: SectionRow) -> None:
        edit = row.field.edit
        if edit.hasFocus():
            cursor = edit.cursorRect()
            cursor_rect = QRect(edit.viewport().mapTo(self._content, cursor.topLeft()), cursor.size())
            margin = self._appearance.theme.length("xxl")
            self.ensureVisible(
                cursor_rect.center().x(), cursor_rect.center().y(), 0, cursor_rect.height() // 2 + margin
            )

    def _follow_scrolling(self) -> None:
        for row in self._rows:
            row.field.edit.follow_scrolling()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(0, 0, theme.length("xs"), theme.length("s"))
        self._column.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Prompt in sections"))
        self._add.setText(self.tr("Add section"))
        self._show_offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo the last operation on sections if the fields have nothing to undo."""
        if event.matches(QKeySequence.StandardKey.Undo) and self._undo.is_possible:
            self._undo.undo_last()
        else:
            super().keyPressEvent(event)


def _count_fitting(rows: Sequence[SectionRow], sections: Sequence[Section]) -> int:
    """Return the number of rows from the start that can keep showing these sections."""
    pairs = zip(rows, sections, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].fits(pair[1]), pairs))
