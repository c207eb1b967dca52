"""Errors of connections without a reply, and of redirects.

The system's own message is inside several layers of exceptions.
"""

import os
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from chatdesk.kernel.errors.base import (
    CertificateRefused,
    MovedToTls,
    ProxyFailed,
    RedirectRefused,
    ServerError,
    ServerUnreachable,
)


def connection_error(error: BaseException, server: str, address: str, *, proxied: bool) -> ServerError:
    """Return the error for a connection without a reply."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateRefused(server, address, cause.verify_message or str(cause))
    reason = reason_of(error)
    return ProxyFailed(server, address, reason) if proxied else ServerUnreachable(server, address, reason)


def reason_of(error: BaseException) -> str:
    """Return the system's message in its shortest form: `Connection refused`."""
    system = [cause for cause in _causes(error) if isinstance(cause, OSError) and (cause.errno or cause.strerror)]
    if not system:
        return str(error) or type(error).__name__
    deepest = system[-1]
    if isinstance(deepest, ssl.SSLError):
        return (deepest.reason or str(deepest)).replace("_", " ").lower()
    if isinstance(deepest, socket.gaierror) or not deepest.errno:
        return deepest.strerror or str(deepest)
    return os.strerror(deepest.errno)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and its causes, outermost first. For a connection tried at several addresses, the first failure is used."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        nested = current.exceptions[0] if isinstance(current, BaseExceptionGroup) else None
        current = nested or current.__cause__ or current.__context__


def redirect_refused(server: str, address: str, location: str) -> RedirectRefused:
    """Return the error for a redirect to `location`, which may be the same host with TLS."""
    try:
        here, there = urlsplit(address), urlsplit(location)
        port = f":{there.port}" if there.port else ""
    except ValueError:
        return RedirectRefused(server, address, location)
    if (here.scheme, there.scheme) != ("http", "https") or here.hostname != there.hostname or not there.hostname:
        return RedirectRefused(server, address, location)
    host = f"[{there.hostname}]" if ":" in there.hostname else there.hostname
    return MovedToTls(server, address, location, f"https://{host}{port}{here.path}")
