"""Where Ollama is said to be on this machine: OLLAMA_HOST, as Ollama itself reads it."""

import logging
import os
from dataclasses import replace

from chatdesk.features.servers.services.servers import OLLAMA_ID
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.network.addresses import base_url_from_ollama_host

USUAL_OLLAMA_ADDRESS = "http://127.0.0.1:11434"

_log = logging.getLogger(__name__)


def at_its_address(server: ServerConfig) -> ServerConfig:
    """Return Ollama where OLLAMA_HOST says it is, unless a person gave it another address than the usual one."""
    host = os.environ.get("OLLAMA_HOST", "")
    if server.id != OLLAMA_ID or server.base_url != USUAL_OLLAMA_ADDRESS or not host:
        return server
    try:
        return replace(server, base_url=base_url_from_ollama_host(host))
    except AddressInvalid:
        _log.warning("OLLAMA_HOST is not an address; using %s", server.base_url)
        return server
