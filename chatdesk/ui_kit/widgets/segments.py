"""A segmented control: a choice between a few options that are all visible."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.tokens import Scheme


class Segments(QWidget):
    """A segmented control, 32 px high. Tab moves to the selected segment, arrow keys select. `chosen` carries the key of a segment.

    A `stretched` one fills the width, which its segments share equally as far as their labels allow.
    """

    chosen = Signal(str)

    def __init__(
        self, appearance: Appearance, name: str, parent: QWidget | None = None, *, stretched: bool = False
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._stretched = stretched
        self._segments: dict[str, _Segment] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if stretched else QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed
        )
        appearance.bind(self._restyle)

    def set_segments(self, segments: Sequence[tuple[str, str]]) -> None:
        """Set the segments as pairs of key and label. The selection is kept if possible, otherwise the first segment is selected.

        Existing segments keep their widgets, so a change of the language does not move the focus.
        """
        key = self.key()
        old = self._segments
        kept = {name: old.pop(name) if name in old else self._new_segment() for name, _words in segments}
        had_focus = any(segment.hasFocus() for segment in old.values())
        self._segments = kept
        for index, (name, text) in enumerate(segments):
            segment = kept[name]
            segment.set_labels(text)
            self._layout.insertWidget(index, segment)
            # A layout shows new widgets slightly later; until then they cannot get the focus.
            segment.show()
        if kept:
            self.choose(key if key in kept else segments[0][0])
        if had_focus and kept:
            kept[self.key()].setFocus(Qt.FocusReason.OtherFocusReason)
        for segment in old.values():
            self._layout.removeWidget(segment)
            segment.hide()
            segment.deleteLater()

    def key(self) -> str:
        """Return the key of the selected segment; empty if there are none."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def choose(self, key: str) -> None:
        """Select a segment without emitting a signal."""
        self._segments[key].setChecked(True)

    def focus(self) -> None:
        """Focus the selected segment."""
        if segment := self._segments.get(self.key()):
            segment.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_badge(self, key: str, text: str, ink: str = "warning") -> None:
        """Show a short count after a segment's label, in a status colour; an empty text removes it."""
        self._segments[key].set_badge(text, ink)

    def _new_segment(self) -> "_Segment":
        segment = _Segment(self._appearance, self, stretched=self._stretched)
        segment.clicked.connect(self._announce)
        return segment

    def _announce(self) -> None:
        self.chosen.emit(self.key())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(*[theme.length("hair")] * 4)
        self.setFixedHeight(theme.length("button"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        border = theme.color("borderDefault") if theme.scheme.high_contrast else None
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.control"), theme.color("bubble"), border)


class _Segment(QAbstractButton):
    """A segment. `autoExclusive` makes segments mutually exclusive and lets arrow keys move between them."""

    def __init__(self, appearance: Appearance, parent: QWidget, *, stretched: bool) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._stretched = stretched
        self._badge = ""
        self._badge_ink = "warning"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding if stretched else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        )
        appearance.changed.connect(self._restyle)

    def set_labels(self, text: str) -> None:
        """Change the label."""
        self.setText(text)
        self._update_accessible_name()
        self._restyle()

    def set_badge(self, text: str, ink: str) -> None:
        """Show a count after the label."""
        if (text, ink) != (self._badge, self._badge_ink):
            self._badge, self._badge_ink = text, ink
            self._update_accessible_name()
            self._restyle()

    def _update_accessible_name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._badge}" if self._badge else self.text())

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.small")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for semibold text, so that nothing moves when another segment is selected."""
        theme = self._appearance.theme
        text = QFontMetrics(theme.font("ui", strong=True)).horizontalAdvance(self.text())
        pad = theme.length("xs" if self._stretched else "m")
        return QSize(text + self._badge_space + 2 * pad, theme.length("buttonSmall"))

    @property
    def _badge_space(self) -> int:
        return self._badge_width + self._appearance.theme.length("s") if self._badge else 0

    @property
    def _badge_width(self) -> int:
        theme = self._appearance.theme
        text = QFontMetrics(theme.font("caption", strong=True)).horizontalAdvance(self._badge)
        return text + 2 * theme.length("xs")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.small")
        if state.checked:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            # Lighter than the track in both themes: a darker one would look pressed.
            fill = "borderDefault" if theme.scheme is Scheme.DARK else "raised"
            draw_box(painter, rect, radius, theme.color(fill), border)
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        painter.setFont(theme.font("ui", strong=state.checked))
        ink = "textDisabled" if not state.enabled else "text" if state.checked else "textSecondary"
        draw_text(painter, rect.adjusted(0, 0, -self._badge_space, 0), self.text(), theme.color(ink))
        if self._badge:
            height = theme.line("caption") + theme.length("hair")
            left = rect.right() - theme.length("m") - self._badge_width
            badge = QRectF(left, (rect.height() - height) / 2, self._badge_width, height)
            draw_box(painter, badge, theme.length("radius.tag"), theme.color(f"{self._badge_ink}Soft"))
            painter.setFont(theme.font("caption", strong=True))
            draw_text(painter, badge, self._badge, theme.color(self._badge_ink))
