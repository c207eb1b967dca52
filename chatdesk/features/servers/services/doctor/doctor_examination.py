"""One run of all checks of the doctor on one server: their order, their findings, and which are skipped after others."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from itertools import chain
from typing import Protocol as Shape
from typing import TypeVar

from chatdesk.features.servers.domain import advice
from chatdesk.features.servers.domain.diagnosis import Check, CheckLine, Diagnosis, Progress
from chatdesk.features.servers.domain.finding import Cause, Finding, Remedy, RemedyKind, System, bad, good, note
from chatdesk.features.servers.services.doctor.doctor_causes import EDIT_ADDRESS, DoctorCauses, is_same
from chatdesk.features.servers.services.doctor.doctor_probes import DoctorProbes, ServerAddress
from chatdesk.kernel.errors.base import AddressInvalid, ChatdeskError
from chatdesk.kernel.models.model import Model
from chatdesk.kernel.servers.ollama_installation import Installation, StartMethod, start_method
from chatdesk.kernel.servers.server import ServerConfig, ServerProtocol, ServerStatus, Vendor
from chatdesk.network.addresses import base_url_from_ollama_host, is_local
from chatdesk.network.wire.reaching import Reach, best_of
from chatdesk.providers.ollama.models import full_name

Result = TypeVar("Result")

CHECK_SECONDS: Mapping[Check, float] = {
    Check.INSTALLED: 12.0,
    Check.LISTENING: 6.0,
    Check.ANSWERING: 40.0,
    Check.ELSEWHERE: 15.0,
}
"""Seconds after which a check is abandoned. The checks not listed send no requests of their own."""
_SAFE_OLLAMA = (0, 17, 1)
"""Older versions disclose the contents of their memory to anyone (CVE-2026-7482)."""
_LOOPBACKS = ("127.0.0.1", "::1")
_MAX_OTHERS = 3
_KEY_CAUSES = frozenset({Cause.KEY_MISSING, Cause.KEY_REJECTED, Cause.KEY_HELD_BACK})
_MAY_BE_ELSEWHERE = frozenset(
    {
        Cause.NOT_INSTALLED,
        Cause.NOT_RUNNING,
        Cause.STARTED_ELSEWHERE,
        Cause.NOBODY_HERE,
        Cause.NOBODY_THERE,
        Cause.UNKNOWN_SERVER,
        Cause.NO_ANSWER,
        Cause.OTHER_SERVER,
        Cause.OTHER_ERROR,
        Cause.TOOK_TOO_LONG,
    }
)
"""Causes after which the server may be found at another port of the same machine."""


class ServerSurvey(Shape):
    """Sends a server the requests that a chat would send; implemented by `features/servers/services/connections.py`."""

    async def survey(self, server: ServerConfig) -> tuple[ServerStatus, tuple[Model, ...]]:
        """Return the server's status and models, requested with its own key. Raises a `ChatdeskError`."""
        ...


