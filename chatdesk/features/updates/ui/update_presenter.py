"""Looks for a newer version once a day, where a person switched that on, and tells of one once. What fails is not told: nobody asked."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

import chatdesk
from chatdesk.app.program import Program
from chatdesk.features.updates.domain.updates import NewestVersion
from chatdesk.kernel.settings.declarations import CHECK_UPDATES, UPDATES_TOLD
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.toast_host import ToastHost

_LOOK_EVERY_MILLISECONDS = 3_600_000
"""At the date, for a program that runs for weeks."""


class UpdatePresenter(QObject):
    """`open_link` is the one door for links."""

    def __init__(
        self,
        program: Program,
        toasts: ToastHost,
        open_link: Callable[[str], object],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._program = program
        self._toasts = toasts
        self._open_link = open_link
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask, if it is switched on and a day has passed."""
        if self._program.settings.get(CHECK_UPDATES) and self._program.updates.get().is_due:
            self._tasks.start(self._ask(), "look for a newer version")

    async def _ask(self) -> None:
        updates, settings = self._program.updates.get(), self._program.settings
        found = await updates.ask()
        if not isinstance(found, NewestVersion) or not found.is_newer or found.version == settings.get(UPDATES_TOLD):
            return
        settings.set(UPDATES_TOLD, found.version)
        self._toasts.show_lasting(
            self.tr("Version {version} of Chatdesk is out").format(version=found.version),
            self.tr("This is {version}.").format(version=chatdesk.__version__),
            self.tr("Open the release page"),
            lambda: self._open_link(updates.place.page),
        )
