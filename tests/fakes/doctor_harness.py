"""A doctor over the real services and real sockets, on a machine whose programs are made up and whose usual ports are the test's."""

import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from chatdesk.features.models.services.pulls import Pulls
from chatdesk.features.servers.domain.diagnosis import Check, Diagnosis
from chatdesk.features.servers.domain.finding import Cause, Finding, Remedy
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.doctor.doctor import Doctor
from chatdesk.features.servers.services.doctor.doctor_probes import DoctorProbes
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.ollama_installation import Installation
from chatdesk.kernel.servers.server import ServerConfig, Vendor
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers import recognition
from chatdesk.providers import recognition as strangers
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.providers.ollama import ollama_provider as ollama
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.system.ollama_start import StartFailed
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over
from tests.fakes.scripted_server import ScriptedServer, reply
from tests.own_time import TIMEOUT

_VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
PAGE = "<html><head><title>Router of the house</title></head><body>Sign in</body></html>"
_DEAD = 9
"""Discard: no machine of ours listens there."""


def vendors_at(ports: Mapping[str, int]) -> tuple[Vendor, ...]:
    """Return all vendors, those of this machine at these ports: whatever else runs here must not be found by a test."""

    def moved(vendor: Vendor) -> Vendor:
        path = "/v1" if vendor.base_url.endswith("/v1") else ""
        return replace(vendor, base_url=f"http://127.0.0.1:{ports.get(vendor.id, _DEAD)}{path}")

    return tuple(moved(vendor) if vendor.local and vendor.base_url else vendor for vendor in _VENDORS)


def web_site(page: str = PAGE, status: int = 200, server: str = "lighttpd/1.4.76") -> ScriptedServer:
    """Return something that is no chat server."""
    return ScriptedServer(lambda _: [reply(page, status, "text/html", {"Server": server})])


@contextmanager
def dead_port() -> Iterator[int]:
    """A port on which nothing answers: bound, not listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def be_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, no server that answers in a test is taken for one that does not."""
    for module in (ollama, recognition, strangers):
        monkeypatch.setattr(module, "PROBE", Timeouts(connect=TIMEOUT, first_event=TIMEOUT))


@dataclass
class DoctorHarness:
    """What a test of the doctor holds in its hands."""

    servers: Servers
    connections: Connections
    models: Models
    doctor: Doctor
    redactor: Redactor
    installation: Installation = field(default_factory=Installation)
    started: list[str] = field(default_factory=list)
    """The OLLAMA_HOST of each start."""
    start_fails: str = ""
    reported: list[Diagnosis] = field(default_factory=list)

    async def add(self, url: str, vendor: str = "ollama", **changes: object) -> ServerConfig:
        known = self.servers.vendors[vendor]
        server = replace(ServerConfig("mine", "Mine", vendor, known.protocol, url), **changes)
        await self.servers.save(server)
        return server

    async def examine(self, server: ServerConfig, model_id: str = "") -> Diagnosis:
        self.reported.clear()
        return await self.doctor.examine(server, model_id, self.reported.append)


@asynccontextmanager
async def doctor_harness(folder: Path, ports: Mapping[str, int] | None = None) -> AsyncIterator[DoctorHarness]:
    redactor = Redactor()
    keyring, fallback = SessionKeyStore(redactor), SessionKeyStore(redactor)
    servers = Servers((), vendors_at(ports or {}), lambda _: None, keyring, fallback)
    built_in = built_in_over(folder)
    async with NetworkThread() as network:
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http)
        models = Models(servers, connections)

        def start(_installation: Installation, host: str) -> None:
            harness.started.append(host)
            if harness.start_fails:
                raise StartFailed(harness.start_fails)

        downloads = Pulls(connections, servers.find, models.refresh_server, _unknown_space)
        doctor = Doctor(
            servers,
            connections,
            models,
            DoctorProbes(network, http.get()),
            lambda: harness.installation,
            start,
            redactor,
            downloads,
        )
        harness = DoctorHarness(servers, connections, models, doctor, redactor)
        yield harness
        await network.call(http.close)
    await built_in.close()


async def _unknown_space(_server: ServerConfig) -> int | None:
    return None


def found(diagnosis: Diagnosis, cause: Cause) -> Finding:
    """Return a finding that must be there."""
    assert cause in causes(diagnosis), causes(diagnosis)
    return next(finding for finding in diagnosis.findings if finding.cause is cause)


def causes(diagnosis: Diagnosis) -> list[Cause]:
    return [finding.cause for finding in diagnosis.findings]


def checked(diagnosis: Diagnosis) -> dict[Check, str]:
    return {line.check: str(line.progress) for line in diagnosis.lines}


def the_cause(diagnosis: Diagnosis) -> Finding:
    """Return what is wrong; something must be."""
    assert diagnosis.cause is not None, causes(diagnosis)
    return diagnosis.cause


def best(diagnosis: Diagnosis) -> tuple[Finding, Remedy]:
    """Return the step to take next; there must be one."""
    assert diagnosis.best is not None, causes(diagnosis)
    return diagnosis.best
