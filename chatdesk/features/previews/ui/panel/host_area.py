"""Area that runs a page, shows it in a given size, and explains why no page is running."""

from collections.abc import Callable, Sequence
from typing import assert_never

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.previews.ui.panel.devices import Device, ViewSize
from chatdesk.features.previews.ui.panel.page_state import PageState
from chatdesk.features.previews.ui.panel.page_strips import PageStrips
from chatdesk.features.previews.ui.panel.preview_host import (
    NO_MEMORY,
    ConsoleLine,
    Ending,
    Obstacle,
    PageMemory,
    PreviewEvents,
    PreviewHost,
    PreviewHosts,
    obstacle_text,
)
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class StateCard(QWidget):
    """Card in place of the page while no page runs: the reason and buttons for what to do.

    `chosen` carries the key of a button. The first button is the recommended one.
    """

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = IconLabel(appearance, "info", "textTertiary", self, size="xxl")
        self._title = Label(appearance, "label", "text", self, wrap=True)
        self._title.setObjectName("stateTitle")
        self._reason = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._reason.setObjectName("stateReason")
        for label in (self._title, self._reason):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._buttons = QHBoxLayout()
        self._column = QVBoxLayout()
        self._column.addStretch(2)
        self._column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._title)
        self._column.addWidget(self._reason)
        self._column.addLayout(self._buttons)
        self._column.addStretch(3)
        self._layout = QHBoxLayout(self)
        self._layout.addStretch(1)
        self._layout.addLayout(self._column, 6)
        self._layout.addStretch(1)
        appearance.bind(self._restyle)

    def show_state(
        self, icon: str, color: str, title: str, reason: str, buttons: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show a state. Each button is a pair of key and label."""
        self._icon.set_icon(icon, color)
        self._title.set_text(title)
        self._reason.set_text(reason)
        self.setAccessibleName(f"{title}. {reason}")
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch(1)
        for index, (key, label) in enumerate(buttons):
            kind = ButtonKind.OUTLINED if index else ButtonKind.FILLED
            button = Button(self._appearance, label, kind, self)
            button.setObjectName(f"state.{key}")
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._buttons.addWidget(button)
            button.show()
        self._buttons.addStretch(1)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._buttons.setSpacing(theme.length("s"))
        self._buttons.setContentsMargins(0, theme.length("s"), 0, 0)


_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 3.0)


def _do_nothing() -> None:
    """Default for callbacks."""


class PreviewHostArea(Translated, QWidget):
    """Runs one page. Its host is created when the first page runs. `state_action_chosen`: "restart", "code", "save" or "outside"."""

    state_changed = Signal()
    console_changed = Signal()
    blocked_changed = Signal()
    state_action_chosen = Signal(str)
    created = Signal(PreviewEvents)
    """The host was created and has these events."""
    stored = Signal(str, tuple)
    """A page stored data, see `PreviewEvents.stored`."""
    storage_consent_given = Signal(str, bool)
    """The user answered whether the page with this memory key may keep its data."""

    def __init__(self, appearance: Appearance, preview_hosts: PreviewHosts, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preview_hosts = preview_hosts
        self._host: PreviewHost | None = None
        self._content = b""
        self.memory = NO_MEMORY
        """What the page stored in its last run. The owner of the stored data keeps this up to date."""
        self._state = PageState.EMPTY
        self._ending = Ending.STOPPED
        self._obstacle: Obstacle | None = None
        self._size = ViewSize()
        self._card = StateCard(appearance, self)
        self._card.setObjectName("stageState")
        self._card.chosen.connect(self.state_action_chosen)
        self._strips = PageStrips(appearance, self)
        self._strips.stop_requested.connect(self._stop)
        self._strips.pointer_granted.connect(self._grant_pointer)
        self._strips.storage_consent_given.connect(lambda kept: self.storage_consent_given.emit(self.memory.key, kept))
        self._overlay = _Overlay(self)
        self._overlay.resized.connect(self._arrange)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strips)
        layout.addWidget(self._overlay, 1)
        self._card.setParent(self._overlay)
        appearance.changed.connect(self.update)
        self._show_state()

    @property
    def state(self) -> PageState:
        return self._state

    @property
    def has_host(self) -> bool:
        """Whether a host exists. Each host occupies the memory of one page."""
        return self._host is not None

    @property
    def is_unloaded(self) -> bool:
        """Whether the page was unloaded to save memory."""
        return self._state is PageState.UNLOADED

    @property
    def console(self) -> tuple[ConsoleLine, ...]:
        """The lines the page has written to its console."""
        return tuple(self._host.console) if self._host else ()

    @property
    def errors(self) -> int:
        """The number of errors of the page."""
        return self._host.errors if self._host else 0

    @property
    def blocked(self) -> dict[str, int]:
        """The blocked hosts and the number of requests to each."""
        return dict(self._host.blocked) if self._host else {}

    @property
    def size_shown(self) -> ViewSize:
        """The size in which the page is shown."""
        return self._size

    def run(self, content: bytes, memory: PageMemory = NO_MEMORY) -> None:
        """Start a page from the beginning if pages can run on this machine."""
        self._content, self.memory = content, memory
        self._strips.hide_all()
        if self._host is None:
            self._obstacle = self._preview_hosts.obstacle()
            if self._obstacle is None:
                self._create_host()
        if self._host is None:
            self._set_state(PageState.BLOCKED)
            return
        self._host.open(content, memory)
        self._set_state(PageState.RUNNING)
        self._arrange()
        self.console_changed.emit()
        self.blocked_changed.emit()

    def wait(self) -> None:
        """Run no page because the code is not complete yet."""
        self._close_page()
        self._set_state(PageState.WAITING)

    def close_page(self, then: Callable[[], None] = _do_nothing) -> None:
        """Close the page. Call `then` once the page has reported its stored data, if that is kept."""
        self._close_page(then)
        self._set_state(PageState.EMPTY)

    def reload(self) -> None:
        """Restart the same page with the data it has stored so far, if that is kept."""
        content = self._content
        if content and self._state is not PageState.WAITING:
            self.request_stored_items(lambda: self.run(content, self.memory) if content is self._content else None)

    def ask_storage_consent(self) -> None:
        """Ask once whether the page may keep the data it stores."""
        self._strips.ask_storage_consent()

    def request_stored_items(self, then: Callable[[], None]) -> None:
        """Call `then` once the page has reported its stored data: at once unless the data is kept and the page is alive."""
        if self._host and self.memory.is_persistent and self._state in {PageState.RUNNING, PageState.PAUSED}:
            self._host.request_stored_items(then)
        else:
            then()

    def unload(self) -> None:
        """End the page to save memory. Its content is kept, so that `restart_unloaded` can start it again."""
        host, self._host = self._host, None
        if host is None:
            return
        host.close_page()
        host.widget.hide()
        host.widget.deleteLater()
        self._strips.hide_all()
        if self._state in {PageState.RUNNING, PageState.PAUSED}:
            self._set_state(PageState.UNLOADED)

    def restart_unloaded(self) -> None:
        """Start a page again that was unloaded, and say so."""
        if self.is_unloaded:
            self.run(self._content, self.memory)
            if self.has_host:
                self._strips.show_restarted()

    def focus_page(self) -> None:
        """Give the page the keyboard focus."""
        if self._host and self._state is PageState.RUNNING and self.isVisible():
            self._host.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_console(self) -> None:
        """Delete the console lines of the page."""
        if self._host:
            self._host.clear_console()
            self.console_changed.emit()

    def picture(self) -> QPixmap | None:
        """Return a picture of the visible part of the page; None if no page runs."""
        return self._host.picture() if self._host and self._state is PageState.RUNNING else None

    def show_as(self, device: Device, *, rotated: bool) -> None:
        """Show the page in the size of a device."""
        self._size = ViewSize(device, rotated, self._size.zoom)
        self._arrange()

    def zoom(self, step: int) -> None:
        """Enlarge the page (`step` 1), shrink it (-1), or show it in its original size (0)."""
        nearest = min(range(len(_ZOOMS)), key=lambda index: abs(_ZOOMS[index] - self._size.zoom))
        zoom = _ZOOMS[min(max(nearest + step, 0), len(_ZOOMS) - 1)] if step else 1.0
        self._size = ViewSize(self._size.device, self._size.rotated, zoom)
        self._arrange()

    def _create_host(self) -> None:
        host = self._host = self._preview_hosts.make(self._overlay)
        events = host.events
        events.console_changed.connect(self.console_changed)
        events.blocked_changed.connect(self.blocked_changed)
        events.ended.connect(self._on_ended)
        events.stored.connect(self.stored)
        self._strips.connect_events(events)
        self.created.emit(events)

    def _close_page(self, then: Callable[[], None] = _do_nothing) -> None:
        self._strips.hide_all()
        self._content = b""

        def end() -> None:
            if self._host and not self._content:  # otherwise another page runs by now
                self._host.close_page()
                self.console_changed.emit()
                self.blocked_changed.emit()
            then()

        self.request_stored_items(end)

    def _stop(self) -> None:
        if self._host:
            self._host.stop()

    def _grant_pointer(self) -> None:
        if self._host:
            self._host.grant_pointer()
            self.focus_page()

    def _on_ended(self, why: Ending) -> None:
        if self._state in {PageState.RUNNING, PageState.PAUSED}:
            self._ending = why
            self._strips.hide_all()
            self._set_state(PageState.ENDED)

    def _set_state(self, state: PageState) -> None:
        self._state = state
        self._show_state()
        self.state_changed.emit()

    def _show_state(self) -> None:
        shown = self._state in {PageState.RUNNING, PageState.PAUSED}
        if self._host:
            self._host.widget.setVisible(shown)
        self._card.setVisible(not shown)
        code = ("code", self.tr("Show the code"))
        match self._state:
            case PageState.RUNNING | PageState.PAUSED | PageState.EMPTY | PageState.UNLOADED:
                self._card.setVisible(False)
            case PageState.WAITING:
                self._card.show_state(
                    "clock",
                    "textTertiary",
                    self.tr("Still being written"),
                    self.tr("The page opens here once the code is complete."),
                )
            case PageState.ENDED:
                title, reason = self._ending_text()
                actions = (("restart", self.tr("Restart")), code)
                self._card.show_state("circle-stop", "textTertiary", title, reason, actions)
            case PageState.BLOCKED:
                outside = ("outside", self.tr("Open in the browser…"))
                others = (code, ("save", self.tr("Save as…")), outside)
                title = self.tr("The preview cannot run here")
                self._card.show_state("shield-check", "warning", title, obstacle_text(self._obstacle), others)
            case _:
                assert_never(self._state)
        self._arrange()

    def _ending_text(self) -> tuple[str, str]:
        match self._ending:
            case Ending.STOPPED:
                return self.tr("You stopped the page"), self.tr("None of its code is running.")
            case Ending.UNRESPONSIVE:
                reason = self.tr("It did not respond for ten seconds, which can be caused by an endless loop.")
                return self.tr("The page was stopped"), reason
            case Ending.MEMORY:
                return self.tr("The page was stopped"), self.tr("It exceeded the memory limit for previews.")
            case Ending.FLOOD:
                reason = self.tr("It wrote too much to the console.")
                return self.tr("The page was stopped"), reason
            case Ending.EMPTY_PAGE_LOOP:
                return self.tr("The page was stopped"), self.tr("It repeatedly replaced itself with an empty page.")
            case Ending.CRASHED:
                reason = self.tr("It stopped unexpectedly. It may have run out of memory.")
                return self.tr("The page has stopped"), reason
            case _:
                assert_never(self._ending)

    def _arrange(self) -> None:
        available = self._overlay.rect()
        self._card.setGeometry(available)
        if self._host:
            size, zoom = self._size.fit_into(available.size())
            corner = available.center() - QRect(0, 0, size.width(), size.height()).center()
            self._host.widget.setGeometry(QRect(corner, size))
            self._host.set_zoom(zoom)

    def set_paused(self, *, paused: bool) -> None:
        """Pause or resume the page."""
        now, then = (PageState.RUNNING, PageState.PAUSED) if paused else (PageState.PAUSED, PageState.RUNNING)
        if self._host and self._state is now:
            if paused:
                self.request_stored_items(_do_nothing)  # a frozen page reports no data
            self._host.set_paused(paused=paused)
            self._state = then
            self.state_changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.length("previewMin"), 600)

    def _retranslate(self) -> None:
        self._show_state()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._appearance.theme.color("sunken"))


class _Overlay(QWidget):
    """Container in which the host and the card cover each other."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
