"""The built-in engine as a server."""
