"""Connections below the HTTP client, loaded with the first request: sockets read when somebody waits, bodies unwrapped a read at a time."""
