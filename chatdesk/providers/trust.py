"""Whose certificates we believe. There is no switch to believe any: a server whose certificate is not to be trusted gets no request."""

import ssl


def trusted_authorities() -> ssl.SSLContext:
    """Return the system's authorities, and Mozilla's list for systems that OpenSSL cannot ask (macOS, bundled programs)."""
    import certifi  # noqa: PLC0415 - start-up time: needed once a server is reached over TLS

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def no_authorities() -> ssl.SSLContext:
    """Return a context that believes nobody, for connections without TLS: reading the lists takes a while."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
