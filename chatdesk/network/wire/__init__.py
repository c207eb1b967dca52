"""Connections below the HTTP client: sockets that are read on demand, and incremental decoding of bodies. Imported with a request."""
