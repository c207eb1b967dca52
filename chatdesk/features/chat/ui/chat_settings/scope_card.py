"""The card of one scope of instructions: its origin, its tokens and its text, which can be edited where it is stored."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.chat.instructions import Scope
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.forms.instructions_field import InstructionsField
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.text.counts import token_count
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

_SHOWN_LINES = 3
_MAX_LINES = 16
_ICONS = {
    Scope.ALL_CHATS: "users",
    Scope.FOLDER: "folder",
    Scope.MODEL: "cpu",
    Scope.PRESET: "graduation-cap",
    Scope.CHAT: "message-square",
}


@dataclass(frozen=True, slots=True)
class ScopeInstructions:
    """The instructions of one scope. `text` is what is sent, `own` what the user has entered, `name` that of folder, model or preset."""

    scope: Scope
    text: str
    own: str = ""
    name: str = ""
    can_edit: bool = True
    new_version: bool = False
    """Whether the library has another version of the preset than this chat."""


class ScopeCard(Translated, QWidget):
    """The card of one scope: its origin, tokens and text, or a dashed row with *Add* if it has none.

    Texts of all chats, a folder and a model are edited in the card; `edited` carries such a text. `edit_requested` is
    emitted for the others.
    """

    edited = Signal(str, str)
    edit_requested = Signal(str)
    new_version_requested = Signal()

    def __init__(self, appearance: Appearance, instructions: ScopeInstructions, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.instructions = instructions
        self.setObjectName(f"scope.{instructions.scope.value}")
        self._expanded = False
        self._field: InstructionsField | None = None
        self._title = Label(appearance, "ui", "text", self, strong=bool(instructions.text), elide=True)
        self._tokens = Label(appearance, "caption", "textSecondary", self)
        self._text = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._whole: LinesEdit | None = None
        self._show_all, self._edit, self._new_version = (
            Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText") for _ in range(3)
        )
        for button, name in (
            (self._show_all, "showAll"),
            (self._edit, "edit"),
            (self._new_version, "useNewVersion"),
        ):
            button.setObjectName(f"{name}.{instructions.scope.value}")
        self._show_all.clicked.connect(self._toggle_expanded)
        self._edit.clicked.connect(self._on_edit)
        self._new_version.clicked.connect(self.new_version_requested)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._tokens)
        self._links = QHBoxLayout()
        for button in (self._show_all, self._new_version):
            self._links.addWidget(button)
        self._body = QVBoxLayout()
        self._body.addLayout(self._head)
        self._body.addWidget(self._text)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._body)
        self._column.addLayout(self._links)
        (self._links if instructions.text else self._head).addWidget(self._edit)
        if instructions.text:
            self._links.addStretch(1)
        appearance.bind(self._restyle)
        self._retranslate()
        self._show_state()

    def show_scope(self, instructions: ScopeInstructions) -> None:
        """Update the texts while a text is being edited here."""
        self.instructions = instructions
        self._retranslate()

    @property
    def is_editing(self) -> bool:
        """Whether the text is being edited."""
        return self._field is not None

    def flush(self) -> None:
        """Report what has been entered and not reported yet."""
        if self._field:
            self._field.flush()

    def _on_edit(self) -> None:
        if self.instructions.scope in {Scope.PRESET, Scope.CHAT}:
            self.edit_requested.emit(self.instructions.scope.value)
        elif self._field:
            self._end_editing()
        else:
            self._begin_editing()

    def _begin_editing(self) -> None:
        field = self._field = InstructionsField(
            self._appearance, self, object_name=f"instructions.{self.instructions.scope.value}"
        )
        field.set_labels(self._title.text(), self.tr("How should it answer?"))
        field.hide_label()
        field.show_text(self.instructions.own)
        field.changed.connect(lambda text: self.edited.emit(self.instructions.scope.value, text))
        self._body.insertWidget(1, field)
        self._links.insertWidget(0, self._edit)
        self._links.addStretch(1)
        self._restyle()
        self._retranslate()
        self._show_state()
        field.focus()

    def _end_editing(self) -> None:
        if field := self._field:
            self._field = None
            field.flush()
            field.hide()
            field.deleteLater()
            self.edited.emit(self.instructions.scope.value, field.text)

    def _toggle_expanded(self) -> None:
        self._expanded = not self._expanded
        if self._expanded and self._whole is None:
            self._whole = LinesEdit(self._appearance, self, lines=_SHOWN_LINES, max_lines=_MAX_LINES, font="ui")
            self._whole.edit.setReadOnly(True)
            self._whole.edit.setAccessibleName(self._title.text())
            self._whole.edit.setObjectName(f"whole.{self.instructions.scope.value}")
            self._whole.set_text(self.instructions.text)
            self._body.insertWidget(2, self._whole)
        self._show_state()
        self._retranslate()

    def _show_state(self) -> None:
        editing, has_text = self.is_editing, bool(self.instructions.text)
        self._text.setVisible(has_text and not editing and not self._expanded)
        if self._whole:
            self._whole.setVisible(self._expanded and not editing)
        self._tokens.setVisible(has_text)
        self._edit.setVisible(self.instructions.can_edit)
        self._new_version.setVisible(self.instructions.new_version and not editing)
        self._cut_text()
        self.update()

    def _cut_text(self) -> None:
        """Show the first lines of the text, with an ellipsis if there are more."""
        text, width = self.instructions.text, self._text.width()
        most = _SHOWN_LINES * self._appearance.theme.line("ui")
        self._text.set_text(text)
        if is_long := self._text.heightForWidth(width) > most:
            low, high = 0, min(len(text), 2_000)
            while low < high:
                middle = (low + high + 1) // 2
                self._text.set_text(f"{text[:middle].rstrip()}…")
                low, high = (middle, high) if self._text.heightForWidth(width) <= most else (low, middle - 1)
            self._text.set_text(f"{text[:low].rstrip()}…")
        self._show_all.setVisible((is_long or self._expanded) and not self.is_editing)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad, icon = theme.length("m"), theme.length("icon.ui")
        has_box = bool(self.instructions.text) or self.is_editing
        vertical = pad if has_box else theme.length("hair")
        # Links are aligned with the text: their own padding is as wide as the margin.
        self._column.setContentsMargins(0, vertical, 0, vertical)
        self._column.setSpacing(theme.length("hair"))
        self._body.setContentsMargins(pad, 0, pad if has_box else 0, 0)
        self._body.setSpacing(theme.length("xs"))
        for button in (self._show_all, self._edit, self._new_version):
            button.setFixedHeight(theme.line("ui") if has_box else theme.length("buttonSmall"))
        self._head.setContentsMargins(icon + theme.length("s"), 0, 0, 0)
        self._head.setSpacing(theme.length("s"))
        self._links.setSpacing(0)
        if not has_box:
            self.setMinimumHeight(theme.length("rowSidebar"))
        self.update()

    def _retranslate(self) -> None:
        instructions = self.instructions
        titles = {
            Scope.ALL_CHATS: self.tr("All chats"),
            Scope.FOLDER: self.tr("Folder · {name}"),
            Scope.MODEL: self.tr("Model · {name}"),
            Scope.PRESET: self.tr("Preset · {name}") if instructions.name else self.tr("Preset"),
            Scope.CHAT: self.tr("This chat"),
        }
        self._title.set_text(titles[instructions.scope].format(name=instructions.name))
        self._tokens.set_text(token_count(estimate_tokens(instructions.text)))
        self._show_all.setText(self.tr("Show less") if self._expanded else self.tr("Show all"))
        self._new_version.setText(self.tr("Use the new version"))
        edit = self.tr("Done") if self.is_editing else self.tr("Edit") if instructions.text else self.tr("Add")
        self._edit.setText(edit)
        self._edit.setAccessibleName(f"{edit}: {self._title.text()}")
        self._show_all.setAccessibleName(f"{self._show_all.text()}: {self._title.text()}")
        self.setAccessibleName(self._title.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut_text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        has_box = bool(self.instructions.text) or self.is_editing
        pen = QPen(theme.color("borderSubtle" if has_box else "borderDefault"), theme.stroke("border"))
        if not has_box:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("page" if has_box else "sidebar"))
        radius = theme.length("radius.control")
        painter.drawRoundedRect(box, radius, radius)
        size = theme.length("icon.ui")
        head = self._title.geometry()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - theme.length("m") - size if mirrored else theme.length("m")
        draw_icon(
            painter,
            theme,
            _ICONS[self.instructions.scope],
            theme.color("textSecondary"),
            QRectF(left, head.top(), size, head.height()),
            size,
        )
