"""A page that may do nothing outside itself: no dialog, no window, no navigation, no permission, no file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDesktopMediaRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineRegisterProtocolHandlerRequest,
)

from chatdesk.features.previews.engine.console import Console, Level, refused_address
from chatdesk.features.previews.engine.profile import IsolatedProfile
from chatdesk.features.previews.engine.request_guard import RequestGuard

_LEVELS = {
    QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel: Level.INFO,
    QWebEnginePage.JavaScriptConsoleMessageLevel.WarningMessageLevel: Level.WARNING,
    QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel: Level.ERROR,
}
_LONGEST_MESSAGE = 300
_MOST_RETURNS = 3
"""To the page, in one run, after it went to an empty one."""
_POINTER_WANTED, _POINTER_LEFT = "\x01\x01pointer wanted", "\x01\x01pointer left"
_GIVE_POINTER = "dispatchEvent(new Event('chatdesk-pointer-given'))"
_TAKE_POINTER = "document.exitPointerLock()"
"""What passes between us and resources/preview/shims.js about the mouse pointer. The page can say it too: the user decides."""
_NO_GRAPHICS = "WebGL is not available here"
"""How resources/preview/shims.js begins what it writes when a page asks for it in vain. A page that writes the same fools only itself."""


class Page(QWebEnginePage):
    """Shows the one address it was made for. What it would have opened is told by signals, or only counted."""

    flooding = Signal()
    """The page writes so many console lines that the window would suffer: it must end."""
    spoke = Signal(str)
    """The first message (alert, confirm, prompt) of this run; the others are counted in `messages`."""
    gone_away = Signal()
    """The page has gone to an empty one again and again: it must end."""
    graphics_missing = Signal()
    """The page asked for WebGL, which Chromium gives only where a graphics card makes it safe; told once."""
    pointer_requested = Signal()
    """The page asks for the mouse pointer for itself, once after each thing the user did; `grant_pointer` lets it have it."""

    def __init__(
        self, profile: IsolatedProfile, url: QUrl, guard: RequestGuard, console: Console, parent: QObject | None = None
    ) -> None:
        super().__init__(profile, parent)
        self._url = url
        self._guard = guard
        self._console = console
        self._begun = False
        self._returns = 0
        self.has_pointer = False
        """Whether the pointer is to be kept over the page."""
        self._may_ask = False
        self._graphics_missed = False
        self.messages = 0
        self.windows_refused = 0
        # Chromium asks for a gesture before <audio> plays, but not before a page makes its own sounds (Web Audio). The stage lifts this.
        self.setAudioMuted(True)
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.fullScreenRequested.connect(_reject)
        self.fileSystemAccessRequested.connect(_reject)
        self.registerProtocolHandlerRequested.connect(_reject)
        self.desktopMediaRequested.connect(_cancel)
        self.certificateError.connect(_reject)
        self.urlChanged.connect(self._return)

    def begin(self) -> None:
        """Load the page."""
        self.load(self._url)

    def use(self) -> None:
        """Let the page be heard, and ask for the pointer: the user has clicked or typed."""
        self.setAudioMuted(False)
        self._may_ask = True

    def grant_pointer(self) -> None:
        """Let the page have the mouse pointer."""
        self.has_pointer = True
        self.runJavaScript(_GIVE_POINTER)

    def take_pointer(self) -> None:
        """Take the pointer back."""
        if self.has_pointer:
            self.has_pointer = False
            self.runJavaScript(_TAKE_POINTER)

    def acceptNavigationRequest(
        self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Go to the page itself the first time, and nowhere else; empty frames may be what their page makes of them."""
        url = QUrl(url)
        if not is_main_frame:
            return url.toString() in {"about:blank", "about:srcdoc"}
        if url == self._url and not self._begun:
            self._begun = True
            return True
        self._guard.count(url)
        return False

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        self.windows_refused += 1
        return None

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """Keep the line; a request that the policy refused is counted."""
        if message == _POINTER_WANTED and self._may_ask:
            self._may_ask = False
            self.pointer_requested.emit()
            return
        if message == _POINTER_LEFT and self.has_pointer:
            self.has_pointer = False
            return
        if address := refused_address(message):
            self._guard.count(QUrl(address))
        if not self._graphics_missed and _NO_GRAPHICS in message[:_LONGEST_MESSAGE]:
            self._graphics_missed = True
            self.graphics_missing.emit()
        if self._console.add(_LEVELS[level], message, line, "" if source == self._url.toString() else source):
            self.flooding.emit()

    def javaScriptAlert(self, _origin: QUrl | str, message: str) -> None:
        """Show no dialog."""
        self._speak(message)

    def javaScriptConfirm(self, _origin: QUrl | str, message: str) -> bool:
        """Show no dialog and say yes: "Play again?" is what pages ask."""
        self._speak(message)
        return True

    def javaScriptPrompt(self, _origin: QUrl | str, message: str, default: str) -> tuple[bool, str]:
        """Show no dialog and give the page its own answer."""
        self._speak(message)
        return True, default

    def chooseFiles(
        self, _mode: QWebEnginePage.FileSelectionMode, _old: Sequence[str], _types: Sequence[str]
    ) -> list[str]:
        """Choose no file."""
        return []

    def _return(self, url: QUrl) -> None:
        """Load the page again if it went to an empty one: Chromium asks nobody about `about:blank`, nor what it turns into that."""
        if not self._begun or url.toString().partition("#")[0] == self._url.toString():
            return
        self._guard.count(url)
        self._returns += 1
        if self._returns > _MOST_RETURNS:
            self.gone_away.emit()
            return
        self._begun = False
        self.begin()

    def _speak(self, message: str) -> None:
        self.messages += 1
        if self.messages == 1:
            self.spoke.emit(message[:_LONGEST_MESSAGE])


def _reject(
    request: QWebEngineFullScreenRequest
    | QWebEngineFileSystemAccessRequest
    | QWebEngineRegisterProtocolHandlerRequest
    | QWebEngineCertificateError,
) -> None:
    if isinstance(request, QWebEngineCertificateError):
        request.rejectCertificate()
    else:
        request.reject()


def _cancel(request: QWebEngineDesktopMediaRequest) -> None:
    request.cancel()
