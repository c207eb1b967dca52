"""The keyboard focus: a ring around the control that has it, and Enter for buttons.

The ring is shown if the focus was moved by a key, not by a click.
"""

from typing import Protocol, cast, runtime_checkable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QPushButton,
    QSlider,
    QWidget,
)

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_focus_ring, ring_reach

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_FOLLOWED = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ZOrderChange}
)


@runtime_checkable
class Outlined(Protocol):
    """A control that defines the outline for the focus ring."""

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline in the control's coordinates, and the radius of its corners."""


class FocusRing(QWidget):
    """An overlay that extends 4 px beyond a control. It ignores the mouse."""

    def __init__(self, appearance: Appearance, control: QWidget) -> None:
        *between, holder = _unclipped_ancestors(control, ring_reach(appearance.theme))
        super().__init__(holder)
        self._holder = holder
        self._appearance = appearance
        self._control = control
        for attribute in (
            Qt.WidgetAttribute.WA_TransparentForMouseEvents,
            Qt.WidgetAttribute.WA_NoSystemBackground,
        ):
            self.setAttribute(attribute)
        self._followed = (control, *between)
        for moved in self._followed:
            moved.installEventFilter(self)
        appearance.bind(self.follow)

    def follow(self) -> None:
        """Move to the position of the control."""
        reach = ring_reach(self._appearance.theme)
        geometry = QRect(self._control.mapTo(self._holder, QPoint(0, 0)), self._control.size())
        self.setGeometry(geometry.adjusted(-reach, -reach, reach, reach))
        self.setVisible(self._control.isVisible())
        self.raise_()
        self.update()

    def leave(self) -> None:
        """Remove the ring.

        Until Qt destroys it, it receives no more events: in a parent that Qt created, its Python object may be destroyed first.
        """
        for moved in self._followed:
            if shiboken6.isValid(moved):
                moved.removeEventFilter(self)
        self._appearance.changed.disconnect(self.follow)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the control and its ancestors."""
        if event.type() in _FOLLOWED and shiboken6.isValid(self):
            self.follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        reach = ring_reach(theme)
        if isinstance(self._control, Outlined):
            outline, radius = self._control.focus_outline()
        else:
            boxed = isinstance(self._control, QPushButton | QComboBox)
            outline = QRectF(self._control.rect())
            radius = theme.length("radius.control" if boxed else "radius.small")
        draw_focus_ring(QPainter(self), theme, outline.translated(reach, reach), radius)


class KeyboardFocus(QObject):
    """Follows the focus in the application, shows the ring where needed, and lets Enter press the focused button as Space does.

    Qt does that only in dialogs.
    """

    def __init__(self, application: QApplication, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._appearance = appearance
        self._ring: FocusRing | None = None
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press the focused button with Enter. Together with a modifier it is another key."""
        if event.type() is QEvent.Type.KeyPress and isinstance(watched, QAbstractButton):
            key = cast("QKeyEvent", event)
            is_plain = not key.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if key.key() in _ENTER and is_plain and not key.isAutoRepeat() and not _is_default_of_dialog(watched):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QAbstractButton) and shiboken6.isValid(old):
            old.removeEventFilter(self)
        if isinstance(new, QAbstractButton):
            new.installEventFilter(self)
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.leave()
        self._ring = None
        if new is not None and _wants_ring(new) and _focused_by_key(new):
            self._ring = FocusRing(self._appearance, new)


def _is_default_of_dialog(button: QAbstractButton) -> bool:
    return isinstance(button, QPushButton) and button.autoDefault()


def _unclipped_ancestors(control: QWidget, reach: int) -> list[QWidget]:
    """Return the ancestors of a control up to the first one that does not clip the ring. Scroll areas may clip it."""
    found: list[QWidget] = []
    inner = control
    while (holder := inner.parentWidget()) is not None:
        found.append(holder)
        geometry = QRect(control.mapTo(holder, QPoint(0, 0)), control.size()).adjusted(-reach, -reach, reach, reach)
        ends = holder.isWindow() or isinstance(holder.parentWidget(), QAbstractScrollArea)
        if ends or holder.rect().contains(geometry):
            break
        inner = holder
    return found


def _wants_ring(control: QWidget) -> bool:
    """Return whether a control gets a ring. Text fields have a border instead, and lists draw it in their rows."""
    return not control.isWindow() and isinstance(control, QAbstractButton | QComboBox | QSlider | Outlined)


def _focused_by_key(control: QWidget) -> bool:
    """Return whether the focus was moved by a key. Qt stores that in the window and resets it on a click."""
    return control.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
