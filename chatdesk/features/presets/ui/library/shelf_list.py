"""The first column of the library: the shelves, and the categories that have presets."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.preset_shelves import Place, Shelf
from chatdesk.features.presets.ui.library.library_words import place_icon, place_name
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

# A row of the library's first column: icon, words, and how many presets stand there.

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ShelfButton(QAbstractButton):
    """Checked = what is being shown. Its ground is quiet: the accent is for the preset that is chosen there."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._count = ""
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_words(self, words: str, count: int) -> None:
        """Show other words."""
        self._count = str(count)
        self.setText(words)
        self.setAccessibleName(f"{words}, {count}")
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius: in a list it lies inside the row."""
        theme = self._appearance.theme
        reach = theme.stroke("focus") + theme.stroke("focusOffset")
        radius = theme.length("radius.control")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), radius - reach

    def _restyle(self) -> None:
        metrics = QFontMetrics(self._appearance.theme.font("ui", strong=True))
        self.setToolTip(self.text() if metrics.horizontalAdvance(self.text()) > self._words_rect().width() else "")
        self.updateGeometry()
        self.update()

    def _words_rect(self) -> QRectF:
        theme = self._appearance.theme
        pad, size = theme.length("s"), theme.length("icon.ui")
        count = QFontMetrics(theme.font("ui")).horizontalAdvance(self._count)
        return QRectF(self.rect()).adjusted(2 * pad + size, 0, -2 * pad - count, 0)

    def sizeHint(self) -> QSize:
        return QSize(0, self._appearance.theme.length("rowSidebar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        if state.checked:
            border = theme.color("borderControl") if theme.scheme.high_contrast else None
            draw_box(painter, rect, radius, theme.color("bubble"), border)
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        pad, size = theme.length("s"), theme.length("icon.ui")
        icon, words = QRectF(pad, 0, size, rect.height()), self._words_rect()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon.moveRight(rect.right() - pad)
            words.moveRight(rect.right() - 2 * pad - size)
        ink = theme.color("text" if state.checked else "textSecondary")
        draw_icon(painter, theme, self._icon, ink, icon, size)
        painter.setFont(theme.font("ui", strong=state.checked))
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        draw_words(painter, words, name, theme.color("text"), _START)
        painter.setFont(theme.font("ui"))
        draw_words(painter, rect.adjusted(pad, 0, -pad, 0), self._count, theme.color("textTertiary"), _END)


class ShelfList(Translated, QScrollArea):
    """Tab reaches the one that is shown from what stands before it, `after`; the arrow keys go from one to the next."""

    chosen = Signal(Place)

    def __init__(self, appearance: Appearance, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._after = after
        self._counts: Mapping[Place, int] = {}
        self._buttons: dict[Place, ShelfButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # while something is searched for, none is on
        self._content = QWidget()
        self._head = Label(appearance, "caption", "textTertiary", self._content, strong=True)
        self._layout = QVBoxLayout(self._content)
        self._layout.addWidget(self._head)
        self._layout.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_counts(self, counts: Mapping[Place, int]) -> None:
        """Show these places, in this order."""
        self._counts = counts
        for place in self._buttons.keys() - counts.keys():
            button = self._buttons.pop(place)
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._layout.removeWidget(self._head)
        categories = False
        for number, place in enumerate(counts):
            if place.shelf is Shelf.CATEGORY and not categories:
                self._layout.insertWidget(number, self._head)
                categories = True
            button = self._buttons.get(place) or self._add(place)
            self._layout.removeWidget(button)
            self._layout.insertWidget(number + categories, button)
        before = self._after
        for place in counts:  # Tab goes as one reads, whenever a row was made
            QWidget.setTabOrder(before, self._buttons[place])
            before = self._buttons[place]
        self._head.setVisible(categories)
        self._retranslate()

    def show_current(self, place: Place | None) -> None:
        """Mark what is shown; None marks nothing."""
        for each, button in self._buttons.items():
            button.setChecked(each == place)
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus
                if each == place or (place is None and each.shelf is Shelf.ALL)
                else Qt.FocusPolicy.ClickFocus
            )

    def _add(self, place: Place) -> ShelfButton:
        button = self._buttons[place] = ShelfButton(self._appearance, place_icon(place), self._content)
        button.setObjectName(f"shelf.{place.category or place.shelf}")
        button.clicked.connect(lambda: self.chosen.emit(place))
        self._group.addButton(button)
        button.show()
        return button

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("s")
        self._layout.setContentsMargins(side, theme.length("m"), side, theme.length("m"))
        self._layout.setSpacing(0)
        self._head.setContentsMargins(side, theme.length("l"), side, theme.length("xs"))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Shelves"))
        self._head.set_text(self.tr("Categories"))
        for place, button in self._buttons.items():
            button.set_words(place_name(place), self._counts.get(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        places = list(self._counts)
        here = next((number for number, place in enumerate(places) if self._buttons[place].hasFocus()), None)
        if not step or here is None or not 0 <= here + step < len(places):
            event.ignore()
            return
        place = places[here + step]
        self.chosen.emit(place)
        self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self._buttons[place])
