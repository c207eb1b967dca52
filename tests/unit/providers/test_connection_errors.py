import errno
import os
import socket
import ssl

from chatdesk.domain.errors import CertificateRefused, ProxyFailed, ServerUnreachable, to_failure
from chatdesk.providers.connection_errors import connection_error, reason_of


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


def test_errors_that_go_in_circles_end():
    first, second = RuntimeError("a"), RuntimeError("b")
    first.__cause__, second.__cause__ = second, first
    assert reason_of(first) == "a"


def test_a_certificate_that_is_not_trusted_is_told_apart():
    refusal = ssl.SSLCertVerificationError(1, "certificate verify failed")
    refusal.verify_message = "self-signed certificate"
    error = connection_error(wrapped(refusal), "S", "https://h", proxied=False)
    assert to_failure(error) == to_failure(CertificateRefused("S", "https://h", "self-signed certificate"))


def test_behind_a_proxy_it_is_the_proxy_that_failed():
    refused = wrapped(ConnectionRefusedError(errno.ECONNREFUSED, "x"))
    assert isinstance(connection_error(refused, "S", "a", proxied=True), ProxyFailed)
    assert isinstance(connection_error(refused, "S", "a", proxied=False), ServerUnreachable)
