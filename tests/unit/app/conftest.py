"""What holds for the tests of the command line: nothing is piped in, and servers are scripted."""

import io
import sys
from collections.abc import Iterator

import pytest

from tests.fakes.scripted_server import ScriptedServer, on_thread


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """Return a function that starts a server where OLLAMA_HOST points to."""
    running = []

    def start(server: ScriptedServer) -> ScriptedServer:
        context = on_thread(server)
        context.__enter__()
        running.append(context)
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
        return server

    yield start
    for context in running:
        context.__exit__(None, None, None)
