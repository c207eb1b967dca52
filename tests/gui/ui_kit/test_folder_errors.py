"""What is said when a folder on a server cannot be used."""

import errno
import os

import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.kernel.errors.backup_errors import RemoteFolderRefused
from chatdesk.kernel.errors.base import (
    CertificateRefused,
    ChatdeskError,
    ConnectionLost,
    MovedToTls,
    ProxyFailed,
    ProxyLoginRefused,
    RedirectRefused,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.ui_kit.errors.folder_errors import folder_error_text, folder_error_texts

WHERE = "dav.example", "https://dav.example/files"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (CertificateRefused(*WHERE, "self-signed certificate"), "its certificate is not from a trusted authority."),
        (CertificateRefused(*WHERE, "unable to get local issuer certificate"), "is not from a trusted authority."),
        (CertificateRefused(*WHERE, "certificate has expired"), "has expired or is not valid yet."),
        (
            CertificateRefused(*WHERE, "Hostname mismatch, certificate is not valid for 'dav.example'."),
            "is for another host name.",
        ),
        (CertificateRefused(*WHERE, "EE certificate key too weak"), "its certificate is not trusted."),
        (ServerUnreachable(*WHERE, "Name or service not known"), "Host not found: dav.example."),
        (ServerUnreachable(*WHERE, "getaddrinfo failed"), "Host not found: dav.example."),
        (ServerUnreachable(*WHERE, os.strerror(errno.ECONNREFUSED)), "dav.example refused the connection."),
        (ServerUnreachable(*WHERE, "wrong version number"), "The address uses https, but"),
        (ServerUnreachable(*WHERE, os.strerror(errno.ENETUNREACH)), os.strerror(errno.ENETUNREACH)),
        (ServerTimedOut(*WHERE, 30.0), "did not respond in time."),
        (ConnectionLost(*WHERE, "cut off"), "The connection to dav.example was lost."),
        (ProxyFailed(*WHERE, "502"), "The proxy refused the request to dav.example."),
        (ProxyLoginRefused(*WHERE, "407"), "Enter them in the system settings."),
        (RedirectRefused(*WHERE, "https://other.example"), "has moved to https://other.example."),
        (RemoteFolderRefused(*WHERE, status=403), "dav.example does not give access to the folder (403)."),
        (RemoteFolderRefused(*WHERE, status=423), "Try again in a moment."),
        (RemoteFolderRefused(*WHERE, status=500), "Try again later."),
        (RemoteFolderRefused(*WHERE, status=418), "dav.example refused the request (418)."),
        (MovedToTls(*WHERE, "https://dav.example", "https://dav.example"), "Use an address that begins with https."),
    ],
)
def test_a_problem_of_the_connection_has_its_reason_and_a_next_step(
    qapp: QApplication, error: ChatdeskError, said: str
) -> None:
    assert said in folder_error_text(error, is_remote=True)
    happened, advice = folder_error_texts(error, is_remote=True)
    assert happened
    assert advice
    for word in ("model", "message", "API", "provider", "chat"):
        assert word not in happened + advice
