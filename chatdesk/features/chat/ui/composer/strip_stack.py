"""The strips above the composer: what prevents sending, what would be lost, what is ready, and hints. One is shown at a time."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.composer import StripRank
from chatdesk.ui_kit.widgets.button import Button, ButtonKind


class StripStack(QWidget):
    """Shows the most important of the strips that are not hidden. Of equally important ones the latest is shown.

    A strip says by `show()` and `hide()` whether it has something to say; its holder is visible while it is the one shown.
    """

    changed = Signal()
    """Another strip is shown, or none."""
    focus_lost = Signal()
    """The strip with the keyboard focus is no longer shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holders: dict[QWidget, QWidget] = {}
        """The holder of each strip, the one shown latest last."""
        self._ranks: dict[QWidget, StripRank] = {}
        self._shown: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    @property
    def shown(self) -> QWidget | None:
        """The strip that is shown now."""
        return self._shown

    @property
    def obstacle(self) -> QWidget | None:
        """The strip that prevents sending."""
        return self._shown if self._shown and self._ranks[self._shown] is StripRank.CANNOT_SEND else None

    def focus(self) -> None:
        """Focus the best button of the strip that is shown."""
        buttons = [each for each in (self._shown or self).findChildren(Button) if each.isVisible()]
        best = min(buttons, key=lambda button: button.kind is not ButtonKind.FILLED, default=None)
        if best:
            best.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self, strip: QWidget, rank: StripRank) -> None:
        """Add a strip, or change the rank of one."""
        if strip not in self._holders:
            holder = QWidget(self)
            holder.hide()
            layout = QVBoxLayout(holder)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(strip)
            self._layout.addWidget(holder)
            self._holders[strip] = holder
            strip.installEventFilter(self)
        self._ranks[strip] = rank
        self._arrange()

    def _forget(self, strip: QWidget) -> None:
        """Remove a strip that is being deleted."""
        strip.hide()
        del self._ranks[strip]
        self._holders.pop(strip).deleteLater()

    def _arrange(self) -> None:
        wanted = [strip for strip in self._holders if not strip.isHidden()]
        before, self._shown = self._shown, min(reversed(wanted), key=self._ranks.__getitem__, default=None)
        focused = QApplication.focusWidget()
        lost = focused is not None and before is not None and before is not self._shown and before.isAncestorOf(focused)
        for strip, holder in tuple(self._holders.items()):  # showing a holder may show its strip for the first time
            holder.setVisible(strip is self._shown)
        self.setVisible(self._shown is not None)
        if lost:
            self.focus_lost.emit()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and watched in self._holders:
            match event.type():
                case QEvent.Type.ShowToParent:
                    self._holders[watched] = self._holders.pop(watched)
                    self._arrange()
                case QEvent.Type.HideToParent:
                    self._arrange()
                case QEvent.Type.DeferredDelete:
                    self._forget(watched)
        return super().eventFilter(watched, event)
