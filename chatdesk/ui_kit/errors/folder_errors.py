"""Errors of folders outside the program, worded for a server of files instead of one of models."""

import errno
import os
from collections.abc import Callable
from http import HTTPStatus

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.errors.backup_errors import LocationMissing, RemoteFolderRefused, RemoteLoginRefused
from chatdesk.kernel.errors.base import (
    CertificateRefused,
    ChatdeskError,
    ConnectionLost,
    KeyExposed,
    MovedToTls,
    ProxyFailed,
    ProxyLoginRefused,
    RedirectRefused,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.errors.certificate_problems import CertificateProblem, certificate_problem
from chatdesk.kernel.errors.storage_errors import DatabaseLocked, DiskFull
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.errors.error_texts import describe_error, joined
from chatdesk.ui_kit.text.safe_text import plain_line

_UNKNOWN_HOST = (
    "name or service not known",
    "name resolution",
    "no address associated",
    "nodename nor servname",
    "getaddrinfo failed",
)
"""What the resolvers of Linux, macOS and Windows report for a host without an address, in lower case."""


def _is_unknown_host(error: ChatdeskError) -> bool:
    return isinstance(error, ServerUnreachable) and any(each in error.reason.lower() for each in _UNKNOWN_HOST)


def _is_refused(error: ChatdeskError) -> bool:
    return isinstance(error, ServerUnreachable) and error.reason == os.strerror(errno.ECONNREFUSED)


def _is_without_tls(error: ChatdeskError) -> bool:
    return isinstance(error, ServerUnreachable) and error.reason == "wrong version number"


def _certificate(problem: CertificateProblem) -> Callable[[ChatdeskError], bool]:
    return lambda error: isinstance(error, CertificateRefused) and certificate_problem(error.reason) is problem


def _is_status(*codes: int) -> Callable[[ChatdeskError], bool]:
    return lambda error: isinstance(error, RemoteFolderRefused) and error.status in codes


def _of(kind: type[ChatdeskError]) -> Callable[[ChatdeskError], bool]:
    return lambda error: isinstance(error, kind)


_OF_SERVER: tuple[tuple[Callable[[ChatdeskError], bool], str, str], ...] = (
    (
        _of(LocationMissing),
        QT_TRANSLATE_NOOP("FolderErrors", "The folder does not exist on the server."),
        QT_TRANSLATE_NOOP("FolderErrors", "Create the folder that contains it, or check the address: {path}"),
    ),
    (
        _certificate(CertificateProblem.SELF_SIGNED),
        QT_TRANSLATE_NOOP(
            "FolderErrors", "Nothing was sent to {server}: its certificate is not from a trusted authority."
        ),
        QT_TRANSLATE_NOOP(
            "FolderErrors",
            "If this is your own server, add its certificate to the trusted certificates of this computer, and restart Chatdesk.",
        ),
    ),
    (
        _certificate(CertificateProblem.WRONG_NAME),
        QT_TRANSLATE_NOOP("FolderErrors", "Nothing was sent to {server}: its certificate is for another host name."),
        QT_TRANSLATE_NOOP(
            "FolderErrors", "Use the host name given in the certificate, or check the address: {address}"
        ),
    ),
    (
        _certificate(CertificateProblem.EXPIRED),
        QT_TRANSLATE_NOOP(
            "FolderErrors", "Nothing was sent to {server}: its certificate has expired or is not valid yet."
        ),
        QT_TRANSLATE_NOOP("FolderErrors", "Renew it on the server, or check the date and time of this computer."),
    ),
    (
        _is_unknown_host,
        QT_TRANSLATE_NOOP("FolderErrors", "Host not found: {server}."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the spelling, and that you are connected to its network."),
    ),
    (
        _is_refused,
        QT_TRANSLATE_NOOP("FolderErrors", "{server} refused the connection."),
        QT_TRANSLATE_NOOP(
            "FolderErrors", "Check the port in the address, and whether the WebDAV server is running: {address}"
        ),
    ),
    (
        _is_without_tls,
        QT_TRANSLATE_NOOP("FolderErrors", "The address uses https, but the server is not encrypted."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the address and its port: {address}"),
    ),
    (
        _of(ServerUnreachable),
        QT_TRANSLATE_NOOP("FolderErrors", "{server} does not respond. ({reason})"),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the connection and the address: {address}"),
    ),
    (
        _of(ServerTimedOut),
        QT_TRANSLATE_NOOP("FolderErrors", "{server} did not respond in time."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the connection and the address: {address}"),
    ),
    (
        _of(ConnectionLost),
        QT_TRANSLATE_NOOP("FolderErrors", "The connection to {server} was lost."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the connection, and try again."),
    ),
    (
        _of(ProxyLoginRefused),
        QT_TRANSLATE_NOOP("FolderErrors", "The proxy for {server} requires a valid user name and password (407)."),
        QT_TRANSLATE_NOOP("FolderErrors", "Enter them in the system settings."),
    ),
    (
        _of(ProxyFailed),
        QT_TRANSLATE_NOOP("FolderErrors", "The proxy refused the request to {server}."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the proxy in the system settings."),
    ),
    (
        _of(MovedToTls),
        QT_TRANSLATE_NOOP("FolderErrors", "{server} requires an encrypted connection."),
        QT_TRANSLATE_NOOP("FolderErrors", "Use an address that begins with https."),
    ),
    (
        _of(RedirectRefused),
        QT_TRANSLATE_NOOP("FolderErrors", "{server} has moved to {location}."),
        QT_TRANSLATE_NOOP("FolderErrors", "Nothing was sent there. If the address is correct, enter it."),
    ),
    (
        _of(KeyExposed),
        QT_TRANSLATE_NOOP("FolderErrors", "The password was not sent, because the connection would not be encrypted."),
        QT_TRANSLATE_NOOP("FolderErrors", "Use an address that begins with https."),
    ),
    (
        _is_status(HTTPStatus.FORBIDDEN),
        QT_TRANSLATE_NOOP("FolderErrors", "{server} does not give access to the folder ({status})."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check on the server what this user may read and write: {address}"),
    ),
    (
        _is_status(HTTPStatus.LOCKED),
        QT_TRANSLATE_NOOP(
            "FolderErrors", "A file in the folder on {server} is in use by another program and locked ({status})."
        ),
        QT_TRANSLATE_NOOP("FolderErrors", "Try again in a moment."),
    ),
    (
        lambda error: isinstance(error, RemoteFolderRefused) and error.status >= HTTPStatus.INTERNAL_SERVER_ERROR,
        QT_TRANSLATE_NOOP("FolderErrors", "{server} could not answer the request ({status})."),
        QT_TRANSLATE_NOOP(
            "FolderErrors", "Try again later. If this stays, something has to be corrected on the server."
        ),
    ),
    (
        _of(RemoteFolderRefused),
        QT_TRANSLATE_NOOP("FolderErrors", "{server} refused the request ({status})."),
        QT_TRANSLATE_NOOP("FolderErrors", "Check the address, and on the server what this user may do: {address}"),
    ),
)
"""Errors whose usual texts are about disks or models, the first one that applies: what happened, and what to do."""

_OF_CHATS: tuple[tuple[Callable[[ChatdeskError], bool], str, str], ...] = (
    (
        _of(DiskFull),
        QT_TRANSLATE_NOOP("FolderErrors", "The disk with your chats is full."),
        QT_TRANSLATE_NOOP("FolderErrors", "Free some space, then try again: {path}"),
    ),
    (
        _of(DatabaseLocked),
        QT_TRANSLATE_NOOP("FolderErrors", "Another program is using the chat database."),
        QT_TRANSLATE_NOOP("FolderErrors", "Close it or wait a moment, then try again: {path}"),
    ),
)
"""Errors of the chats on this computer, in the middle of a backup, a restore or the synchronisation: nothing is kept to be saved later."""


def folder_error_texts(error: ChatdeskError, *, is_remote: bool, beside_fields: bool = False) -> tuple[str, str]:
    """Return what happened to a folder, on a server if it `is_remote`, and what to do.

    `beside_fields`: shown together with `WebDavFields`, whose hints are not repeated.
    """
    for applies, *texts in (*_OF_SERVER, *_OF_CHATS) if is_remote else _OF_CHATS:
        if applies(error):
            names = ("path", "server", "reason", "address", "location", "status")
            values = {name: plain_line(str(getattr(error, name, ""))) for name in names}
            happened, advice = (QCoreApplication.translate("FolderErrors", text).format(**values) for text in texts)
            return happened, advice
    described = describe_error(error)
    is_hint = beside_fields and isinstance(error, RemoteLoginRefused)
    return described.sentence, "" if is_hint else described.consequence


def folder_error_text(error: ChatdeskError, *, is_remote: bool, beside_fields: bool = False) -> str:
    """Return both in one text."""
    return joined(*folder_error_texts(error, is_remote=is_remote, beside_fields=beside_fields))
