"""Copying, deleting and creating models on a server."""
