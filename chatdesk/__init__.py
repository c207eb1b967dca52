"""Chatdesk: a native desktop chat client for local and remote language models.

Packages and who may import whom: docs/architecture.md.
"""

__version__ = "0.1.0"
