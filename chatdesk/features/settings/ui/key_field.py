"""A button that shows the keys of a command, and records new ones."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.shortcuts import keys_of_event, native_keys
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.translations import Translated

_CENTRE = Qt.AlignmentFlag.AlignCenter
_PLAIN = Qt.KeyboardModifier.NoModifier
_MODIFIERS = {
    Qt.Key.Key_Meta: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
}
_NAMES = dict(zip(("Meta", "Ctrl", "Alt", "Shift"), _MODIFIERS.values(), strict=True))


class KeyField(Translated, QAbstractButton):
    """Shows keys as caps. A click, Enter or Space starts the recording, and the next keys are `recorded`, until `finish` is called.

    While recording, Backspace or Delete records no keys, and Esc, Enter, a second click or the loss of the focus cancels.
    """

    recorded = Signal(str)
    """The pressed keys in the portable format; empty to remove the shortcut."""
    started = Signal()
    cancelled = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._title = ""
        self._keys: tuple[str, ...] = ()
        self._is_recording = False
        self._held = ""
        """The modifiers that are held down."""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._toggle)
        appearance.changed.connect(self._restyle)

    @property
    def is_recording(self) -> bool:
        """Whether the next keys are recorded."""
        return self._is_recording

    def show_keys(self, title: str, keys: tuple[str, ...]) -> None:
        """Show the keys of the command with this title."""
        self._title, self._keys = title, tuple(map(native_keys, keys))
        self._retranslate()

    def shown(self) -> tuple[str, ...]:
        """Return the keys that are shown, as the system writes them."""
        return self._keys

    def record(self) -> None:
        """Record the next keys."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_recording(recording=True)
        self.started.emit()

    def finish(self) -> None:
        """End the recording."""
        if self._is_recording:
            self._set_recording(recording=False)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.small")

    def _toggle(self) -> None:
        if self._is_recording:
            self.cancelled.emit()
            self.finish()
        else:
            self.record()

    def _set_recording(self, *, recording: bool) -> None:
        self._is_recording, self._held = recording, ""
        self._retranslate()

    def _record(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _PLAIN
        if plain and event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            self.finish()
        elif plain and event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self.recorded.emit("")
        elif keys := keys_of_event(event):
            self.recorded.emit(keys)
        else:
            self._show_held(event)

    def _show_held(self, event: QKeyEvent) -> None:
        # Systems differ in whether the modifiers of an event include the one that is just pressed or released.
        own = _MODIFIERS.get(Qt.Key(event.key()), _PLAIN)
        others = event.modifiers() & ~own
        held = others | own if event.type() is QEvent.Type.KeyPress else others
        names = [name for name, modifier in _NAMES.items() if modifier in held]
        self._held = native_keys("+".join((*names, "A")))[:-1] if names else ""
        self._restyle()

    def _texts(self) -> tuple[str, ...]:
        if self._is_recording:
            return (f"{self._held}…" if self._held else self.tr("Press the new keys"),)
        return self._keys or (self.tr("None"),)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        keys = listed(self._keys) or self.tr("none")
        name = self.tr("Shortcut of {command}: {keys}").format(command=self._title, keys=keys)
        hint = self.tr("Backspace removes the shortcut, Esc cancels.")
        self.setAccessibleName(self.tr("Press the new keys") if self._is_recording else name)
        self.setAccessibleDescription(hint if self._is_recording else "")
        hover = self.tr("Change the shortcut") if self.isEnabled() else self.tr("This shortcut cannot be changed")
        self.setToolTip(hint if self._is_recording else hover)
        self._restyle()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        metrics, pad = QFontMetrics(theme.font("caption")), theme.length("s")
        texts = self._texts()
        width = sum(metrics.horizontalAdvance(text) + 2 * pad for text in texts) + theme.length("xs") * (len(texts) + 1)
        least = theme.length("button") * 4 if self._is_recording else 0
        return QSize(max(width, least), theme.length("buttonSmall"))

    def event(self, event: QEvent) -> bool:
        """While recording, take all keys: those of shortcuts, and Tab, which would move the focus."""
        if self._is_recording and isinstance(event, QKeyEvent):
            match event.type():
                case QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                case QEvent.Type.KeyPress:
                    self._record(event)
                    return True
                case QEvent.Type.KeyRelease:
                    self._show_held(event)
                    return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Cancel the recording, unless another window took the keyboard for a moment."""
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.finish()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.small")
        if self._is_recording:
            draw_box(painter, rect, radius, theme.color("accentSoft"), theme.color("accentBorder"))
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        painter.setFont(theme.font("caption"))
        pad, gap, height = theme.length("s"), theme.length("xs"), theme.length("size.tag")
        is_text = self._is_recording or not self._keys
        left = float(gap)
        for text in self._texts():
            width = painter.fontMetrics().horizontalAdvance(text) + 2 * pad
            cap = QRectF(left, (rect.height() - height) / 2, rect.width() - 2 * gap if is_text else width, height)
            left += width + gap
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                cap.moveRight(rect.width() - cap.left())
            if not is_text:
                border = theme.color("borderControl") if theme.scheme.high_contrast else None
                draw_box(painter, cap, theme.length("radius.tag"), theme.color("bubble"), border)
            ink = "accentText" if self._is_recording else "textSecondary" if self._keys else "textTertiary"
            draw_text(painter, cap, text, theme.color(ink), _CENTRE)
