"""A web page that cannot affect anything outside itself: no dialog, window, navigation, permission or file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDesktopMediaRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineRegisterProtocolHandlerRequest,
)

from chatdesk.features.previews.web_engine.console import Console, Level, refused_address
from chatdesk.features.previews.web_engine.profile import IsolatedProfile
from chatdesk.features.previews.web_engine.request_guard import RequestGuard

_LEVELS = {
    QWebEnginePage.JavaScriptConsoleMessageLevel.InfoMessageLevel: Level.INFO,
    QWebEnginePage.JavaScriptConsoleMessageLevel.WarningMessageLevel: Level.WARNING,
    QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel: Level.ERROR,
}
_MAX_MESSAGE_LENGTH = 300
_MAX_RELOADS = 3
"""Maximum number of reloads per run after the page navigated to an empty one."""
_RELOAD_CHECK_MILLISECONDS = 1_000
"""When to check that a reload was not cancelled."""
_POINTER_REQUESTED, _POINTER_RELEASED = "\x01\x01pointer wanted", "\x01\x01pointer left"
_GRANT_POINTER_SCRIPT = "dispatchEvent(new Event('chatdesk-pointer-given'))"
_RELEASE_POINTER_SCRIPT = "document.exitPointerLock()"
"""Messages and scripts exchanged with resources/preview/shims.js about pointer lock. The page can fake them, but the user decides."""
_GRAPHICS_MISSING_PREFIX = "WebGL is not available here"
"""Start of the message that resources/preview/shims.js writes if WebGL is requested. A page that fakes it affects only itself."""


class Page(QWebEnginePage):
    """Shows only the address passed to it. Everything it tries to open is reported by a signal or only counted."""

    flooding = Signal()
    """The page writes so many console lines that the window would become slow: it must be ended."""
    message_shown = Signal(str)
    """The text of the first message (alert, confirm, prompt) of this run; `messages` counts all of them."""
    empty_page_loop = Signal()
    """The page navigated to an empty page too often: it must be ended."""
    graphics_missing = Signal()
    """The page requested WebGL, which Chromium enables only with a safe graphics driver. Emitted once per run."""
    pointer_requested = Signal()
    """The page requests pointer lock, at most once after each user action; `grant_pointer` grants it."""

    def __init__(
        self, profile: IsolatedProfile, url: QUrl, guard: RequestGuard, console: Console, parent: QObject | None = None
    ) -> None:
        super().__init__(profile, parent)
        self._url = url
        self._guard = guard
        self._console = console
        self._has_begun = False
        self._reloads = 0
        self.has_pointer = False
        """Whether the pointer is locked to the page."""
        self._can_request_pointer = False
        self._graphics_reported = False
        self.messages = 0
        self.windows_refused = 0
        # Chromium requires a user gesture for <audio> but not for Web Audio. `allow_interaction` unmutes the page.
        self.setAudioMuted(True)
        self.permissionRequested.connect(QWebEnginePermission.deny)
        self.fullScreenRequested.connect(_reject)
        self.fileSystemAccessRequested.connect(_reject)
        self.registerProtocolHandlerRequested.connect(_reject)
        self.desktopMediaRequested.connect(_cancel)
        self.certificateError.connect(_reject)
        self.urlChanged.connect(self._on_url_changed)
        self._reload_check = QTimer(self, singleShot=True, interval=_RELOAD_CHECK_MILLISECONDS)
        self._reload_check.timeout.connect(self._reload_if_cancelled)

    def begin(self) -> None:
        """Load the page."""
        self.load(self._url)

    def allow_interaction(self) -> None:
        """Unmute the page and allow it to request the pointer, because the user has clicked or typed."""
        self.setAudioMuted(False)
        self._can_request_pointer = True

    def grant_pointer(self) -> None:
        """Lock the mouse pointer to the page."""
        self.has_pointer = True
        self.runJavaScript(_GRANT_POINTER_SCRIPT)

    def release_pointer(self) -> None:
        """Release the mouse pointer."""
        if self.has_pointer:
            self.has_pointer = False
            self.runJavaScript(_RELEASE_POINTER_SCRIPT)

    def acceptNavigationRequest(
        self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        """Allow only the first navigation to the page itself; subframes may load only empty documents."""
        url = QUrl(url)
        if not is_main_frame:
            return url.toString() in {"about:blank", "about:srcdoc"}
        if url == self._url and not self._has_begun:
            self._has_begun = True
            return True
        self._guard.count(url)
        return False

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        self.windows_refused += 1
        return None

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """Store the line, and count requests that the policy refused."""
        if message == _POINTER_REQUESTED and self._can_request_pointer:
            self._can_request_pointer = False
            self.pointer_requested.emit()
            return
        if message == _POINTER_RELEASED and self.has_pointer:
            self.has_pointer = False
            return
        if address := refused_address(message):
            self._guard.count(QUrl(address))
        if not self._graphics_reported and _GRAPHICS_MISSING_PREFIX in message[:_MAX_MESSAGE_LENGTH]:
            self._graphics_reported = True
            self.graphics_missing.emit()
        if self._console.add(_LEVELS[level], message, line, "" if source == self._url.toString() else source):
            self.flooding.emit()

    def javaScriptAlert(self, _origin: QUrl | str, message: str) -> None:
        """Show no dialog."""
        self._on_message(message)

    def javaScriptConfirm(self, _origin: QUrl | str, message: str) -> bool:
        """Show no dialog and accept: a typical question is "Play again?"."""
        self._on_message(message)
        return True

    def javaScriptPrompt(self, _origin: QUrl | str, message: str, default: str) -> tuple[bool, str]:
        """Show no dialog and return the default answer of the page."""
        self._on_message(message)
        return True, default

    def chooseFiles(
        self, _mode: QWebEnginePage.FileSelectionMode, _old: Sequence[str], _types: Sequence[str]
    ) -> list[str]:
        """Choose no file."""
        return []

    def _on_url_changed(self, url: QUrl) -> None:
        if self._has_begun and self._is_elsewhere(url):
            self._reload_after_leaving(url)

    def _is_elsewhere(self, url: QUrl) -> bool:
        return url.toString().partition("#")[0] != self._url.toString()

    def _reload_after_leaving(self, url: QUrl) -> None:
        """Reload the page because it navigated to `about:blank`, for which Chromium asks no permission."""
        self._guard.count(url)
        self._reloads += 1
        if self._reloads > _MAX_RELOADS:
            self.empty_page_loop.emit()
            return
        self._has_begun = False
        self.begin()
        self._reload_check.start()

    def _reload_if_cancelled(self) -> None:
        """Reload again if the page is still empty: another navigation of it can cancel a reload, and no signal reports that."""
        if self.isLoading():
            self._reload_check.start()
        elif self._is_elsewhere(self.url()):
            self._reload_after_leaving(self.url())

    def _on_message(self, message: str) -> None:
        self.messages += 1
        if self.messages == 1:
            self.message_shown.emit(message[:_MAX_MESSAGE_LENGTH])


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
