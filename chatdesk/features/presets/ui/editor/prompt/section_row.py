"""Form row for one section of a prompt: its name, its title, and its text."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.lang_gpt import Section
from chatdesk.features.presets.domain.section_kinds import SectionKind, name_in
from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.features.presets.ui.editor.prompt.section_texts import section_hint, section_name
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class SectionButtons(QWidget):
    """Buttons to move and remove a section, drawn only on hover or focus but always in the tab order.

    `move_requested` carries -1 or 1.
    """

    move_requested = Signal(int)
    remove_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._up = _QuietButton(appearance, "arrow-up", self, size=IconButtonSize.ROW)
        self._up.setObjectName("moveSectionUp")
        self._up.clicked.connect(lambda: self.move_requested.emit(-1))
        self._down = _QuietButton(appearance, "arrow-down", self, size=IconButtonSize.ROW)
        self._down.setObjectName("moveSectionDown")
        self._down.clicked.connect(lambda: self.move_requested.emit(1))
        self._remove = _QuietButton(appearance, "trash-2", self, size=IconButtonSize.ROW)
        self._remove.setObjectName("removeSection")
        self._remove.clicked.connect(self.remove_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in self.tab_widgets:
            layout.addWidget(button)

    def set_shown(self, *, shown: bool) -> None:
        """Draw the buttons, or leave their space empty."""
        for button in self.tab_widgets:
            button.shown = shown
            button.update()

    def set_moves(self, *, up: bool, down: bool) -> None:
        """Enable the directions in which the section can be moved."""
        self._up.setEnabled(up)
        self._down.setEnabled(down)

    def set_section(self, name: str) -> None:
        """Set the accessible names for a section."""
        self._up.set_name(self.tr("Move “{section}” up").format(section=name), "Alt+Up")
        self._down.set_name(self.tr("Move “{section}” down").format(section=name), "Alt+Down")
        self._remove.set_name(self.tr("Remove “{section}”").format(section=name))

    @property
    def tab_widgets(self) -> tuple["_QuietButton", ...]:
        """The buttons in tab order."""
        return self._up, self._down, self._remove


class _QuietButton(IconButton):
    """Icon button that is drawn only if `shown` is set, but can always be focused."""

    shown = False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown:
            super().paintEvent(event)


_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionRow(Translated, QWidget):
    """`changed` carries the current section.

    The title of a role and the heading of a custom section have a text field of their own.
    """

    changed = Signal(object)
    move_requested = Signal(int)
    remove_requested = Signal()
    left = Signal()
    """The row has lost the keyboard focus."""

    def __init__(self, appearance: Appearance, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._section = section
        self._kind = section.kind
        self._hovered = False
        self._name = Label(appearance, "ui", "text", self, strong=True)
        self._heading_label = Label(appearance, "caption", "textTertiary", self, elide=True)
        self.buttons = SectionButtons(appearance, self)
        self._title = TextField(appearance, "", self)
        self._title.edit.setObjectName("sectionTitle")
        self.field = PromptField(appearance, self, grows=True)
        self.field.edit.setObjectName("sectionText")
        self._head = QHBoxLayout()
        self._head.addWidget(self._name)
        self._head.addWidget(self._heading_label, 1)
        self._head.addWidget(self.buttons)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._title)
        self._column.addWidget(self.field)
        self._title.setVisible(self._has_title)
        self._title.set_text(section.heading_text if self._kind is SectionKind.OTHER else section.title)
        self.field.edit.set_text(section.body)
        self._title.changed.connect(self._on_title_changed)
        self.field.edit.changed.connect(self._on_body_changed)
        self.buttons.move_requested.connect(self.move_requested)
        self.buttons.remove_requested.connect(self.remove_requested)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def section(self) -> Section:
        """The current section."""
        return self._section

    @property
    def name(self) -> str:
        """The display name of the section."""
        return section_name(self._kind) or self._section.heading_text or self.tr("Unnamed")

    @property
    def has_keyboard(self) -> bool:
        """Whether the row has the keyboard focus."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def fits(self, section: Section) -> bool:
        """Return whether this row can show a section: the headings are equal, and the kind is that of the row."""
        return section.heading == self._section.heading and section.kind is self._kind

    def show_section(self, section: Section) -> None:
        """Show a changed section; unchanged parts are not touched."""
        if section != self._section:
            self._section = section
            self.field.edit.set_text(section.body)

    def focus_start(self) -> None:
        """Focus the first field to fill in."""
        if self._kind is SectionKind.OTHER:
            self._title.edit.selectAll()
        target = self._title.edit if self._has_title and not self._section.body else self.field.edit
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_cursor(self, editor: QWidget) -> bool:
        """Return whether the text field has the focus, or had it last within the editor."""
        return editor.focusWidget() is self.field.edit

    def show_position(self, start: int, end: int) -> None:
        """Select a range of the section text; a range in the heading focuses the title field."""
        begins = self._section.body_start
        if end <= begins:
            target = self._title.edit if self._has_title else self.field.edit
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.edit.show_position(max(0, start - begins), end - begins)

    @property
    def tab_widgets(self) -> tuple[QWidget, ...]:
        """The widgets in tab order: first the fields, then the buttons above them."""
        title = (self._title.edit,) if self._has_title else ()
        return (*title, self.field.edit, *self.buttons.tab_widgets)

    @property
    def _has_title(self) -> bool:
        return self._kind in {SectionKind.ROLE, SectionKind.OTHER}

    def _on_title_changed(self, title: str) -> None:
        if self._kind is SectionKind.OTHER:
            self._section = self._section.with_heading_text(title)
        else:
            self._section = self._section.with_title(title)
        self._retranslate()
        self.changed.emit(self._section)

    def _on_body_changed(self, body: str) -> None:
        self._section = self._section.with_body(body)
        self.changed.emit(self._section)

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        had, has = (widget is not None and self.isAncestorOf(widget) for widget in (old, new))
        if had != has:
            self.buttons.set_shown(shown=has or self._hovered)
        if had and not has:
            self.left.emit()

    def _show_buttons(self) -> None:
        self.buttons.set_shown(shown=self._hovered or self.has_keyboard)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("xs"))
        self._head.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        name = self.name
        own = self._kind is SectionKind.OTHER
        self._name.set_text(self.tr("Custom section") if own else name)
        heading = (
            name_in(self._section.heading_text).strip()
            if self._kind is SectionKind.ROLE
            else self._section.heading_text
        )
        self._heading_label.set_text("" if own or heading == name else heading)
        self._title.set_name(self.tr("Heading") if own else self.tr("Role name"))
        self._title.set_placeholder(self.tr("Heading") if own else self.tr("Role name, such as Travel planner"))
        self.field.edit.setAccessibleName(name)
        self.field.edit.set_hint(section_hint(self._kind))
        self.buttons.set_section(name)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the section with Alt and an arrow key."""
        step = _MOVES.get(Qt.Key(event.key()))
        if step and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier:
            self.move_requested.emit(step)
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self._show_buttons()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self._show_buttons()
        super().leaveEvent(event)
