"""Test of a server, with its result shown in a strip."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from chatdesk.features.servers.domain.finding import Finding
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.ui.cards.card_texts import probe_text
from chatdesk.features.servers.ui.cards.result_strip import ResultStrip
from chatdesk.kernel.errors.base import ChatdeskError, KeyExposed, KeyMissing, ServerUnreachable
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.servers.server import ServerConfig, Vendor, can_be_started
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.wording_types import FailureText
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line

if TYPE_CHECKING:
    from chatdesk.features.servers.services.doctor.doctor import Doctor


class ServerTester:
    """Runs tests, one at a time: a new test cancels the previous one.

    After a failure, `doctor` searches for an address that works; `use_address` applies it. `on_passed` gets the models of a server that
    works, `on_failed` the error of one that does not.
    """

    def __init__(
        self,
        connections: Connections,
        tasks: Tasks,
        strip: ResultStrip,
        vendor: Vendor,
        doctor: "Lazy[Doctor] | None" = None,
        use_address: Callable[[str], None] = lambda _address: None,
        on_passed: Callable[[tuple[Model, ...]], object] = lambda _models: None,
        on_failed: Callable[[ChatdeskError], object] = lambda _error: None,
    ) -> None:
        self._connections = connections
        self._doctor = doctor
        self._use_address = use_address
        self._on_passed = on_passed
        self._on_failed = on_failed
        self._tasks = tasks
        self._strip = strip
        self._vendor = vendor
        self._task: asyncio.Task[object] | None = None
        self._search_task: asyncio.Task[object] | None = None
        """Searches for an address that works, after a failure was shown."""

    def start(self, server: ServerConfig, key_text: str = "") -> None:
        """Test a server; an empty key means the stored one."""
        self.cancel()
        self._strip.show_running()
        self._task = self._tasks.start(self._run(server, key_text), "test a server")

    def stop_search(self) -> None:
        """Stop searching for another address."""
        if self._search_task:
            self._search_task.cancel()
            self._search_task = None

    def cancel(self) -> None:
        """Cancel the test, and clear the strip."""
        self.stop_search()
        if self._task:
            self._task.cancel()
            self._task = None
            self._strip.clear()

    async def _run(self, server: ServerConfig, key_text: str) -> None:
        try:
            status, models = await self._connections.test(server, key_text)
        except ChatdeskError as error:
            failure, is_local = error, can_be_started(server, self._vendor)
            self._strip.show_result(lambda: failure_text(failure, is_local=is_local))
            self._on_failed(failure)
            if self._doctor:
                search = self._find_address(self._doctor, server, failure)
                self._search_task = self._tasks.start(search, "look for an address that works")
        else:
            self._strip.show_result(lambda: probe_text(server, status))
            self._on_passed(models)
        self._task = None

    async def _find_address(self, doctor: "Lazy[Doctor]", server: ServerConfig, error: ChatdeskError) -> None:
        finding = await doctor.get().better_address(error, server)
        self._search_task = None
        if finding:
            self._show_better(finding, server, error)

    def _show_better(self, finding: Finding, server: ServerConfig, error: ChatdeskError) -> None:
        from chatdesk.features.servers.services.doctor.doctor import (  # noqa: PLC0415 - start-up time: after a failure
            address_of,
        )

        address = address_of(finding)
        self._strip.show_result(
            lambda: better_text(finding, server, error), offer=(address, lambda: self._use_address(address))
        )


def better_text(finding: Finding, server: ServerConfig, error: ChatdeskError) -> FailureText:
    """Return what is wrong with an address; the error of the test is part of the details."""
    from chatdesk.features.servers.ui.doctor.doctor_texts import (  # noqa: PLC0415 - start-up time: after a failure
        finding_text,
    )

    sentence, _address = finding_text(finding, server)
    text = describe_error(error)
    details = "\n".join(part for part in (text.sentence, text.details) if part)
    return FailureText(sentence=f"{sentence}.", consequence="", details=details)


def failure_text(error: ChatdeskError, *, is_local: bool) -> FailureText:
    """Return the text of an error, adapted to a test where the general text refers to a chat."""
    text, translate = describe_error(error), QCoreApplication.translate
    match error:
        case KeyExposed():
            return replace(
                text, consequence=translate("Servers", "Use an https address, or allow sending the key above.")
            )
        case KeyMissing():
            return replace(
                text,
                sentence=translate("Servers", "{server} requires an API key.").format(server=plain_line(error.server)),
                consequence=translate("Servers", "Paste it above."),
            )
        case ServerUnreachable() if is_local:
            return replace(text, consequence=translate("Servers", "Start the server, or check the address."))
        case ServerUnreachable():
            return replace(text, consequence=translate("Servers", "Check the address and your connection."))
        case _:
            return text
