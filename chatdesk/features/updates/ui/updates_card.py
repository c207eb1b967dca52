"""Settings card for updates: a switch, a button for checking now, and the result. Nothing is downloaded."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

import chatdesk
from chatdesk.features.updates.domain.updates import NewestVersion, UpdateProblem
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import CHECK_UPDATES, UPDATES_ASKED
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.forms.rows import StackingRow
from chatdesk.ui_kit.forms.settings_card import SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label

if TYPE_CHECKING:
    from chatdesk.features.updates.services.update_check import Updates

OpenLink = Callable[[str, str], object]
"""Opens a link, given its URL and its text."""


class UpdatesCard(Translated, SettingsCard):
    """Updates card. It checks when the button is clicked, and when the user turns updates on."""

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        updates: "Lazy[Updates]",
        tasks: Tasks,
        open_link: OpenLink,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, settings, parent)
        self._updates = updates.get()
        self._tasks = tasks
        self._found: NewestVersion | UpdateProblem | None = None
        self._is_checking = False
        switch = self.add(CHECK_UPDATES)
        switch.value_chosen.connect(lambda value: self._start_check() if value else None)
        self._text_label = Label(appearance, "ui", "textSecondary", wrap=True)
        self._text_label.setObjectName("updatesFound")
        self._page_button = Button(appearance, "", ButtonKind.FILLED, small=True)
        self._page_button.setObjectName("openReleases")
        self._page_button.clicked.connect(lambda: open_link(self._updates.source.page, ""))
        self._check_button = Button(appearance, "", small=True)
        self._check_button.setObjectName("askForUpdates")
        self._check_button.clicked.connect(self._start_check)
        buttons = QWidget(self)
        self._buttons = QHBoxLayout(buttons)
        self._buttons.addWidget(self._page_button)
        self._buttons.addWidget(self._check_button)
        row = QWidget(self)
        self._row = QVBoxLayout(row)
        self._row.addWidget(StackingRow(appearance, self._text_label, buttons, row))
        self.add_row(row)
        known = self._updates.source.is_known
        switch.setVisible(known)
        buttons.setVisible(known)
        appearance.bind(self._restyle_row)
        self._show()

    def _start_check(self) -> None:
        if not self._is_checking:
            self._is_checking = True
            self._show()
            self._tasks.start(self._check(), "ask for the newest version")

    async def _check(self) -> None:
        try:
            self._found = await self._updates.ask()
        finally:
            self._is_checking = False
        self._show()

    def _show(self) -> None:
        self._page_button.setText(self.tr("Open release page"))
        self._check_button.setText(self.tr("Check now"))
        self._check_button.setEnabled(not self._is_checking)
        self._page_button.setVisible(
            isinstance(self._found, NewestVersion) and self._found.is_newer and not self._is_checking
        )
        self._text_label.set_text(self._sentence())

    def _sentence(self) -> str:
        if not self._updates.source.is_known:
            return self.tr("This build has no update address. Check where you downloaded it.")
        if self._is_checking:
            return self.tr("Checking for updates…")
        match self._found:
            case None:
                return self._last_check_text()
            case NewestVersion(version, is_newer=True):
                return self.tr("Version {new} is available. You have {here}.").format(
                    new=version, here=chatdesk.__version__
                )
            case NewestVersion():
                return self.tr("You have the latest version.")
            case problem:
                return self._problem_text(problem)

    def _last_check_text(self) -> str:
        try:
            last = datetime.fromisoformat(self._settings.get(UPDATES_ASKED))
        except ValueError:
            return self.tr("Not checked yet.")
        when = QDateTime.fromSecsSinceEpoch(int(last.timestamp()))
        return self.tr("Last checked {when}.").format(when=QLocale().toString(when, QLocale.FormatType.ShortFormat))

    def _problem_text(self, problem: UpdateProblem) -> str:
        match problem:
            case UpdateProblem.NO_ADDRESS:
                return self.tr("No update address is configured.")
            case UpdateProblem.UNREACHABLE:
                return self.tr("The release page could not be reached. Check your internet connection.")
            case UpdateProblem.UNTRUSTED:
                return self.tr("Nothing was sent: the connection to the release page is not trusted.")
            case UpdateProblem.TIMED_OUT:
                return self.tr("The release page did not respond in time. Try again later.")
            case UpdateProblem.MOVED:
                return self.tr("The release page redirects to another site. Chatdesk does not follow it.")
            case UpdateProblem.REFUSED:
                return self.tr("The release page rejected the request. Try again later.")
            case UpdateProblem.NOT_UNDERSTOOD:
                return self.tr("The release page returned no version.")
            case _:
                assert_never(problem)

    def _restyle_row(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._row.setContentsMargins(side, theme.length("m"), side, theme.length("m"))
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._show()
