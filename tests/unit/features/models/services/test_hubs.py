"""The model hubs as a user sets them up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest

from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.servers.services.server_secrets import SecretLocation, ServerSecrets
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.errors.hub_errors import HubGated
from chatdesk.kernel.errors.keyring_errors import KeyInvalid
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.models.hubs import HubKind, HubListing, HubRepository
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import HUB_PREFERRED, HUBS_ASKED
from chatdesk.kernel.settings.store import Settings
from chatdesk.network.http import HttpClient
from chatdesk.network.network_thread import NetworkThread
from chatdesk.providers.hubs.hub import Hub
from chatdesk.system.key_store import KeyStore, SessionKeyStore
from tests.fakes.keyrings import NoKeyring
from tests.fakes.scripted_hub import HubRepo, ScriptedHub

TOKEN = "hf_CANARY0123456789"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
NAME = "unsloth/Tiny-GGUF"
HUGGING_FACE = HubRepository(HubKind.HUGGING_FACE, NAME)
Make = Callable[..., Hubs]


@pytest.fixture
async def hub() -> AsyncIterator[ScriptedHub]:
    repository = HubRepo(NAME, {"Tiny-Q4_K_M.gguf": b"GGUF" + bytes(100)}, gated="auto")
    async with ScriptedHub(repository, token=TOKEN).opened() as opened:
        yield opened


@pytest.fixture
async def settings(hub: ScriptedHub) -> AsyncIterator[Settings]:
    settings = Settings(hub.settings, lambda _: None)
    yield settings
    await settings.close()


@pytest.fixture
async def make(settings: Settings) -> AsyncIterator[Make]:
    loop = asyncio.get_running_loop()
    async with NetworkThread() as network:
        http = Lazy(lambda: HttpClient(lambda: False), HttpClient.aclose)

        def make(official_url: str = "https://huggingface.co", keyring: KeyStore | None = None) -> Hubs:
            secrets = ServerSecrets(keyring or SessionKeyStore(Redactor()), SessionKeyStore(Redactor()))
            return Hubs(settings, secrets, network, http, lambda: NOW, loop, official_url)

        yield make
        await network.call(http.close)


async def list_files(hubs: Hubs) -> HubListing:
    return await hubs.ask(HubKind.HUGGING_FACE, lambda hub: hub.list_files(HUGGING_FACE))


async def read(hubs: Hubs) -> bytes:
    async def work(client: Hub) -> bytes:
        return await client.read_range((await client.list_files(HUGGING_FACE)).files[0], 0, 4)

    return await hubs.ask(HubKind.HUGGING_FACE, work)


async def test_nothing_is_asked_before_somebody_uses_a_hub(make: Make, hub: ScriptedHub):
    hubs = make()
    for kind in HubKind:
        hubs.client(kind)
        assert hubs.asked_at(kind) is None
    assert not hub.hub.requests


async def test_the_time_of_the_last_request_to_each_hub_is_remembered(make: Make, hub: ScriptedHub, settings: Settings):
    hubs = make()
    await list_files(hubs)
    await hub.hub.until(lambda: hubs.asked_at(HubKind.HUGGING_FACE))
    assert hubs.asked_at(HubKind.HUGGING_FACE) == NOW
    assert hubs.asked_at(HubKind.MODELSCOPE) is None
    assert make().asked_at(HubKind.HUGGING_FACE) == NOW
    settings.set(HUBS_ASKED, "[broken")
    assert hubs.asked_at(HubKind.HUGGING_FACE) is None


async def test_a_token_is_sent_to_the_hub_that_it_is_for(make: Make, hub: ScriptedHub):
    hubs = make(official_url=hub.url)
    with pytest.raises(HubGated):
        await read(hubs)
    assert await hubs.save_token(f" {TOKEN} ") is SecretLocation.KEYRING
    assert await read(hubs) == b"GGUF"
    await hubs.remove_token()
    with pytest.raises(HubGated):
        await read(hubs)
    assert not any(TOKEN in repr(request) for request in hub.storage.requests)


async def test_a_mirror_is_asked_without_the_token(make: Make, hub: ScriptedHub):
    hubs = make()
    await hubs.save_token(TOKEN)
    await list_files(hubs)
    assert not hubs.is_official(HubKind.HUGGING_FACE)
    assert not any("authorization" in request.headers for request in hub.hub.requests)


async def test_a_token_is_read_from_the_keyring_in_the_next_run(make: Make, hub: ScriptedHub):
    keyring = SessionKeyStore(Redactor())
    await make(official_url=hub.url, keyring=keyring).save_token(TOKEN)
    again = make(official_url=hub.url, keyring=keyring)
    assert await again.token_location() is SecretLocation.KEYRING
    assert await read(again) == b"GGUF"


async def test_without_a_keyring_a_token_lasts_for_this_run(make: Make, hub: ScriptedHub):
    hubs = make(official_url=hub.url, keyring=NoKeyring())
    assert await hubs.save_token(TOKEN) is SecretLocation.THIS_RUN
    assert await read(hubs) == b"GGUF"
    await hubs.remove_token()
    assert await hubs.token_location() is None


async def test_a_keyring_without_a_token_is_never_asked(make: Make, hub: ScriptedHub):
    class Counting(SessionKeyStore):
        asked = 0

        async def load(self, *arguments: object) -> None:
            Counting.asked += 1

    await list_files(make(official_url=hub.url, keyring=Counting(Redactor())))
    assert Counting.asked == 0


async def test_a_text_with_a_line_break_is_no_token(make: Make):
    hubs = make()
    with pytest.raises(KeyInvalid):
        await hubs.save_token("hf_a\nX-Other: b")
    assert await hubs.token_location() is None


async def test_an_address_is_changed_and_reset(make: Make, hub: ScriptedHub):
    hubs = make()
    hubs.set_address(HubKind.HUGGING_FACE, "hf-mirror.com/")
    assert hubs.address(HubKind.HUGGING_FACE) == "https://hf-mirror.com"
    assert hubs.host(HubKind.HUGGING_FACE) == "hf-mirror.com"
    hubs.set_address(HubKind.HUGGING_FACE, hub.url)
    assert (await list_files(hubs)).files
    hubs.set_address(HubKind.HUGGING_FACE, " ")
    assert hubs.is_official(HubKind.HUGGING_FACE)


@pytest.mark.parametrize(
    "address", ["http://hf-mirror.com", "http://192.168.1.5:8080", "ftp://a.example", "https://key@a.example"]
)
async def test_an_address_that_is_not_encrypted_is_refused(make: Make, address: str, hub: ScriptedHub):
    hubs = make()
    with pytest.raises(AddressInvalid):
        hubs.set_address(HubKind.HUGGING_FACE, address)
    assert hubs.address(HubKind.HUGGING_FACE) == hub.url


async def test_a_chinese_window_prefers_modelscope_unless_the_user_chose(make: Make, settings: Settings):
    hubs = make()
    assert hubs.preferred("zh_CN") is HubKind.MODELSCOPE
    assert hubs.preferred("en") is HubKind.HUGGING_FACE
    settings.set(HUB_PREFERRED, "hugging_face")
    assert hubs.preferred("zh_CN") is HubKind.HUGGING_FACE


async def test_changes_are_announced(make: Make):
    hubs, changes = make(), []
    hubs.changes.subscribe(changes.append)
    await hubs.save_token(TOKEN)
    hubs.set_address(HubKind.MODELSCOPE, "https://www.modelscope.ai")
    await hubs.remove_token()
    assert len(changes) == 3
