"""Connections below the HTTP client: sockets read when somebody waits, bodies unwrapped a read at a time. Mostly loaded with a request."""
