"""The find bar at the top right of the transcript: query, number of hits, next and previous. It does not search itself."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QLocale, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_shadow, shadow_margin
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

# The texts of the find function in the current language.


class FindTexts(QObject):
    """The texts as attributes; `retranslate` applies a new language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Apply the current language."""
        self.find = self.tr("Find in this chat")
        self.match_case = self.tr("Match case")
        self.whole_words = self.tr("Whole words")
        self.previous_hit = self.tr("Previous")
        self.next_hit = self.tr("Next")
        self.close = self.tr("Close and keep the position")

    def count(self, number: int, total: int, *, searching: bool) -> str:
        """Return the number of the current hit: `3 of 17`, or `3 of 17…` while searching."""
        if not total:
            return self.tr("Searching…") if searching else self.tr("No results")
        shown = self.tr("{number} of {total}").format(
            number=QLocale().toString(number), total=QLocale().toString(total)
        )
        return f"{shown}…" if searching else shown


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_WIDTH = 420


class FindBar(Translated, QWidget):
    """The floating find bar with a shadow.

    Esc emits `left`, which returns to where the search began; the button emits `closed`, which stays. `texts` are those for searching
    something else than a chat.
    """

    query_changed = Signal(Query)
    next_requested = Signal()
    previous_requested = Signal()
    left = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, texts: FindTexts | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._texts = texts or FindTexts(self)
        self._count = Label(appearance, "caption", "textTertiary", self)
        self._count.setObjectName("findCount")
        self._count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._edit = QLineEdit(self)
        self._edit.setObjectName("findField")
        self._match_case_button = self._toggle("case-sensitive")
        self._whole_words_button = self._toggle("whole-word")
        self._previous = IconButton(appearance, "chevron-up", self, size=IconButtonSize.ROW)
        self._next = IconButton(appearance, "chevron-down", self, size=IconButtonSize.ROW)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._edit, 1)
        for part in (
            self._count,
            self._match_case_button,
            self._whole_words_button,
            self._previous,
            self._next,
            self._close,
        ):
            self._layout.addWidget(part)
        self._shown: tuple[int, int, bool] = (0, 0, False)
        self._edit.textChanged.connect(self._emit_query)
        self._edit.installEventFilter(self)
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._close.clicked.connect(self.closed)
        self.setFocusProxy(self._edit)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def query(self) -> Query:
        """The current query."""
        return Query(
            self._edit.text(),
            match_case=self._match_case_button.isChecked(),
            whole_words=self._whole_words_button.isChecked(),
        )

    def begin(self, text: str) -> None:
        """Focus the field with `text`, or with its previous text if they are empty, selected for overwriting."""
        if text:
            self._edit.setText(text)
        self._edit.selectAll()
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self, right: int, width: int) -> None:
        """Place the bar at the top of a view, its right edge at `right`, at most `width` wide."""
        theme = self._appearance.theme
        margin = shadow_margin(theme)
        total_width = min(round(_WIDTH * theme.scale), width) + 2 * margin
        self.setGeometry(
            right - total_width + margin, theme.length("s") - margin, total_width, self.sizeHint().height()
        )

    def insert_into_tab_order(self, widget: QWidget) -> None:
        """Insert the parts of the bar after `widget` in the tab order."""
        parts = (self._edit, self._match_case_button, self._whole_words_button, self._previous, self._next, self._close)
        for before, after in pairwise((widget, *parts)):
            QWidget.setTabOrder(before, after)

    @property
    def bottom(self) -> int:
        """The bottom of the bar in the view; 0 if it is hidden."""
        return self.geometry().bottom() - shadow_margin(self._appearance.theme) if self.isVisible() else 0

    def show_count(self, number: int, total: int, *, searching: bool) -> None:
        """Show the number of the current hit, 0 for none, and the total; with `searching`, the total so far."""
        self._shown = (number, total, searching)
        found = self._texts.count(number, total, searching=searching) if self._edit.text().strip() else ""
        self._count.set_text(found)
        self._next.setEnabled(total > 0)
        self._previous.setEnabled(total > 0)

    def announce(self) -> None:
        """Announce the count to screen readers."""
        if self._count.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._count.text()))

    def _toggle(self, icon: str) -> IconButton:
        button = IconButton(self._appearance, icon, self, size=IconButtonSize.ROW)
        button.setCheckable(True)
        button.toggled.connect(self._emit_query)
        return button

    def _emit_query(self) -> None:
        self.query_changed.emit(self.query)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._edit.setFont(theme.font("ui"))
        margin, inset = shadow_margin(theme), theme.length("xs")
        self._layout.setContentsMargins(margin + inset, margin + inset, margin + inset, margin + inset)
        self._layout.setSpacing(theme.length("hair"))
        self._count.setContentsMargins(theme.length("s"), 0, theme.length("xs"), 0)
        self._count.setMinimumWidth(QFontMetrics(theme.font("caption")).horizontalAdvance("000 / 000"))
        self.update()

    def _retranslate(self) -> None:
        texts = self._texts
        texts.retranslate()
        self.setAccessibleName(texts.find)
        self._edit.setAccessibleName(texts.find)
        self._edit.setPlaceholderText(texts.find)
        self._match_case_button.set_name(texts.match_case)
        self._whole_words_button.set_name(texts.whole_words)
        self._previous.set_name(texts.previous_hit, "Shift+F3")
        self._next.set_name(texts.next_hit, "F3")
        self._close.set_name(texts.close)
        self.show_count(self._shown[0], self._shown[1], searching=self._shown[2])

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Go to the next hit with Enter and back with Shift+Enter."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_requested if back else self.next_requested).emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, and find with the keys for it if no shortcut of the window does. Other keys do not reach the page below."""
        match self._appearance.shortcuts.command_of(event):
            case CommandId.FIND:
                self.begin("")
            case CommandId.FIND_NEXT:
                self.next_requested.emit()
            case CommandId.FIND_PREVIOUS:
                self.previous_requested.emit()
            case _ if event.key() == Qt.Key.Key_Escape:
                self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        margin = shadow_margin(theme)
        background = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter = QPainter(self)
        draw_shadow(painter, theme, background, theme.length("card"))
        draw_box(painter, background, theme.length("card"), theme.color("raised"), theme.color("borderDefault"))
