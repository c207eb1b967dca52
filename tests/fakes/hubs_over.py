"""The service of hubs over imitations of them, with a network thread of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime

from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.servers.services.server_secrets import ServerSecrets
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.system.key_store import KeyStore, SessionKeyStore
from tests.fakes.scripted_hub import ScriptedHub

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@asynccontextmanager
async def hubs_over(
    hub: ScriptedHub, keyring: KeyStore | None = None, network: NetworkThread | None = None
) -> AsyncIterator[tuple[Hubs, Settings]]:
    """Yield the service, and its settings, which lead to the imitations.

    Without a `keyring`, there is one that works; without a `network`, it has a thread of its own.
    """
    stored = Settings(hub.settings, lambda _: None)
    async with nullcontext(network) if network else NetworkThread() as network:
        http = Lazy(lambda: HttpClient(lambda: False), HttpClient.aclose)
        secrets = ServerSecrets(keyring or SessionKeyStore(Redactor()), SessionKeyStore(Redactor()))
        yield Hubs(stored, secrets, network, http, lambda: NOW, asyncio.get_running_loop()), stored
        await network.call(http.close)
    await stored.close()
