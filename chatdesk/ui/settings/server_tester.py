"""Tests a server and shows what came of it in a strip."""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from chatdesk.domain.errors import ChatdeskError, KeyExposed, ServerUnreachable
from chatdesk.domain.server import ServerConfig, Vendor, can_be_started
from chatdesk.services.connections import Connections
from chatdesk.ui.errors import describe_error
from chatdesk.ui.settings.result_strip import ResultStrip
from chatdesk.ui.settings.server_words import probe_words
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.transcript.messages.failure_text import FailureText


class ServerTester:
    """One test at a time: a new one ends the one before."""

    def __init__(self, connections: Connections, tasks: Tasks, strip: ResultStrip, vendor: Vendor) -> None:
        self._connections = connections
        self._tasks = tasks
        self._strip = strip
        self._vendor = vendor
        self._task: asyncio.Task[object] | None = None

    def start(self, server: ServerConfig, key_text: str = "") -> None:
        """Ask the server; an empty key means the one that is kept."""
        self.cancel()
        self._strip.show_running()
        self._task = self._tasks.start(self._run(server, key_text), "test a server")

    def cancel(self) -> None:
        """Ask no longer, and show nothing."""
        if self._task:
            self._task.cancel()
            self._task = None
            self._strip.clear()

    async def _run(self, server: ServerConfig, key_text: str) -> None:
        try:
            status = await self._connections.test(server, key_text)
        except ChatdeskError as error:
            failure, is_local = error, can_be_started(server, self._vendor)
            self._strip.show_result(lambda: failure_words(failure, is_local=is_local))
        else:
            self._strip.show_result(lambda: probe_words(server, status))
        self._task = None


def failure_words(error: ChatdeskError, *, is_local: bool) -> FailureText:
    """Return an error's words; what is said of a question that could not be asked does not fit a test."""
    words, translate = describe_error(error), QCoreApplication.translate
    match error:
        case KeyExposed():
            return replace(words, consequence=translate("Servers", "Use an https address, or allow sending it above."))
        case ServerUnreachable() if is_local:
            return replace(words, consequence=translate("Servers", "Start it, or check the address."))
        case ServerUnreachable():
            return replace(words, consequence=translate("Servers", "Check the address and your connection."))
        case _:
            return words
