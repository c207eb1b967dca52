"""Daily update check, if the user turned it on, with one toast per new version. Failures are not shown, as nobody asked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

import chatdesk
from chatdesk.features.updates.domain.updates import NewestVersion
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import ANNOUNCED_UPDATE, CHECK_UPDATES
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from chatdesk.features.updates.services.update_check import Updates

_CHECK_INTERVAL = 3_600_000
"""Interval for checking the date, in case the program runs for weeks."""


class UpdatePresenter(QObject):
    """Checks for updates. `open_link` opens a URL."""

    def __init__(
        self,
        settings: Settings,
        updates: "Lazy[Updates]",
        toasts: ToastHost,
        open_link: Callable[[str], object],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._updates = updates
        self._toasts = toasts
        self._open_link = open_link
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setInterval(_CHECK_INTERVAL)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """Check if checks are turned on and a day has passed."""
        if self._settings.get(CHECK_UPDATES) and self._updates.get().is_due:
            self._tasks.start(self._ask(), "look for a newer version")

    async def _ask(self) -> None:
        updates, settings = self._updates.get(), self._settings
        found = await updates.ask()
        if (
            not isinstance(found, NewestVersion)
            or not found.is_newer
            or found.version == settings.get(ANNOUNCED_UPDATE)
        ):
            return
        settings.set(ANNOUNCED_UPDATE, found.version)
        self._toasts.show_lasting(
            self.tr("Chatdesk {version} is available").format(version=found.version),
            self.tr("You have version {version}.").format(version=chatdesk.__version__),
            self.tr("Open release page"),
            lambda: self._open_link(updates.source.page),
        )
