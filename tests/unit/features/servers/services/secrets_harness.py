"""The secrets of servers over one keyring, and the file that the services write."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.servers import Servers
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.servers.server import ConnectionOptions, Header, ServerConfig, ServerProtocol
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.storage.files.servers_file import ServersFile
from chatdesk.system.key_store import KeyStore, SessionKeyStore
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
CANARY = "CANARY-of-a-header-0123"
GATE = Header("Cf-Access-Client-Secret", CANARY)


class Harness:
    """The services over one keyring, and the file they write. `again` is the next start of the program."""

    def __init__(self, folder: Path, keyring: KeyStore | None = None) -> None:
        self.folder = folder
        self.keyring = keyring or SessionKeyStore(Redactor())
        self.file = ServersFile(folder / "servers.json")
        self.redactor = Redactor()
        self.servers = Servers(self.file.read()[0], VENDORS, self.write, self.keyring, SessionKeyStore(self.redactor))

    def write(self, servers: Sequence[ServerConfig]) -> None:
        self.file.write(servers)

    def again(self, keyring: KeyStore | None = None) -> "Harness":
        return Harness(self.folder, keyring or self.keyring)

    @property
    def files(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.glob("servers.json*"))

    @asynccontextmanager
    async def connections(self) -> AsyncIterator[Connections]:
        built_in = built_in_over(self.folder)
        async with NetworkThread() as network:
            http = Lazy(HttpClient, HttpClient.aclose)
            yield Connections(self.servers, built_in, network, http)
            await network.call(http.close)
        await built_in.close()

    async def ask(self, server: ServerConfig) -> None:
        async with self.connections() as connections:
            await connections.survey(server)


def server_at(url: str, *headers: Header, **options: object) -> ServerConfig:
    return ServerConfig(
        "s", "Lab", "custom", ServerProtocol.OPENAI, url, headers, connection=ConnectionOptions(**options)
    )
