"""Trusted certificate authorities. Verification cannot be disabled: a server with an untrusted certificate receives no request."""

import re
import ssl
from pathlib import Path

from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole

_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")
_MAX_FILE_BYTES = 8 * 1024 * 1024
"""In bytes. The list of all public certificate authorities has a quarter of a megabyte."""


class CaFileError(Exception):
    """The user's CA file contains no certificates or cannot be read."""


def trusted_ca_certificates(ca_file: str = "") -> ssl.SSLContext:
    """Return a context that trusts the system's certificate authorities, Mozilla's, and those of `ca_file`.

    Mozilla's are for systems that OpenSSL cannot query (macOS, bundled programs). Reads files: call it off the loop. Raise `CaFileError`.
    """
    import certifi  # noqa: PLC0415 - start-up time: needed only for servers with TLS

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_file:
        try:
            context.load_verify_locations(cadata=_certificates(Path(ca_file).expanduser()))
        except (
            OSError,
            ValueError,
            RuntimeError,
        ) as error:  # ssl.SSLError is an OSError; RuntimeError: no home for `~`
            raise CaFileError(str(error)) from error
    return context


def empty_ssl_context() -> ssl.SSLContext:
    """Return a context that trusts no authority, for connections without TLS: loading the lists takes a while."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def ca_file_stamp(ca_file: str) -> tuple[int, int]:
    """Return values that change with the file. Accesses the disk: call it off the loop."""
    try:
        stat = Path(ca_file).expanduser().stat()
    except (OSError, ValueError, RuntimeError):
        return (0, 0)
    return stat.st_mtime_ns, stat.st_size


def _certificates(path: Path) -> str:
    try:
        certificates = _CERTIFICATE.findall(read_whole(path, _MAX_FILE_BYTES))
    except (FileNotFoundError, NotARegularFile) as error:
        raise ValueError("not a file") from error
    except FileTooLarge as error:
        raise ValueError("too large for a list of authorities") from error
    if not certificates:
        raise ValueError("no certificate in it (PEM)")
    return b"\n".join(certificates).decode("ascii", "replace")
