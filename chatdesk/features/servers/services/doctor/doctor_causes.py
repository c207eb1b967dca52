"""Diagnosis of the error that a server's request ended with: probes that distinguish the causes, and verified remedies.

A remedy is offered only if it was seen to work. Self-explanatory errors are passed on unchanged.
"""

import asyncio
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from chatdesk.features.servers.domain.advice import listen_to_network
from chatdesk.features.servers.domain.finding import Cause, Finding, Remedy, RemedyKind, Severity, bad
from chatdesk.features.servers.services.doctor.doctor_probes import DoctorProbes, ServerAddress, without_proxy
from chatdesk.kernel.errors.base import (
    AccessDenied,
    AddressInvalid,
    CertificateRefused,
    ChatdeskError,
    KeyExposed,
    KeyMissing,
    KeyRejected,
    ModelNotFound,
    MovedToTls,
    NotAChatServer,
    ProxyFailed,
    QuotaExhausted,
    RateLimited,
    RedirectRefused,
    ServerLoading,
    ServerOptionUnusable,
    ServerTimedOut,
    ServerUnreachable,
)
from chatdesk.kernel.errors.certificate_problems import CertificateProblem, certificate_problem
from chatdesk.kernel.servers.recognized import Recognised
from chatdesk.kernel.servers.server import ProxyChoice, ServerConfig, ServerProtocol, Vendor

EDIT_KEY = Remedy(RemedyKind.EDIT_KEY)
EDIT_ADDRESS = Remedy(RemedyKind.EDIT_ADDRESS)
EDIT_SERVER = Remedy(RemedyKind.EDIT_SERVER)
CHOOSE_AUTHORITIES = Remedy(RemedyKind.CHOOSE_AUTHORITIES)
_CERTIFICATE_CAUSES = {
    CertificateProblem.EXPIRED: Cause.EXPIRED,
    CertificateProblem.WRONG_NAME: Cause.WRONG_NAME,
    CertificateProblem.SELF_SIGNED: Cause.SELF_SIGNED,
    CertificateProblem.OTHER: Cause.NOT_TRUSTED,
}
_CERTIFICATE_REMEDIES = {Cause.SELF_SIGNED: (CHOOSE_AUTHORITIES, EDIT_SERVER), Cause.WRONG_NAME: (EDIT_ADDRESS,)}


