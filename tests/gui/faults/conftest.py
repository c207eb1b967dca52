"""The services of the program as the tests of faults ask through them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chatdesk.features.chat.services.answers import Answers
from chatdesk.features.chat.services.branches import Branches
from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.models.services.model_contexts import Contexts
from chatdesk.features.servers.services.connections import Connections
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.services.retrying import RetryPolicy
from chatdesk.features.servers.services.servers import Servers, first_servers
from chatdesk.kernel.chat.message import DocumentPart, ImagePart
from chatdesk.kernel.chat.request import Picture
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.redaction import Redactor
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.catalogue.vendors import load_vendors
from chatdesk.storage.database.database import Database
from chatdesk.system.key_store import SessionKeyStore
from chatdesk.system.resources import Resources
from tests.fakes.built_in import built_in_over
from tests.gui.faults.fault_harness import FaultHarness

VENDORS = load_vendors((Resources.locate().resources / "providers.toml").read_text("utf-8"))
TIMEOUT = RetryPolicy(first_pause=0.02, loading_pause=0.02, loading_wait=1.0)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path / "chats.sqlite3")
    await database.open(expected=False)
    yield database
    await database.close()


@pytest.fixture
def redactor() -> Redactor:
    """Knows every key in use, as the program's own does."""
    return Redactor()


@pytest.fixture
async def harness(database: Database, redactor: Redactor, tmp_path: Path) -> AsyncIterator[FaultHarness]:
    def now() -> datetime:
        return datetime.now(UTC)

    async def to_send(_: ImagePart) -> Picture | None:
        return None

    async def read_text(_: DocumentPart) -> None:
        return None

    keys = SessionKeyStore(redactor)
    servers = Servers(first_servers(VENDORS), VENDORS, lambda _: None, keys, SessionKeyStore(redactor))
    built_in = built_in_over(tmp_path)
    async with NetworkThread() as network:
        http = Lazy(HttpClient, HttpClient.aclose)
        connections = Connections(servers, built_in, network, http, TIMEOUT)
        conversations = Conversations(database, now)
        models = Models(servers, connections)
        contexts = Contexts(models, servers, lambda _: None, Machine)
        answers = Answers(connections, contexts)
        chat = Chat(database, conversations, answers, lambda _: None, now, to_send, read_text, contexts)
        yield FaultHarness(servers, conversations, chat, Branches(database, conversations, chat, now))
        await chat.close()
        await conversations.close()
        await network.call(http.close)
    await built_in.close()
