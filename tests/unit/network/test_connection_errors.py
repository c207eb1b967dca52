import errno
import os
import socket
import ssl

import pytest

from chatdesk.kernel.errors.base import CertificateRefused, MovedToTls, ProxyFailed, ServerUnreachable, to_failure
from chatdesk.network.http import connection_error, reason_of, redirect_refused


def wrapped(cause: BaseException) -> Exception:
    error = RuntimeError("All connection attempts failed")
    error.__cause__ = cause
    return error


def test_the_system_s_word_is_found_beneath_the_layers():
    assert reason_of(
        wrapped(wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "Connect call failed ('::1', 1)")))
    ) == os.strerror(errno.ECONNREFUSED)
    assert reason_of(wrapped(socket.gaierror(-2, "Name or service not known"))) == "Name or service not known"


def test_of_several_addresses_that_failed_the_first_counts():
    group = ExceptionGroup("attempts", [OSError(errno.ECONNREFUSED, "a"), OSError(errno.ENETUNREACH, "b")])
    assert reason_of(wrapped(group)) == os.strerror(errno.ECONNREFUSED)


def test_without_a_word_of_the_system_the_error_speaks_for_itself():
    assert reason_of(RuntimeError("peer closed")) == "peer closed"
    assert reason_of(RuntimeError()) == "RuntimeError"


def test_a_connection_that_is_reset_without_a_number_has_a_reason():
    assert reason_of(wrapped(ConnectionResetError())) == os.strerror(errno.ECONNRESET)


def test_errors_that_go_in_circles_end():
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first
    assert reason_of(first) == "a"


def test_a_certificate_that_is_not_trusted_is_distinguished():
    refusal = ssl.SSLCertVerificationError(1, "certificate verify failed")
    refusal.verify_message = "self-signed certificate"
    error = connection_error(wrapped(refusal), "S", "https://h", proxied=False)
    assert to_failure(error) == to_failure(CertificateRefused("S", "https://h", "self-signed certificate"))


def test_behind_a_proxy_it_is_the_proxy_that_failed():
    refused = wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "x"))
    assert isinstance(connection_error(refused, "S", "a", proxied=True), ProxyFailed)
    assert isinstance(connection_error(refused, "S", "a", proxied=False), ServerUnreachable)


@pytest.mark.parametrize(
    ("address", "location", "there"),
    [
        ("http://h.example/v1", "https://h.example/v1/chat/completions", "https://h.example/v1"),
        ("http://h.example:8080/v1", "https://h.example:8443/v1/models", "https://h.example:8443/v1"),
        ("http://[::1]:80", "https://[::1]/api/chat", "https://[::1]"),
        ("http://h.example", "https://evil@h.example/", "https://h.example"),
        ("http://h.example", "https://h.example.evil/", None),
        ("http://h.example", "https://h.example@evil/", None),
        ("https://h.example", "https://h.example/other", None),
        ("https://h.example", "http://h.example/", None),
        ("http://h.example", "/elsewhere", None),
        ("http://h.example", "https://h.example:99999/", None),
        ("http://h.example", "https://[", None),
        ("http://h.example", "https://", None),
    ],
)
def test_only_the_same_host_over_tls_is_taken_for_itself(address: str, location: str, there: str | None):
    error = redirect_refused("Acme", address, location)
    assert error.location == location
    assert (error.address_there if isinstance(error, MovedToTls) else None) == there
