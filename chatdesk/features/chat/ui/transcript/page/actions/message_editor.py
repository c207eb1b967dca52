"""Editing a message where it stands: its source in a frame in its place, with Cancel and what is done with it under that."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.message_edit import MessageEdit
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.ui_kit.pictures.picture_chips import PictureChips
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.widgets.button import Button, ButtonKind

_LEAST_LINES = 12
"""What an editor may always grow to."""


class MessageEditor(QWidget):
    """Lives while one message is edited. Its height follows the text; who shows it gives it place and width.

    A question is sent by the key that sends; an answer, which has many lines, is saved with Ctrl+Enter always.
    """

    accepted = Signal(str)
    edited = Signal()
    cancelled = Signal()
    height_changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        source: str,
        parent: QWidget,
        *,
        is_question: bool,
        pictures: Sequence[ImagePart] = (),
        store: PictureStore | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_question = is_question
        self._source = ""
        self._most_height = 0
        self._appearance = appearance
        self._edit = MessageEdit(appearance, self)
        self._source_pictures = tuple(pictures)
        self._chips = PictureChips(appearance, store or PictureStore(self), self._edit, self)
        self._chips.show_pictures(pictures)
        self._chips.removed.connect(self._picture_taken_off)
        self._chips.emptied.connect(self.focus)
        self._cancel = Button(appearance, "", parent=self, small=True)
        self._accept = Button(appearance, "", ButtonKind.FILLED, self, small=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._accept)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._chips)
        self._layout.addWidget(self._edit)
        self._layout.addLayout(buttons)
        self._edit.setTabChangesFocus(True)
        self._edit.sent.connect(self._accept_text)
        self._edit.height_changed.connect(self._fit)
        self._edit.focus_changed.connect(self.update)
        self._edit.document().contentsChanged.connect(self._show_state)
        self._cancel.clicked.connect(self.cancelled)
        self._accept.clicked.connect(self._accept_text)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.set_send_key("enter")
        self.set_text(source)
        self._source = self._edit.text()

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the message."""
        return self._edit.text() != self._source or self.pictures() != self._source_pictures

    def pictures(self) -> tuple[ImagePart, ...]:
        """Return the pictures that still go along."""
        return self._chips.pictures()

    def set_pictures(self, pictures: Sequence[ImagePart]) -> None:
        """Go on with those that were left before."""
        self._chips.show_pictures(pictures)
        self._picture_taken_off()

    def text(self) -> str:
        """Return what is typed."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Go on with a text that was typed before: a question at its end, an answer, which is read before it is changed, at its top."""
        self._edit.set_text(text, at_end=self.is_question)
        self._show_state()

    def set_send_key(self, key: str) -> None:
        """Send a question with "enter" or "ctrl_enter": a value of the setting `chat.send_key`."""
        self._edit.set_send_key(key if self.is_question else "ctrl_enter")

    def set_most_height(self, height: int) -> None:
        """Grow no taller than `height` px; more text scrolls."""
        if height != self._most_height:
            self._most_height = height
            self._restyle()

    def focus(self) -> None:
        """Put the cursor into the text."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept_text(self) -> None:
        if self._says_something:
            self.accepted.emit(self._edit.text())

    @property
    def _says_something(self) -> bool:
        return self._edit.has_text or bool(self.pictures())

    def _picture_taken_off(self) -> None:
        self._restyle()
        self._show_state()

    def _show_state(self) -> None:
        self._accept.setEnabled(self._says_something)
        self.edited.emit()

    def _fit(self) -> None:
        self._layout.activate()
        self.height_changed.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("m")
        self._layout.setContentsMargins(theme.length("l"), margin, margin, margin)
        self._layout.setSpacing(theme.length("s"))
        chips = self._chips.height() + theme.length("s") if self.pictures() else 0
        around = 3 * margin + theme.length("buttonSmall") + chips
        self._edit.set_most_height(max(_LEAST_LINES * theme.line("reading"), self._most_height - around))
        self._fit()

    def _retranslate(self) -> None:
        question = self.is_question
        self._edit.setAccessibleName(self.tr("Edit the question") if question else self.tr("Edit the answer"))
        self._cancel.setText(self.tr("Cancel"))
        self._accept.setText(self.tr("Send") if question else self.tr("Save"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps out."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, in the accent while the keyboard is in it."""
        theme = self._appearance.theme
        focused = self._edit.hasFocus()
        border = theme.color("accent" if focused else "borderDefault")
        width = theme.stroke("focus") if focused else theme.stroke("border")
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.card"), theme.color("raised"), border, width)
