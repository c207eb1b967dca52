"""Opening of links in the system's browser or mail program, if kernel/links.py allows it. This is the only way out of the window.

Nothing else may call QDesktopServices. A link whose target differs from its text is shown first; one that must not be opened is only shown.
"""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from chatdesk.kernel.links import LinkAssessment, Verdict, assess_link, linked_chat
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import visible_target
from chatdesk.ui_kit.widgets.label import Label


class LinkOpener(QObject):
    """Opens links. `open` returns immediately; a confirmation is shown in a sheet over `window`."""

    chat_requested = Signal(str)
    """Carries the id of a chat that was linked."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window

    def open(self, target: str, text: str = "") -> None:
        """Open a link with the given text."""
        if chat := linked_chat(target):
            self.chat_requested.emit(chat)
            return
        judgement = assess_link(target, text)
        match judgement.verdict:
            case Verdict.OPEN:
                _open(judgement.target)
            case Verdict.CONFIRM:
                self._ask(judgement)
            case Verdict.REFUSE:
                self._refuse(judgement)

    def confirm_page(self, proceed: Callable[[], object]) -> None:
        """Warn before a generated page is opened in the browser, where nothing blocks its network access."""
        self._show_sheet(
            self.tr("Open the page in the browser?"),
            self.tr(
                "The browser does not use the Chatdesk sandbox. There, the page can access the network and "
                "everything else the browser allows."
            ),
            "",
            proceed,
        )

    def open_page(self, page: Path) -> None:
        """Open a page written by the program, after `confirm_page`. Other files are not opened."""
        if page.suffix == ".html" and page.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))

    def _ask(self, judgement: LinkAssessment) -> None:
        self._show_sheet(
            self.tr("Open {host}?").format(host=judgement.host),
            self.tr("Check the address carefully. This may not be the site you expect."),
            judgement.target,
            lambda: _open(judgement.target),
        )

    def _refuse(self, judgement: LinkAssessment) -> None:
        self._show_sheet(
            self.tr("This link cannot be opened"),
            self.tr("Chatdesk opens only standard web and email addresses."),
            judgement.target,
            None,
        )

    def _show_sheet(self, title: str, reason: str, target: str, proceed: Callable[[], object] | None) -> None:
        """Show the target of a link. The focus is on the safe button; without `proceed`, the sheet can only be closed."""
        from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind  # noqa: PLC0415 - start-up time: rarely needed

        sheet = Sheet(self._appearance, self._window, SheetKind.QUESTION, title)
        sheet.setObjectName("linkSheet")
        sheet.body.setSpacing(self._appearance.theme.length("s"))
        sheet.body.addWidget(Label(self._appearance, "ui", "textSecondary", text=reason, wrap=True))
        if shown := visible_target(target):
            sheet.body.addWidget(Label(self._appearance, "code", "text", text=shown, wrap=True, selectable=True))
        close = sheet.add_button(self.tr("Cancel") if proceed else self.tr("Close"))
        close.clicked.connect(sheet.cancel)
        if proceed:
            accept = sheet.add_button(self.tr("Open"), ButtonKind.FILLED)
            accept.clicked.connect(sheet.leave)
            accept.clicked.connect(proceed)
        sheet.open(close)


def open_folder(folder: Path) -> None:
    """Show a folder in the system's file manager, or its nearest existing parent; nothing if its disk does not respond.

    Returns at once, before it is shown.
    """
    from chatdesk.ui_kit.files.folder_lookup import FolderLookup  # noqa: PLC0415 - start-up time: rarely needed

    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 - there are widgets
    FolderLookup(folder, _show_folder, application)


def _show_folder(folder: Path | None) -> None:
    if folder:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_file(path: Path) -> None:
    """Show a file that the program has written in the system's program for it. It must be of a kind that nothing runs."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


_NOT_IN_ADDRESSES = r"""[`|^{}"<>]|%(?![0-9A-Fa-f]{2})"""
"""What a strict address must not contain unencoded, although people and models write it."""


def _open(target: str) -> None:
    encoded = re.sub(_NOT_IN_ADDRESSES, lambda match: f"%{ord(match[0]):02X}", target)
    url = QUrl(encoded, QUrl.ParsingMode.StrictMode)
    if url.isValid():
        QDesktopServices.openUrl(url)
