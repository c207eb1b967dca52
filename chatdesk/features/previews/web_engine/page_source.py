"""Address and response of a preview. Each run has an address of its own; requests for any other address are refused."""

import secrets

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

# What a generated page may load and do, as a Content Security Policy. It is the first of several layers and not sufficient alone.

CONTENT_POLICY = "; ".join(  # noqa: FLY002 - a directive a line reads better
    (
        "default-src 'none'",
        "script-src 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "media-src data: blob:",
        "font-src data:",
        "worker-src blob:",
        "connect-src 'none'",
        "form-action 'none'",
        "frame-src 'none'",
        "base-uri 'none'",
        # An opaque origin that equals no other. Messages (`alert` and similar) reach `Page`, which shows no dialog.
        "sandbox allow-scripts allow-pointer-lock allow-modals",
    )
)


SCHEME = b"preview"
_HEADERS = {
    b"Content-Security-Policy": CONTENT_POLICY.encode(),
    b"X-DNS-Prefetch-Control": b"off",
    b"X-Content-Type-Options": b"nosniff",
    b"Referrer-Policy": b"no-referrer",
}


def register_scheme() -> None:
    """Register the scheme once, before the first profile is created.

    The scheme has only `NoAccessAllowed`: the origin of the page is opaque and not a secure context, so clipboard, camera, service
    workers and geolocation do not even exist in it.
    """
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name().isEmpty():
        scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(QWebEngineUrlScheme.Flag.NoAccessAllowed)
        QWebEngineUrlScheme.registerScheme(scheme)


class PageSource(QWebEngineUrlSchemeHandler):
    """Answers the request for one page with its content and the content policy."""

    def __init__(self, content: bytes, content_type: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The letter prefix is needed because Chromium takes a host of digits for an invalid IP address and loads nothing.
        self.url = QUrl(f"{SCHEME.decode()}://run-{secrets.token_hex(8)}/")
        self._content = content
        self._content_type = content_type.encode()

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Send the page; refuse any request other than GET for its address."""
        if job.requestUrl() != self.url:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        elif job.requestMethod() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        else:
            # PySide needs a mapping to lists: a plain value would become one header per byte, which breaks the policy.
            headers = {QByteArray(name): [QByteArray(value)] for name, value in _HEADERS.items()}
            job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]  # the stub allows only the plain value
            body = QBuffer(job)
            body.setData(self._content)
            body.open(QIODevice.OpenModeFlag.ReadOnly)
            job.reply(QByteArray(self._content_type), body)
