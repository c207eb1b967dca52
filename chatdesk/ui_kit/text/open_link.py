"""Opening of links in the system's browser or mail program, if kernel/links.py allows it. This is the only way out of the window.

Nothing else may call QDesktopServices. A link whose target differs from its text is shown first; one that must not be opened is only shown.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.links import LinkAssessment, Verdict, assess_link
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import visible_target
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.label import Label


class LinkOpener(QObject):
    """Opens links. `open` returns immediately; a confirmation is shown in a dialog over `window`."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window

    def open(self, target: str, words: str = "") -> None:
        """Open a link with the given text."""
        judgement = assess_link(target, words)
        match judgement.verdict:
            case Verdict.OPEN:
                _open(judgement.target)
            case Verdict.CONFIRM:
                self._ask(judgement)
            case Verdict.REFUSE:
                self._refuse(judgement)

    def confirm_page(self, go_on: Callable[[], object]) -> None:
        """Warn before a generated page is opened in the browser, where nothing blocks its network access."""
        dialog = self._dialog(
            self.tr("Open the page in the browser?"),
            self.tr(
                "The browser does not use the Chatdesk sandbox. There, the page can access the network and "
                "everything else the browser allows."
            ),
            "",
            self.tr("Open"),
        )
        dialog.accepted.connect(go_on)
        dialog.open()

    def open_page(self, page: Path) -> None:
        """Open a page written by the program, after `confirm_page`. Other files are not opened."""
        if page.suffix == ".html" and page.is_file():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))

    def _ask(self, judgement: LinkAssessment) -> None:
        dialog = self._dialog(
            self.tr("Open {host}?").format(host=judgement.host),
            self.tr("Check the address carefully. This may not be the site you expect."),
            judgement.target,
            self.tr("Open"),
        )
        dialog.accepted.connect(lambda: _open(judgement.target))
        dialog.open()

    def _refuse(self, judgement: LinkAssessment) -> None:
        self._dialog(
            self.tr("This link cannot be opened"),
            self.tr("Chatdesk opens only standard web and email addresses."),
            judgement.target,
            "",
        ).open()

    def _dialog(self, title: str, reason: str, target: str, accept: str) -> QDialog:
        """Create a dialog that shows the target of a link. Without a label for accepting, it can only be closed."""
        theme = self._appearance.theme
        dialog = QDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        layout = QVBoxLayout(dialog)
        margin = theme.length("xxl")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.length("s"))
        layout.addWidget(Label(self._appearance, "label", "text", dialog, text=title, wrap=True))
        layout.addWidget(Label(self._appearance, "ui", "textSecondary", dialog, text=reason, wrap=True))
        if shown := visible_target(target):
            layout.addWidget(Label(self._appearance, "code", "text", dialog, text=shown, wrap=True, selectable=True))
        layout.addSpacing(theme.length("s"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = Button(self._appearance, self.tr("Cancel") if accept else self.tr("Close"), parent=dialog)
        cancel.clicked.connect(dialog.reject)
        cancel.setDefault(True)
        buttons.addWidget(cancel)
        if accept:
            go_on = Button(self._appearance, accept, ButtonKind.FILLED, dialog)
            go_on.setAutoDefault(False)
            go_on.clicked.connect(dialog.accept)
            buttons.addWidget(go_on)
        layout.addLayout(buttons)
        return dialog


def open_folder(folder: Path) -> None:
    """Show one of the program's folders in the system's file manager, or its nearest existing parent."""
    there = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))


def _open(target: str) -> None:
    url = QUrl(target, QUrl.ParsingMode.StrictMode)
    if url.isValid():
        QDesktopServices.openUrl(url)
