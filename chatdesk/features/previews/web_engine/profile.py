"""Web engine profile for one run of a page: it stores and shares nothing, and all optional features are off."""

from PySide6.QtCore import QObject
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineNotification,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)

from chatdesk.features.previews.web_engine.page_source import SCHEME, PageSource
from chatdesk.features.previews.web_engine.request_guard import RequestGuard

_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanPaste,
    _Attribute.LocalStorageEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.AllowWindowActivationFromJavaScript,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.ErrorPageEnabled,
    _Attribute.XSSAuditingEnabled,
    _Attribute.TouchIconsEnabled,
)
_ON = (_Attribute.WebRTCPublicInterfacesOnly, _Attribute.PlaybackRequiresUserGesture, _Attribute.WebGLEnabled)


class IsolatedProfile(QWebEngineProfile):
    """Off the record, without cache, cookies, downloads and notifications. Its page must be deleted first."""

    def __init__(self, source: PageSource, guard: RequestGuard, shims: str, parent: QObject | None = None) -> None:
        super().__init__(parent)  # a profile without a name is off the record
        self._source = source
        self._guard = guard
        self.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
        self.setPushServiceEnabled(False)
        self.setSpellCheckEnabled(False)
        self.setNotificationPresenter(_show_nothing)
        self.downloadRequested.connect(_cancel)
        self.setUrlRequestInterceptor(guard)
        self.installUrlSchemeHandler(SCHEME, source)
        settings = self.settings()
        for attribute in _OFF:
            settings.setAttribute(attribute, False)
        for attribute in _ON:
            settings.setAttribute(attribute, True)
        settings.setUnknownUrlSchemePolicy(QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes)
        script = QWebEngineScript()
        script.setName("chatdesk")
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
        script.setRunsOnSubFrames(True)
        script.setSourceCode(shims)
        self.scripts().insert(script)


def _show_nothing(_notification: QWebEngineNotification) -> None:
    """Ignore the notification of a page."""


def _cancel(download: QWebEngineDownloadRequest) -> None:
    download.cancel()
