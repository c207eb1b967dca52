"""The details of one model or server."""