class DoctorCauses:
    """Finds the causes of errors. `vendors` are the known vendors by ID, one of which may be found at an address."""

    def __init__(self, probes: DoctorProbes, vendors: Mapping[str, Vendor]) -> None:
        self._probes = probes
        self._vendors = vendors

    async def of(self, error: ChatdeskError, server: ServerConfig) -> tuple[Finding, ...]:
        """Return the causes of an error, the most likely one first."""
        match error:
            case KeyMissing():
                return (bad(Cause.KEY_MISSING, EDIT_KEY),)
            case KeyRejected():
                return (bad(Cause.KEY_REJECTED, EDIT_KEY),)
            case KeyExposed():
                return (bad(Cause.KEY_HELD_BACK, EDIT_KEY),)
            case AddressInvalid() | ServerOptionUnusable():
                return (_other_error(error, EDIT_SERVER),)
            case RateLimited() | QuotaExhausted() | ServerLoading() | ModelNotFound():
                return (Finding(Cause.OTHER_ERROR, Severity.NOTE, error=error),)
            case CertificateRefused():
                return (_certificate_finding(error, ServerAddress.of(server.base_url)),)
            case AccessDenied():
                return await self._diagnose_refusal(error, server)
            case _:
                return await self._diagnose_address(error, server)

    async def _diagnose_refusal(self, error: AccessDenied, server: ServerConfig) -> tuple[Finding, ...]:
        """Diagnose HTTP 403: Ollama rejects hosts and origins by name; other servers reject the user."""
        if any(header.name.lower() == "origin" for header in server.headers):
            return (bad(Cause.ORIGIN_REFUSED, EDIT_SERVER),)
        if found := await self._behind_proxy(server):
            return (found,)
        if server.protocol is not ServerProtocol.OLLAMA or error.detail:
            return (_other_error(error, EDIT_KEY, EDIT_SERVER),)
        address = ServerAddress.of(server.base_url)
        numbers = [address.at(host=each.address) for each in await self._probes.reach(address) if each.address]
        by_number = await self._probes.identify_all([number.root for number in numbers], server.connection)
        remedies = [
            _use_address(by_number[number.root])
            for number in numbers
            if self._is_same(by_number.get(number.root), server)
        ]
        return (bad(Cause.HOST_NAME_REFUSED, *remedies, *listen_to_network(), host=address.host),)

    async def _diagnose_address(self, error: ChatdeskError, server: ServerConfig) -> tuple[Finding, ...]:
        """Diagnose a server that does not answer as expected: wrong path, scheme, host or program, or a proxy in between."""
        address, options = ServerAddress.of(server.base_url), server.connection
        if isinstance(error, MovedToTls) and await self._probes.speaks_http(
            ServerAddress.of(error.address_there), options
        ):
            there = error.address_there
            return (bad(Cause.SPEAKS_TLS, Remedy(RemedyKind.USE_ADDRESS, there), address=there),)
        other = address.at(scheme="http" if address.scheme == "https" else "https")
        here, speaks_other = await asyncio.gather(
            self._probes.identify(address.root, options), self._probes.speaks_http(other, options)
        )
        if here and here.vendor_id == "ollama" and server.protocol is ServerProtocol.OPENAI:
            here = (
                await self._probes.identify(f"{address.root}/v1", options) or here
            )  # Ollama also offers OpenAI's protocol at this path
        if here and self._is_same(here, server) and here.base_url != server.base_url:
            return (bad(Cause.OTHER_PATH, _use_address(here), address=here.base_url),)
        if found := await self._behind_proxy(server):
            return (found,)
        is_mute = isinstance(error, ServerUnreachable | ServerTimedOut)
        if here is None and speaks_other and (is_mute or not await self._probes.speaks_http(address, options)):
            cause = Cause.SPEAKS_TLS if other.scheme == "https" else Cause.SPEAKS_PLAIN
            return (bad(cause, Remedy(RemedyKind.USE_ADDRESS, other.address), address=other.address),)
        if found := await self._check_ip_addresses(address, server):
            return (found,)
        if isinstance(error, ProxyFailed):
            return (bad(Cause.PROXY_FAILS, EDIT_SERVER, proxy=await self._proxy(server), reason=error.reason),)
        if isinstance(error, RedirectRefused):
            return (bad(Cause.MOVED, EDIT_ADDRESS, location=error.location),)
        if isinstance(error, ServerTimedOut):
            return (bad(Cause.NO_ANSWER, EDIT_ADDRESS, seconds=f"{error.seconds:.0f}"),)
        if here and not self._is_same(here, server):
            return (self._other_server(here),)
        if isinstance(error, NotAChatServer):
            return (await self._unknown_server(error, address, server),)
        return (_other_error(error, EDIT_SERVER),)

    async def _behind_proxy(self, server: ServerConfig) -> Finding | None:
        """Return a finding if a proxy is used and the server answers without it; otherwise None."""
        proxy = await self._proxy(server)
        address = ServerAddress.of(server.base_url)
        if not proxy or server.connection.proxy is ProxyChoice.NONE:
            return None
        found = await self._probes.identify(address.root, without_proxy(server.connection))
        if not self._is_same(found, server):
            return None
        return bad(Cause.PROXY_IN_BETWEEN, Remedy(RemedyKind.NO_PROXY), EDIT_SERVER, proxy=proxy)

    async def _check_ip_addresses(self, address: ServerAddress, server: ServerConfig) -> Finding | None:
        """Check each IP address of a host name: another program may answer at the first one, for example at ::1 of `localhost`."""
        numbers = [each.address for each in await self._probes.reach(address) if each.address not in {"", address.host}]
        if len(numbers) < 2:
            return None
        roots = [address.at(host=number).root for number in numbers]
        for found in (await self._probes.identify_all(roots, server.connection)).values():
            if self._is_same(found, server):
                return bad(Cause.OTHER_LOOPBACK, _use_address(found), address=found.base_url)
        return None

    async def _unknown_server(self, error: NotAChatServer, address: ServerAddress, server: ServerConfig) -> Finding:
        found_server = await self._probes.unknown_server(address.root, server.connection)
        status = found_server.status if found_server else error.status
        program, title = (found_server.program, found_server.title) if found_server else ("", error.detail)
        return bad(Cause.UNKNOWN_SERVER, EDIT_ADDRESS, status=str(status or ""), program=program, title=title)

    async def _proxy(self, server: ServerConfig) -> str:
        """Return host and port of the proxy, without a user name and password that the system setting may contain."""
        proxy = await self._probes.proxy_of(server)
        return urlsplit(proxy).netloc.rpartition("@")[2] or proxy.rpartition("@")[2]

    def _other_server(self, found: Recognised) -> Finding:
        vendor = self._vendors[found.vendor_id]
        add = (Remedy(RemedyKind.ADD_SERVER, found.base_url, vendor.id),) if vendor.is_known else ()
        name = vendor.name if vendor.is_known else ""
        return bad(Cause.OTHER_SERVER, *add, EDIT_ADDRESS, address=found.base_url, vendor=name)

    def _is_same(self, found: Recognised | None, server: ServerConfig) -> bool:
        return found is not None and is_same(found, server, self._vendors)


def is_same(found: Recognised, server: ServerConfig, vendors: Mapping[str, Vendor]) -> bool:
    """Return whether the found server can replace the configured one: same protocol, and not of another known vendor."""
    if vendors[found.vendor_id].protocol is not server.protocol:
        return False
    nobody = {"custom", "ollama-v1"}
    return found.vendor_id == server.vendor_id or bool({found.vendor_id, server.vendor_id} & nobody)


def _use_address(found: Recognised) -> Remedy:
    return Remedy(RemedyKind.USE_ADDRESS, found.base_url)


def _other_error(error: ChatdeskError, *remedies: Remedy) -> Finding:
    return Finding(Cause.OTHER_ERROR, Severity.BAD, {}, remedies, error)


def _certificate_finding(error: CertificateRefused, address: ServerAddress) -> Finding:
    cause = _CERTIFICATE_CAUSES[certificate_problem(error.reason)]
    remedies: Sequence[Remedy] = _CERTIFICATE_REMEDIES.get(cause, (EDIT_SERVER,))
    return bad(cause, *remedies, host=address.host, reason=error.reason)