class Examination:
    """One examination of one server; `run` it once.

    `with_secrets` is the server including its secrets other than the key, such as the proxy password. `has_key` returns whether a key is
    stored for the server; `report` is called after each step.
    """

    def __init__(
        self,
        server: ServerConfig,
        with_secrets: ServerConfig,
        model_id: str,
        surveys: ServerSurvey,
        probes: DoctorProbes,
        vendors: Mapping[str, Vendor],
        read_installation: Callable[[], Awaitable[Installation]],
        has_key: Callable[[], Awaitable[bool]],
        report: Callable[[Diagnosis], None],
        *,
        system: System,
        check_seconds: Mapping[Check, float],
    ) -> None:
        self._server = server
        self._connection_options = with_secrets.connection
        self._with_secrets = with_secrets
        self._surveys = surveys
        self._probes = probes
        self._vendors = vendors
        self._causes = DoctorCauses(probes, vendors)
        self._read_installation = read_installation
        self._has_key = has_key
        self._report = report
        self._system = system
        self._check_seconds = check_seconds
        self._address = ServerAddress.of(server.base_url)
        checks = (check for check in Check if check is not Check.INSTALLED or self._is_local_ollama)
        self._diagnosis = Diagnosis(server, model_id, tuple(map(CheckLine, checks)))
        self._installation = Installation()

    async def run(self) -> Diagnosis:
        """Run all checks, and return the diagnosis."""
        self._report(self._diagnosis)
        looking = asyncio.ensure_future(self._check_installation()) if self._is_local_ollama else None
        try:
            is_reached = await self._check_listening(looking)
            is_well = is_reached and await self._check_answers()
            if looking:
                await looking
            if not is_well and is_local(self._address.host):
                await self._check_elsewhere()
        finally:
            if looking:
                looking.cancel()
        self._diagnosis = self._diagnosis.finished()
        self._report(self._diagnosis)
        return self._diagnosis

    @property
    def _is_local_ollama(self) -> bool:
        """Whether the server is an Ollama on this machine, which can be installed and started here."""
        return self._server.protocol is ServerProtocol.OLLAMA and self._server.is_on_this_machine

    async def _check_installation(self) -> None:
        found = await self._with_time_limit(Check.INSTALLED, self._read_installation)
        if found is None:
            return
        self._installation = found
        if found.is_there:
            self._set_findings(Check.INSTALLED, good(Cause.INSTALLED, version=found.version))
        else:
            self._set_findings(Check.INSTALLED)  # only bad if nothing answers either: it may run in a container

    async def _check_listening(self, looking: "asyncio.Future[None] | None") -> bool:
        """Check whether anything accepts connections, and return whether requests can be sent."""
        if await self._probes.proxy_of(self._with_secrets):
            return True  # the proxy connects to the server: its answer shows whether it can
        reached = await self._with_time_limit(Check.LISTENING, lambda: self._probes.reach(self._address))
        if reached is None:
            return False
        where = {"host": self._address.host, "port": str(self._address.port)}
        match best_of(reached):
            case Reach.LISTENS:
                self._set_findings(Check.LISTENING, good(Cause.LISTENS, **where))
                return True
            case Reach.UNKNOWN:
                self._set_findings(Check.LISTENING, bad(Cause.HOST_UNKNOWN, EDIT_ADDRESS, host=self._address.host))
            case Reach.SILENT:
                self._set_findings(Check.LISTENING, bad(Cause.HOST_SILENT, EDIT_ADDRESS, **where))
            case Reach.REFUSED if self._server.is_on_this_machine:
                if looking:
                    await looking
                self._set_findings(Check.LISTENING, self._local_cause())
            case Reach.REFUSED:
                remedies = advice.listen_to_network() if self._server.protocol is ServerProtocol.OLLAMA else ()
                self._set_findings(Check.LISTENING, bad(Cause.NOBODY_THERE, EDIT_ADDRESS, *remedies, **where))
        return False

    def _local_cause(self) -> Finding:
        port = str(self._address.port)
        if not self._is_local_ollama or not self._installation.is_there:
            if self._is_local_ollama:
                self._set_findings(Check.INSTALLED, bad(Cause.NOT_INSTALLED, *advice.install(self._system)))
            return bad(Cause.NOBODY_HERE, EDIT_ADDRESS, port=port)
        manual = Remedy(RemedyKind.RUN_COMMAND, advice.START_SERVICE, system=System.LINUX)
        is_service = start_method(self._installation) is StartMethod.SYSTEM_UNIT
        start = manual if is_service else Remedy(RemedyKind.START)
        if self._installation.is_running:  # at another port
            return bad(Cause.STARTED_ELSEWHERE, EDIT_ADDRESS, start, port=port)
        return bad(Cause.NOT_RUNNING, start, EDIT_ADDRESS, port=port)

    async def _check_answers(self) -> bool:
        """Send the server the requests of a chat, with its own key and address, and report the causes of a failure."""
        try:
            self._start_check(Check.ANSWERING)
            async with asyncio.timeout(self._check_seconds[Check.ANSWERING]):
                try:
                    status, models = await self._surveys.survey(self._server)
                except ChatdeskError as error:
                    self._set_causes(await self._causes.of(error, self._with_secrets))
                    return False
        except TimeoutError:
            self._report_timeout(Check.ANSWERING)
            return False
        self._set_findings(Check.ANSWERING, *self._answer_findings(status, models))
        if await self._has_key():
            self._set_findings(Check.KEY, good(Cause.KEY_ACCEPTED))
        self._check_model(models)
        return True

    def _answer_findings(self, status: ServerStatus, models: tuple[Model, ...]) -> list[Finding]:
        findings = [
            good(
                Cause.ANSWERS,
                version=status.version or "",
                milliseconds=str(max(1, round(status.milliseconds))),
                models=str(len(models)),
            )
        ]
        is_ollama = self._server.protocol is ServerProtocol.OLLAMA
        if is_ollama and (numbers := _version_numbers(status.version)) and numbers < _SAFE_OLLAMA:
            update = advice.install(self._system) if self._is_local_ollama else ()
            wanted = ".".join(map(str, _SAFE_OLLAMA))
            findings.append(note(Cause.OLD_VERSION, *update, version=status.version or "", wanted=wanted))
        return findings

    def _set_causes(self, causes: tuple[Finding, ...]) -> None:
        of_key = [finding for finding in causes if finding.cause in _KEY_CAUSES]
        if not of_key:
            self._set_findings(Check.ANSWERING, *causes)
            return
        if any(finding.cause is Cause.KEY_REJECTED for finding in of_key):
            self._set_findings(Check.ANSWERING, good(Cause.ANSWERS, version="", milliseconds="", models=""))
        self._set_findings(Check.KEY, *of_key)

    def _check_model(self, models: tuple[Model, ...]) -> None:
        wanted = self._diagnosis.model_id
        is_ollama = self._server.protocol is ServerProtocol.OLLAMA
        if is_ollama and not models:
            remedy = Remedy(RemedyKind.PULL_MODEL, wanted) if wanted else Remedy(RemedyKind.CHOOSE_MODEL)
            self._set_findings(Check.MODEL, bad(Cause.NO_MODELS, remedy))
        elif not wanted or not models:
            return  # an empty list, or one that the user wrote, proves nothing about the model
        elif wanted in {model.ref.model_id for model in models} or (
            is_ollama and full_name(wanted) in {full_name(model.ref.model_id) for model in models}
        ):
            self._set_findings(Check.MODEL, good(Cause.MODEL_THERE, model=wanted))
        else:
            pull = (Remedy(RemedyKind.PULL_MODEL, wanted),) if is_ollama else ()
            self._set_findings(
                Check.MODEL, bad(Cause.MODEL_MISSING, *pull, Remedy(RemedyKind.CHOOSE_MODEL), model=wanted)
            )

    async def _check_elsewhere(self) -> None:
        """Check the default ports of the same machine, if the server may be found there."""
        cause = self._diagnosis.cause
        if cause is None or cause.cause not in _MAY_BE_ELSEWHERE:
            return
        addresses = self._addresses_elsewhere()
        found = await self._with_time_limit(
            Check.ELSEWHERE, lambda: self._probes.identify_all(addresses, self._connection_options)
        )
        if found is None:
            return
        here: list[Finding] = []
        findings: list[Finding] = []
        for root, each in found.items():
            same = is_same(each, self._server, self._vendors)
            vendor = self._vendors[each.vendor_id]
            if same:
                is_port = ServerAddress.of(root).port != self._address.port
                cause_found = Cause.OTHER_PORT if is_port else Cause.OTHER_LOOPBACK
                use = Remedy(RemedyKind.USE_ADDRESS, each.base_url)
                here.append(note(cause_found, use, address=each.base_url, version=each.version or ""))
            elif vendor.is_known:
                add = Remedy(RemedyKind.ADD_SERVER, each.base_url, vendor.id)
                findings.append(note(Cause.OTHER_SERVER, add, address=each.base_url, vendor=vendor.name))
        if here and self._is_local_ollama and not self._installation.is_there:
            self._diagnosis = self._diagnosis.without(Check.INSTALLED)  # it runs in a container, or from another folder
        self._set_findings(Check.ELSEWHERE, *[*here, *findings][:_MAX_OTHERS])

    def _addresses_elsewhere(self) -> list[str]:
        """Return the roots to check: the other loopback address, those configured for the local Ollama, and the host's default ports."""
        address = self._address.at(scheme="http")
        loopbacks = [address.at(host=other).root for other in _LOOPBACKS] if self._server.is_on_this_machine else []
        known_roots = chain.from_iterable(map(_root_of_host, self._installation.hosts))
        ports = dict.fromkeys(
            ServerAddress.of(vendor.base_url).port
            for vendor in self._vendors.values()
            if vendor.local and vendor.base_url
        )
        usual = (address.at(port=port).root for port in ports)
        return [root for root in dict.fromkeys([*loopbacks, *known_roots, *usual]) if root != self._address.root]

    async def _with_time_limit(self, check: Check, work: Callable[[], Awaitable[Result]]) -> Result | None:
        """Run a check within its time limit. Return None if it took too long, which is reported."""
        self._start_check(check)
        try:
            async with asyncio.timeout(self._check_seconds[check]):
                return await work()
        except TimeoutError:
            self._report_timeout(check)
            return None

    def _start_check(self, check: Check) -> None:
        self._diagnosis = self._diagnosis.with_line(check, Progress.RUNNING)
        self._report(self._diagnosis)

    def _set_findings(self, check: Check, *findings: Finding) -> None:
        self._diagnosis = self._diagnosis.with_line(check, Progress.DONE, *findings)
        self._report(self._diagnosis)

    def _report_timeout(self, check: Check) -> None:
        seconds = f"{self._check_seconds[check]:.0f}"
        severity = bad if check in {Check.LISTENING, Check.ANSWERING} else note
        self._set_findings(check, severity(Cause.TOOK_TOO_LONG, seconds=seconds))


def _root_of_host(host: str) -> tuple[str, ...]:
    try:
        return (ServerAddress.of(base_url_from_ollama_host(host)).root,)
    except AddressInvalid:
        return ()


def _version_numbers(version: str | None) -> tuple[int, ...]:
    """Return the numbers of a version; empty if it consists of anything else."""
    parts = (version or "").partition("-")[0].split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() and len(part) < 9 for part in parts) else ()
