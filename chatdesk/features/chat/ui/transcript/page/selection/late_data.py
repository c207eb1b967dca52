"""Data for other programs that is made when somebody asks for it: most of what is copied is pasted in one form, or never."""

import atexit
import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QMetaType, QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication


class LateData(QMimeData):
    """`makers` return what there is, by form; each is called once at most. They may be called when all else is gone."""

    def __init__(self, makers: Mapping[str, Callable[[], str]]) -> None:
        super().__init__()
        self._forms = tuple(makers)
        self._makers = dict(makers)

    def formats(self) -> list[str]:
        """Return in which forms it can be had."""
        return [*self._forms]

    def retrieveData(self, mimetype: str, preferred: QMetaType | QMetaType.Type) -> object:  # noqa: N802 - Qt's own name
        """Return it in a form."""
        if make := self._makers.pop(mimetype, None):
            self._keep(mimetype, _made(make))
        return super().retrieveData(mimetype, preferred)

    def _keep(self, form: str, made: str) -> None:
        if form == "text/html":
            self.setHtml(made)  # Qt reads no HTML out of bytes that were made here
        else:
            self.setData(form, made.encode("utf-8", "replace"))

    def complete(self) -> QMimeData:
        """Return the same with all of it made, which needs no Python to be asked."""
        data = QMimeData()
        for form in self.formats():
            data.setData(form, self.data(form))
        return data


def _made(make: Callable[[], str]) -> str:
    """Return what is made; if that fails, nothing: out of here an error would end the program, not reach whoever handles errors."""
    try:
        return make()
    except Exception:  # noqa: BLE001 - told like any other that nobody handles
        sys.excepthook(*sys.exc_info())
        return ""


def put_on_clipboard(data: QMimeData, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
    """Put data where other programs find it, for as long as they find anything there: some outlives this program."""
    QGuiApplication.clipboard().setMimeData(data, mode)
    atexit.unregister(complete_clipboard)
    atexit.register(complete_clipboard)


def complete_clipboard() -> None:
    """Make what nobody has asked for so far. Qt asks again, and destroys the data, when Python is gone."""
    if not QGuiApplication.instance():
        return
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        data = clipboard.mimeData(mode)
        if isinstance(data, LateData):
            clipboard.setMimeData(data.complete(), mode)
