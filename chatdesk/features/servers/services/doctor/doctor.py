"""Connection doctor: finds out why a server cannot be used, and applies the remedies that the user chooses.

`doctor_examination.py` runs the checks. Nothing is changed or started without a click.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

import chatdesk
from chatdesk.features.servers.domain.advice import SERVE, system_of
from chatdesk.features.servers.domain.diagnosis import Check, Diagnosis
from chatdesk.features.servers.domain.finding import Cause, Finding, Remedy, RemedyKind, bad
from chatdesk.features.servers.domain.report import report_of
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.doctor.doctor_causes import DoctorCauses
from chatdesk.features.servers.services.doctor.doctor_examination import CHECK_SECONDS, Examination
from chatdesk.features.servers.services.doctor.doctor_probes import DoctorProbes, ServerAddress, without_proxy
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullChanged
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.ollama_installation import Installation
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ServerConfig
from chatdesk.system.machine import system_name
from chatdesk.system.ollama_start import StartFailed

_READ_TIMEOUT = 30.0
_START_TIMEOUT = 40.0
_ANSWER_TIMEOUT = 30.0
"""Maximum time until a started program answers."""
_DEFAULT_PORT = 11434

__all__ = ["Doctor", "ServerRemoved", "StartFailed", "address_of", "failed_start"]


class ServerRemoved(Exception):
    """The examined server is no longer in the list, so there is nothing to repair."""


class ModelDownloads(Protocol):
    """Downloads models to servers. Implemented by the feature `models`."""

    @property
    def changes(self) -> Announcer[PullChanged]:
        """Announces each change of a download."""
        ...

    def start(self, ref: ModelRef) -> None:
        """Start downloading a model."""
        ...

    def find(self, ref: ModelRef) -> Pull | None:
        """Return the download of a model; None if there is none."""
        ...


class Doctor:
    """The connection doctor. One per program.

    `read_installation` and `start` block, and run on threads; `redactor` knows the keys of this run. `check_seconds` are the time limits
    of the checks.
    """

    def __init__(
        self,
        servers: Servers,
        connections: Connections,
        models: Models,
        probes: DoctorProbes,
        read_installation: Callable[[], Installation],
        start: Callable[[Installation, str], None],
        redactor: Redactor,
        downloads: ModelDownloads,
        check_seconds: Mapping[Check, float] = CHECK_SECONDS,
    ) -> None:
        self.downloads = downloads
        self._servers = servers
        self._connections = connections
        self._models = models
        self._probes = probes
        self._read = read_installation
        self._start = start
        self._redactor = redactor
        self._check_seconds = check_seconds

    async def examine(self, server: ServerConfig, model_id: str, report: Callable[[Diagnosis], None]) -> Diagnosis:
        """Examine a server, report each step, and return the diagnosis. Cancelling it cancels all requests.

        If the server turns out to work, its models are refreshed, so that the rest of the program knows too.
        """

        async def has_key() -> bool:
            return await self._servers.key(server) is not None

        examination = Examination(
            server,
            await self._with_secrets(server),
            model_id,
            self._connections,
            self._probes,
            self._servers.vendors,
            self._read_installation,
            has_key,
            report,
            system=system_of(sys.platform),
            check_seconds=self._check_seconds,
        )
        found = await examination.run()
        answers = any(finding.cause is Cause.ANSWERS for finding in found.findings)  # even if it has no models
        if answers and self._servers.find(server.id) == server:
            await self._models.refresh_server(server)
        return found

    async def better_address(self, error: ChatdeskError, server: ServerConfig) -> Finding | None:
        """Return the finding on a server's address if another address was seen to work; None if there is none.

        `error` is the error of the server's own request. The server may not be saved yet. Nothing is changed.
        """
        found = await DoctorCauses(self._probes, self._servers.vendors).of(error, await self._with_secrets(server))
        return next((each for each in found if address_of(each)), None)

    async def apply_remedy(self, server: ServerConfig, remedy: Remedy) -> ServerConfig:
        """Save the change of a remedy, and return the server that it concerns then.

        `server` is the examined configuration: later changes of it are kept. Raises `ServerRemoved`, `AddressInvalid`, and the errors of
        saving. A key is bound to the address it was entered for: at another address the server has none.
        """
        if remedy.kind is RemedyKind.CHOOSE_AUTHORITIES:
            await self._servers.check_ca_file(_with_ca_file(server, remedy.value))
        current = self._servers.find(server.id)
        if current is None and remedy.kind is not RemedyKind.ADD_SERVER:
            raise ServerRemoved
        server = current or server
        match remedy.kind:
            case RemedyKind.USE_ADDRESS:
                changed = replace(server, base_url=remedy.value)
            case RemedyKind.NO_PROXY:
                changed = replace(server, connection=without_proxy(server.connection))
            case RemedyKind.CHOOSE_AUTHORITIES:
                changed = _with_ca_file(server, remedy.value)
            case RemedyKind.ADD_SERVER:
                vendor = self._servers.vendors[remedy.detail]
                new = Recognised(vendor.id, remedy.value).applied_to(self._servers.new(vendor), vendor)
                names = {other.name for other in self._servers.all()}
                is_name_used = new.name in names
                changed = replace(new, name=f"{new.name} ({urlsplit(new.base_url).netloc})") if is_name_used else new
            case _:
                return server
        changed = self._servers.normalised(changed)
        await self._servers.save(changed)
        changed = self._servers.find(changed.id) or changed
        await self._models.refresh_server(changed)
        return changed

    async def start(self, server: ServerConfig) -> None:
        """Start the Ollama of this machine. Return once it answers at the server's address, or the time is up.

        Raises `StartFailed`, or `TimeoutError` if it could not even be started in time.
        """
        installation = await self._read_installation()
        address = ServerAddress.of(server.base_url)
        host = "" if address.port == _DEFAULT_PORT else urlsplit(address.root).netloc
        await run_in_daemon_thread(lambda: self._start(installation, host), "start Ollama", _START_TIMEOUT)
        try:
            async with asyncio.timeout(_ANSWER_TIMEOUT):
                while not await self._probes.listens(address):  # noqa: ASYNC110 - another program's start cannot be awaited
                    await asyncio.sleep(0.3)
        except TimeoutError:
            return  # the next examination reports what is wrong

    def report(self, diagnosis: Diagnosis) -> str:
        """Return a diagnosis as text for copying, without secrets."""
        return report_of(diagnosis, f"Chatdesk {chatdesk.__version__}", system_name(), self._redactor)

    async def _with_secrets(self, server: ServerConfig) -> ServerConfig:
        """Return the server with its proxy's password. If that fails, the server's own request reports it."""
        try:
            return await self._servers.with_secrets(server)
        except ChatdeskError:
            return server

    async def _read_installation(self) -> Installation:
        return await run_in_daemon_thread(self._read, "look for Ollama", _READ_TIMEOUT)


def failed_start(error: StartFailed | OSError | None) -> Finding:
    """Return the finding that starting Ollama failed; without an error, it did not answer in time."""
    reason, code, output = "", "", ""
    if isinstance(error, StartFailed):
        reason, code, output = str(error), str(error.code or ""), error.output
    elif error and not isinstance(error, TimeoutError):  # the installation could not be read
        reason = error.strerror or str(error)
    remedies = Remedy(RemedyKind.START), Remedy(RemedyKind.RUN_COMMAND, SERVE)
    return bad(Cause.START_FAILED, *remedies, reason=reason, code=code, output=output)


def address_of(finding: Finding) -> str:
    """Return the address that would solve the problem; empty if there is none."""
    uses = (remedy.value for remedy in finding.remedies if remedy.kind is RemedyKind.USE_ADDRESS)
    return next(uses, "")


def _with_ca_file(server: ServerConfig, file: str) -> ServerConfig:
    return replace(server, connection=replace(server.connection, ca_file=file))
