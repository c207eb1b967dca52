"""Data for other programs whose HTML is made when somebody asks for it: most pastes are of plain text."""

import atexit
from collections.abc import Callable

from PySide6.QtCore import QMetaType, QMimeData
from PySide6.QtGui import QGuiApplication

_HTML = "text/html"


class LateHtml(QMimeData):
    """`make` returns the HTML, and is called once at most. Text and other forms are set as in any other data."""

    def __init__(self, make: Callable[[], str]) -> None:
        super().__init__()
        self._make: Callable[[], str] | None = make

    def formats(self) -> list[str]:
        """Return in which forms it can be had."""
        return list(dict.fromkeys((*super().formats(), _HTML)))

    def retrieveData(self, mimetype: str, preferred: QMetaType | QMetaType.Type) -> object:  # noqa: N802 - Qt's own name
        """Return it in a form."""
        make = self._make
        if mimetype == _HTML and make:
            self._make = None
            self.setHtml('<meta charset="utf-8">' + make())
        return super().retrieveData(mimetype, preferred)

    def complete(self) -> QMimeData:
        """Return the same with the HTML made, which needs no Python to be asked."""
        data = QMimeData()
        for form in self.formats():
            data.setData(form, self.data(form))
        return data


def put_on_clipboard(data: QMimeData) -> None:
    """Put data where other programs find it, for as long as they find anything there: some outlives this program."""
    QGuiApplication.clipboard().setMimeData(data)
    atexit.unregister(complete_clipboard)
    atexit.register(complete_clipboard)


def complete_clipboard() -> None:
    """Make the HTML that nobody has asked for so far. Qt asks again, and destroys the data, when Python is gone."""
    if QGuiApplication.instance():
        data = QGuiApplication.clipboard().mimeData()
        if isinstance(data, LateHtml):
            QGuiApplication.clipboard().setMimeData(data.complete())
