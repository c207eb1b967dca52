"""The places of several pages, one over the other: the one in front runs, a few behind it are frozen, older ones are put away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chatdesk.features.previews.ui.panel.host_area import PreviewHostArea
from chatdesk.features.previews.ui.panel.preview_host import PreviewEvents, PreviewHosts
from chatdesk.ui_kit.style.appearance import Appearance

MOST_FROZEN = 3
"""Pages that are kept as they are behind the one that runs: each is a process of its own. Older ones start again."""


class PreviewHostStack(QStackedWidget):
    """What it tells is always about the place in front. `kept_changed`: a page was put away, or runs again."""

    state_changed = Signal()
    console_changed = Signal()
    blocked_changed = Signal()
    way_chosen = Signal(str)
    made = Signal(PreviewEvents)
    kept_changed = Signal()
    stored = Signal(str, tuple)
    """What any page has stored, see `PreviewEvents`."""
    keeping_answered = Signal(str, bool)
    """Whether a page, by its memory's key, may keep what it stores."""

    def __init__(self, appearance: Appearance, preview_hosts: PreviewHosts, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preview_hosts = preview_hosts
        self._areas: dict[str, PreviewHostArea] = {}
        """By key, the one that was in front last at the end."""
        self._front = self._new_area()

    @property
    def current(self) -> PreviewHostArea:
        """The place in front."""
        return self._front

    def is_away(self, key: str) -> bool:
        """Whether a page was put away."""
        return key in self._areas and self._areas[key].is_away

    def with_memory(self, key: str) -> PreviewHostArea | None:
        """Return the place of a page by its memory's key."""
        return next((area for area in (self._front, *self._areas.values()) if area.memory.key == key), None)

    def bring_to_front(self, key: str) -> None:
        """Show a place, and make it if there is none of this key. What was in front is frozen."""
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
            self._put_away_old()
            self.state_changed.emit()
            self.console_changed.emit()
            self.blocked_changed.emit()

    def rename(self, key: str, new: str) -> None:
        """Know a place by another key."""
        if key in self._areas:
            self._areas[new] = self._areas.pop(key)

    def remove(self, key: str) -> None:
        """End a page and take its place away."""
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
        area.state_changed.connect(self._put_away_old)
        area.way_chosen.connect(self.way_chosen)
        area.made.connect(self.made)
        area.stored.connect(self.stored)
        area.keeping_answered.connect(self.keeping_answered)
        self.addWidget(area)
        return area

    def _put_away_old(self) -> None:
        """Keep the number of pages that are alive within its limit."""
        behind = [area for area in self._areas.values() if area.has_host and area is not self.current]
        for area in behind[: max(0, len(behind) - MOST_FROZEN)]:
            area.put_away()
        self.kept_changed.emit()
