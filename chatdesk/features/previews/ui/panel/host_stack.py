"""Stack of host areas for several pages: the front page runs, a few others are frozen, older ones are unloaded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.features.previews.ui.panel.host_area import PreviewHostArea
from chatdesk.features.previews.ui.panel.preview_host import PreviewEvents, PreviewHosts
from chatdesk.ui_kit.style.appearance import Appearance

MAX_FROZEN = 3
"""Maximum number of frozen pages behind the running one, each a process of its own. Older ones are unloaded and restart when shown."""


class PreviewHostStack(QStackedWidget):
    """Signals about state, console and blocked requests concern the front page only.

    `unloaded_changed`: a page was unloaded or restarted.
    """

    state_changed = Signal()
    console_changed = Signal()
    blocked_changed = Signal()
    state_action_chosen = Signal(str)
    created = Signal(PreviewEvents)
    unloaded_changed = Signal()
    stored = Signal(str, tuple)
    """Any page stored data, see `PreviewEvents.stored`."""
    storage_consent_given = Signal(str, bool)
    """The user answered whether the page with this memory key may keep its data."""

    def __init__(self, appearance: Appearance, preview_hosts: PreviewHosts, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preview_hosts = preview_hosts
        self._areas: dict[str, PreviewHostArea] = {}
        """Host areas by tab key, the most recently shown one last."""
        self._front = self._new_area()

    @property
    def current(self) -> PreviewHostArea:
        """The area in front."""
        return self._front

    def is_unloaded(self, key: str) -> bool:
        """Return whether the page of a tab was unloaded."""
        return key in self._areas and self._areas[key].is_unloaded

    def area_with_memory(self, key: str) -> PreviewHostArea | None:
        """Return the area of the page with this memory key; None if there is none."""
        return next((area for area in (self._front, *self._areas.values()) if area.memory.key == key), None)

    def bring_to_front(self, key: str) -> None:
        """Show the area of a tab, and create it if needed. The previous front page is frozen."""
        spare = self._front if self._front not in self._areas.values() else None
        area = self._areas.pop(key, None) or spare or self._new_area()
        self._areas[key] = area
        before = self.current
        if area is not before:
            self._front = area
            self.setCurrentWidget(area)
            before.set_paused(paused=True)
            if self.isVisible():
                area.set_paused(paused=False)
            self._unload_oldest()
            self.state_changed.emit()
            self.console_changed.emit()
            self.blocked_changed.emit()

    def rename(self, key: str, new: str) -> None:
        """Change the key of an area."""
        if key in self._areas:
            self._areas[new] = self._areas.pop(key)

    def remove(self, key: str) -> None:
        """End the page of a tab and remove its area."""
        if area := self._areas.pop(key, None):
            if area is self.current:
                self._front = self._new_area()
                self.setCurrentWidget(self._front)
            area.close_page(area.deleteLater)
            self.removeWidget(area)
            self.state_changed.emit()

    def _new_area(self) -> PreviewHostArea:
        area = PreviewHostArea(self._appearance, self._preview_hosts, self)
        for signal, passed_on in (
            (area.state_changed, self.state_changed),
            (area.console_changed, self.console_changed),
            (area.blocked_changed, self.blocked_changed),
        ):
            signal.connect(lambda area=area, passed_on=passed_on: passed_on.emit() if area is self.current else None)
        area.state_changed.connect(self._unload_oldest)
        area.state_action_chosen.connect(self.state_action_chosen)
        area.created.connect(self.created)
        area.stored.connect(self.stored)
        area.storage_consent_given.connect(self.storage_consent_given)
        self.addWidget(area)
        return area

    def _unload_oldest(self) -> None:
        """Unload the pages beyond the limit."""
        hidden = [area for area in self._areas.values() if area.has_host and area is not self.current]
        for area in hidden[: max(0, len(hidden) - MAX_FROZEN)]:
            area.unload()
        self.unloaded_changed.emit()
