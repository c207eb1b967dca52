"""The column at the left of the settings: the way back to the chats, and the sections."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.ui_kit.feature import Section
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated

# One row of the column at the left of the settings: an icon and words, in a narrow column the icon alone.

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SectionButton(QAbstractButton):
    """Checked = the section being shown. `hint` stands at the end of the row: a key."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._hint = ""
        self._compact = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_words(self, words: str, hint: str = "") -> None:
        """Show other words."""
        self._hint = hint
        self.setText(words)
        self.setAccessibleName(words)
        self._restyle()

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon alone, or the words too."""
        self._compact = compact
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius: in a list it lies inside the row."""
        reach = self._appearance.theme.stroke("focus") + self._appearance.theme.stroke("focusOffset")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), self._radius - reach

    @property
    def _radius(self) -> int:
        return self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.setToolTip(self.text() if self._compact else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        width = theme.length("rowSidebar")
        if not self._compact:
            metrics = QFontMetrics(theme.font("ui"))
            words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._hint)
            width += words + 2 * theme.length("s")
        return QSize(width, theme.length("rowSidebar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if state.checked:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, rect, self._radius, theme.color("selected"), border)
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, self._radius, fill=overlay)
        size, pad = theme.length("icon.ui"), theme.length("s")
        place = QRectF(rect) if self._compact else QRectF(pad, 0, size, rect.height())
        words = rect.adjusted(size + 2 * pad, 0, -pad, 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and not self._compact:
            place.moveRight(rect.right() - pad)
            words = rect.adjusted(pad, 0, -size - 2 * pad, 0)
        draw_icon(
            painter, theme, self._icon, theme.color("accentText" if state.checked else "textSecondary"), place, size
        )
        if self._compact:
            return
        painter.setFont(theme.font("ui"))
        draw_words(painter, words, self.text(), theme.color("text"), _START)
        draw_words(painter, words, self._hint, theme.color("textTertiary"), _END)


class SectionList(Translated, QWidget):
    """Tab reaches the section that is shown, the arrow keys go from one to the next."""

    back_requested = Signal()
    section_chosen = Signal(str)

    def __init__(self, appearance: Appearance, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sections = sections
        self._compact = False
        self._back = SectionButton(appearance, "arrow-left", self)
        self._back.setObjectName("backToChats")
        self._back.clicked.connect(self.back_requested)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, SectionButton] = {}
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._back)
        self._layout.addSpacing(appearance.theme.length("s"))
        for section in sections:
            button = self._buttons[section.name] = SectionButton(appearance, section.icon, self)
            button.setObjectName(f"section.{section.name}")
            button.setCheckable(True)
            button.toggled.connect(self._announce)
            self._group.addButton(button)
            self._layout.addWidget(button)
        self._layout.addStretch(1)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        appearance.bind(self._restyle)
        self._retranslate()

    def choose(self, section: str) -> None:
        """Show a section as chosen."""
        self._buttons[section].setChecked(True)

    def current(self) -> str:
        """Return the section that is chosen; empty before the first one is."""
        return next((name for name, button in self._buttons.items() if button.isChecked()), "")

    def words_of(self, section: str) -> str:
        """Return a section's name in the language of now."""
        return self._buttons[section].text()

    def focus(self) -> None:
        """Put the keyboard on the section that is shown."""
        self._buttons[self.current()].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, *, compact: bool) -> None:
        """Show icons alone, or words too."""
        if compact != self._compact:
            self._compact = compact
            self._restyle()

    def _announce(self, checked: bool) -> None:
        if checked:
            self.section_chosen.emit(self.current())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setPalette(make_palette(theme, "sidebar"))
        pad = theme.length("s")
        self._layout.setContentsMargins(pad, pad, pad + 1, pad)
        self._layout.setSpacing(0)
        self.setFixedWidth(theme.length("rowSidebar") + 2 * pad + 1 if self._compact else theme.length("sidebarWidth"))
        for button in (self._back, *self._buttons.values()):
            button.set_compact(compact=self._compact)
        self.update()

    def _retranslate(self) -> None:
        keys = QKeySequence(Qt.Key.Key_Escape).toString(QKeySequence.SequenceFormat.NativeText)
        self._back.set_words(self.tr("Back to chats"), keys)
        for section in self._sections:
            self._buttons[section.name].set_words(QCoreApplication.translate("SectionList", section.title))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._appearance.theme.color("borderSubtle")
        x = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 1
        draw_line(painter, QPointF(x, 0), self.height(), color, vertical=True)
