"""Diagnosis as text for a bug report: always in English, and without secrets."""

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from chatdesk.features.servers.domain.diagnosis import Diagnosis, Progress
from chatdesk.features.servers.domain.finding import Finding
from chatdesk.kernel.errors.base import to_failure
from chatdesk.kernel.redaction import MASK, Redactor
from chatdesk.kernel.servers.server import ProxyChoice, ServerConfig, ServerProtocol
from chatdesk.kernel.text.safe_line import safe_line

_MAX_FACT_LENGTH = 400
"""Maximum number of characters of a fact, since servers may return anything."""
_OUTPUT = "output"
"""The output of a program is omitted: it may contain its environment with secrets, such as a proxy's password."""
_PUBLIC_PATH_PARTS = frozenset({"webhook", "webhook-test", "chat"})
"""Path components of all n8n workflow URLs, which are not secret."""


def report_of(diagnosis: Diagnosis, program: str, system: str, redactor: Redactor) -> str:
    """Return the report. `redactor` masks the secrets of this run; secrets in the server's own settings are masked too."""
    server = diagnosis.server
    own = Redactor(_secrets_of(server))

    def mask(text: str) -> str:
        return redactor(own(text))

    lines = [
        f"{program} on {system}",
        f"Server: {server.name} ({server.vendor_id}, {server.protocol}) at {_address(server)}",
        f"Model: {diagnosis.model_id}" if diagnosis.model_id else "",
        f"Own headers: {', '.join(header.name for header in server.headers)}" if server.headers else "",
        f"Proxy: {_proxy(server)}",
        "CA file: set" if server.connection.ca_file else "",
    ]
    for line in diagnosis.lines:
        if line.progress is not Progress.SKIPPED:
            lines.append(f"[{line.check}] {line.progress}")
            lines += (f"  {_finding(finding, mask)}" for finding in line.findings)
    return mask("\n".join(line for line in lines if line))


def _secrets_of(server: ServerConfig) -> Iterator[str]:
    """Yield the secrets in a server's settings: header values, and for a webhook any part of its path."""
    for header in server.headers:
        value = header.value or ""
        yield from (value, value.rpartition(" ")[2])
    if server.protocol is not ServerProtocol.N8N:
        return
    yield server.base_url
    address = urlsplit(server.base_url)
    for path in (address.path, unquote(address.path)):
        parts = path.strip("/").split("/")
        suffixes = ("/".join(parts[start:]) for start in range(len(parts)))
        yield from (secret for secret in (*suffixes, *parts) if secret not in _PUBLIC_PATH_PARTS)
    yield address.query


def _finding(finding: Finding, mask: Callable[[str], str]) -> str:
    """Return a finding as one line. It is masked before it is shortened, since part of a secret would not be recognised."""
    facts = [
        f"{name}={safe_line(mask(value), _MAX_FACT_LENGTH)}"
        for name, value in finding.facts.items()
        if value and name != _OUTPUT
    ]
    if finding.error:
        failure = to_failure(finding.error)
        facts += (
            failure.kind,
            *(
                f"{name}={safe_line(mask(str(value)), _MAX_FACT_LENGTH)}"
                for name, value in failure.data.items()
                if value
            ),
        )
    return " ".join([f"{finding.severity}: {finding.cause}", *facts])


def _address(server: ServerConfig) -> str:
    """Return the address; for a webhook without its path, which is a secret."""
    if server.protocol is not ServerProtocol.N8N:
        return server.base_url
    parts = urlsplit(server.base_url)
    return f"{parts.scheme}://{parts.netloc}/{MASK}"


def _proxy(server: ServerConfig) -> str:
    options = server.connection
    return options.proxy_address if options.proxy is ProxyChoice.ADDRESS else str(options.proxy)
