"""The one address a preview has, and what stands there. Every run has an address of its own; all others are refused."""

import secrets

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

# What a generated page may load and do, in the words of Content Security Policy. The first of several layers;
# alone it leaks.

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
        # An origin of its own that equals no other; messages (alert and its like) come to `Page`, which shows no dialog.
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
    """Make the scheme known, once, before the first profile is made.

    `NoAccessAllowed` alone: the page's origin is opaque and no secure context, so that clipboard, camera, service workers and places
    do not even exist in it.
    """
    if QWebEngineUrlScheme.schemeByName(QByteArray(SCHEME)).name().isEmpty():
        scheme = QWebEngineUrlScheme(QByteArray(SCHEME))
        scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
        scheme.setFlags(QWebEngineUrlScheme.Flag.NoAccessAllowed)
        QWebEngineUrlScheme.registerScheme(scheme)


class PageSource(QWebEngineUrlSchemeHandler):
    """Answers the request for one page with its bytes and the policy it stands under."""

    def __init__(self, content: bytes, content_type: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The letter in front: a host of digits alone would be a broken IP address to Chromium, which then loads nothing.
        self.url = QUrl(f"{SCHEME.decode()}://run-{secrets.token_hex(8)}/")
        self._content = content
        self._content_type = content_type.encode()

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer, or refuse what is not a plain request for the page."""
        if job.requestUrl() != self.url:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
        elif job.requestMethod() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        else:
            # PySide takes a mapping to lists; a plain value would become one header for each of its bytes, and no policy.
            headers = {QByteArray(name): [QByteArray(value)] for name, value in _HEADERS.items()}
            job.setAdditionalResponseHeaders(headers)  # type: ignore[arg-type]  # its stub knows the plain value only
            body = QBuffer(job)
            body.setData(self._content)
            body.open(QIODevice.OpenModeFlag.ReadOnly)
            job.reply(QByteArray(self._content_type), body)
