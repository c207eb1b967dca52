"""The clients of the three hubs, against imitations on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import cast
from unittest.mock import AsyncMock

import pytest

from chatdesk.kernel.errors.base import AddressInvalid, ServerError
from chatdesk.kernel.errors.hub_errors import (
    HubBusy,
    HubConsentMissing,
    HubFailed,
    HubFileChanged,
    HubFileMissing,
    HubGated,
    HubHashMissing,
    HubRedirectRefused,
    HubRepositoryMissing,
    HubRevisionMissing,
    HubTokenRejected,
    HubUnreachable,
    NotAHub,
)
from chatdesk.kernel.models.hubs import DownloadFile, Gate, HubFile, HubKind, HubRepository
from chatdesk.network.endpoint import Endpoint
from chatdesk.network.http import HttpClient
from chatdesk.providers.hubs import hub_http
from chatdesk.providers.hubs.hub import Hub
from chatdesk.providers.hubs.hub_http import TokenSource
from chatdesk.providers.hubs.hugging_face import HuggingFace
from chatdesk.providers.hubs.modelscope import ModelScope
from chatdesk.providers.hubs.ollama_registry import OllamaRegistry
from tests.fakes.gguf_files import gguf
from tests.fakes.scripted_hub import HubRepo, ScriptedHub, sha256_of
from tests.fakes.scripted_server import ScriptedServer, reply

TOKEN = "hf_CANARY0123456789"
NAME = "unsloth/Tiny-GGUF"
FILE = "Tiny-Q4_K_M.gguf"
MODEL = gguf() + bytes(200_000)
PROJECTOR = b"GGUF" + bytes(900)

Make = Callable[[HttpClient, ScriptedHub], Hub]
HUGGING_FACE: Make = lambda http, hub: HuggingFace(http, hub.url)  # noqa: E731 - one line for each hub
MODELSCOPE: Make = lambda http, hub: ModelScope(http, hub.url)  # noqa: E731
OLLAMA: Make = lambda http, hub: OllamaRegistry(http, hub.url)  # noqa: E731
every_hub = pytest.mark.parametrize(
    "make", [HUGGING_FACE, MODELSCOPE, OLLAMA], ids=["hugging face", "modelscope", "ollama"]
)


def token(text: str) -> TokenSource:
    async def source() -> str:
        return text

    return source


def tiny(**changes: object) -> HubRepo:
    files = {FILE: MODEL, "mmproj-F16.gguf": PROJECTOR, "README.md": b"# Tiny"}
    gguf_facts = {"total": 15_000_000, "architecture": "llama", "context_length": 32_768}
    return HubRepo(NAME, files, gguf=gguf_facts, tags={"7b": (FILE, "mmproj-F16.gguf")}, **changes)


@pytest.fixture
async def hub() -> AsyncIterator[ScriptedHub]:
    async with ScriptedHub(tiny(), token=TOKEN).opened() as opened:
        yield opened


def repository_of(client: Hub) -> HubRepository:
    return HubRepository(client.kind, NAME, "7b" if client.kind is HubKind.OLLAMA else "")


async def model_file(client: Hub) -> HubFile:
    listing = await client.list_files(repository_of(client))
    return next(file for file in listing.files if file.sha256 == sha256_of(MODEL))


async def received(client: Hub, file: HubFile, first: int = 0) -> bytes:
    async with client.open(file, first) as stream:
        return b"".join([chunk async for chunk in stream.chunks()])


@every_hub
async def test_a_listing_tells_size_hash_and_address_of_each_model_file(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    listing = await client.list_files(repository_of(client))
    found = {(file.size, file.sha256) for file in listing.files if file.path.endswith(".gguf")}
    assert found == {(len(MODEL), sha256_of(MODEL)), (len(PROJECTOR), sha256_of(PROJECTOR))}
    assert all(file.url.startswith(hub.url) for file in listing.files)
    assert listing.repository.hub is client.kind


@every_hub
async def test_a_file_arrives_whole_from_the_storage_behind_a_redirect(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = await model_file(client)
    async with client.open(file) as stream:
        assert (stream.first, stream.total) == (0, len(MODEL))
        data = b"".join([chunk async for chunk in stream.chunks()])
    assert data == MODEL
    assert hub.storage.requests


@every_hub
async def test_a_file_goes_on_at_an_offset_and_another_hub_has_the_same_bytes(
    http: HttpClient, hub: ScriptedHub, make: Make
):
    client = make(http, hub)
    begun = await received(HuggingFace(http, hub.url), await model_file(HuggingFace(http, hub.url)))
    assert begun[:70_000] + await received(client, await model_file(client), 70_000) == MODEL


@every_hub
async def test_a_complete_file_has_nothing_more_to_send(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    async with client.open(await model_file(client), len(MODEL)) as stream:
        assert (stream.first, stream.total) == (len(MODEL), len(MODEL))
        assert [chunk async for chunk in stream.chunks()] == []


@every_hub
async def test_a_storage_that_ignores_ranges_says_that_it_starts_over(http: HttpClient, hub: ScriptedHub, make: Make):
    hub.trouble.ignores_range = True
    client = make(http, hub)
    file = await model_file(client)
    async with client.open(file, 70_000) as stream:
        assert (stream.first, stream.total) == (0, len(MODEL))
        assert b"".join([chunk async for chunk in stream.chunks()]) == MODEL
    assert await client.read_range(file, 70_000, 10) == MODEL[70_000:70_010]


@every_hub
async def test_a_range_of_a_file_is_read(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = await model_file(client)
    assert await client.read_range(file, 4, 100) == MODEL[4:104]
    assert await client.read_range(file, len(MODEL) - 3, 100) == MODEL[-3:]
    assert {request.headers["range"] for request in hub.storage.requests[:1]} == {"bytes=4-103"}


@every_hub
async def test_a_known_file_is_located_without_a_request(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = client.locate(repository_of(client), DownloadFile(FILE, len(MODEL), sha256_of(MODEL)))
    assert not hub.hub.requests
    assert await received(client, file) == MODEL


@every_hub
@pytest.mark.parametrize("ends_early", [False, True])
async def test_a_connection_that_breaks_is_reported_after_what_arrived(
    http: HttpClient, hub: ScriptedHub, make: Make, ends_early: bool
):
    client = make(http, hub)
    file = await model_file(client)
    hub.trouble.cuts, hub.trouble.ends_early = [70_000], ends_early
    data = bytearray()

    async def receive() -> None:
        async with client.open(file) as stream:
            async for chunk in stream.chunks():
                data.extend(chunk)

    with pytest.raises(HubUnreachable):
        await receive()
    assert MODEL.startswith(bytes(data))
    assert bytes(data) + await received(client, file, len(data)) == MODEL


@every_hub
async def test_a_silent_storage_is_given_up(
    http: HttpClient, hub: ScriptedHub, make: Make, monkeypatch: pytest.MonkeyPatch
):
    client = make(http, hub)
    file = await model_file(client)
    monkeypatch.setattr(hub_http, "SILENCE_SECONDS", 0.05)
    hub.trouble.gate = asyncio.Event()
    with pytest.raises(HubUnreachable) as failure:
        await received(client, file)
    assert failure.value.reason == "timed out"


@every_hub
async def test_a_range_that_takes_too_long_is_given_up(
    http: HttpClient, hub: ScriptedHub, make: Make, monkeypatch: pytest.MonkeyPatch
):
    client = make(http, hub)
    file = await model_file(client)
    monkeypatch.setattr(hub_http, "RANGE_SECONDS", 0.05)
    hub.trouble.gate = asyncio.Event()
    with pytest.raises(HubUnreachable):
        await client.read_range(file, 0, 150_000)


@every_hub
async def test_a_file_of_another_size_is_refused_before_a_byte_of_it_is_used(
    http: HttpClient, hub: ScriptedHub, make: Make
):
    client = make(http, hub)
    file = client.locate(repository_of(client), DownloadFile(FILE, len(MODEL) + 1, sha256_of(MODEL)))
    with pytest.raises(HubFileChanged):
        await received(client, file)


@every_hub
async def test_a_missing_file_is_reported(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = client.locate(repository_of(client), DownloadFile("gone.gguf", 5, "a" * 64))
    with pytest.raises(HubFileMissing) as failure:
        await received(client, file)
    assert (failure.value.path, failure.value.repository) == ("gone.gguf", NAME)


@every_hub
async def test_a_missing_repository_is_reported(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    with pytest.raises((HubRepositoryMissing, HubRevisionMissing)) as failure:
        await client.list_files(HubRepository(client.kind, "nobody/nothing", repository_of(client).revision))
    assert failure.value.repository == "nobody/nothing"


@every_hub
@pytest.mark.parametrize(
    "name", ["", "x", "../etc/passwd", "a/../b", "a/b/c", "a b/c", "a/b?x=1", "a/b#x", "ä/b", "a/.."]
)
async def test_a_name_that_is_none_is_never_asked_for(http: HttpClient, hub: ScriptedHub, make: Make, name: str):
    client = make(http, hub)
    with pytest.raises(HubRepositoryMissing):
        await client.list_files(HubRepository(client.kind, name))
    assert not hub.hub.requests


@every_hub
@pytest.mark.parametrize("tells_retry_after", [False, True])
async def test_too_many_requests_name_the_waiting_time(
    http: HttpClient, hub: ScriptedHub, make: Make, tells_retry_after: bool
):
    hub.trouble.busy_seconds, hub.trouble.tells_retry_after = 55, tells_retry_after
    client = make(http, hub)
    with pytest.raises(HubBusy) as failure:
        await client.list_files(repository_of(client))
    assert failure.value.seconds == (55 if tells_retry_after else 56)


@every_hub
async def test_a_web_page_in_place_of_a_hub_is_distinguished(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = client.locate(repository_of(client), DownloadFile(FILE, len(MODEL), sha256_of(MODEL)))
    hub.trouble.page = "<h1>Welcome to our network</h1>"
    with pytest.raises(NotAHub):
        await client.list_files(repository_of(client))
    with pytest.raises((NotAHub, HubFileChanged)):
        await received(client, file)


@every_hub
@pytest.mark.parametrize(("status", "error"), [(503, HubFailed), (404, (NotAHub, HubFileMissing)), (418, NotAHub)])
async def test_a_status_without_an_explanation_is_the_hubs_own_problem_or_none_of_a_hub(
    http: HttpClient, hub: ScriptedHub, make: Make, status: int, error: type[ServerError]
):
    hub.trouble.status = status
    client = make(http, hub)
    with pytest.raises(error):
        await client.list_files(repository_of(client))
    with pytest.raises(error):
        await received(client, client.locate(repository_of(client), DownloadFile(FILE, 0, "b" * 64)))


@every_hub
@pytest.mark.parametrize(
    "target",
    [
        "http://example.com/x",
        "ftp://example.com/x",
        "https://user:pass@example.com/x",
        "file:///etc/passwd",
        "https://[x",
    ],
)
async def test_an_unencrypted_or_invalid_redirect_is_not_followed(
    http: HttpClient, hub: ScriptedHub, make: Make, target: str
):
    client = make(http, hub)
    file = await model_file(client)
    hub.trouble.redirect = target
    with pytest.raises(HubRedirectRefused):
        await received(client, file)


@every_hub
async def test_redirects_in_a_circle_end(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = await model_file(client)
    hub.trouble.redirect = file.url
    with pytest.raises(HubRedirectRefused):
        await received(client, file)
    assert len(hub.hub.requests) < 10


@every_hub
async def test_the_signed_address_of_the_storage_is_in_no_error(http: HttpClient, hub: ScriptedHub, make: Make):
    client = make(http, hub)
    file = await model_file(client)
    hub.trouble.cuts = [10]
    with pytest.raises(HubUnreachable) as broken:
        await received(client, file)
    hub.trouble.redirect = f"http://localhost:{hub.storage.port}/nothing?X-Amz-Signature=secret"
    with pytest.raises(HubFailed) as refused:
        await received(client, file)
    for failure in (broken, refused):
        assert "secret" not in str(failure.value)
        assert "Signature" not in "".join(map(str, failure.value.args))


@every_hub
async def test_a_hub_that_is_not_there_is_unreachable(http: HttpClient, unused_port: int, make: Make):
    client = make(http, type("Nowhere", (), {"url": f"http://127.0.0.1:{unused_port}"}))
    with pytest.raises(HubUnreachable):
        await client.list_files(repository_of(client))


@pytest.mark.parametrize("kind", [HuggingFace, ModelScope, OllamaRegistry])
@pytest.mark.parametrize(
    "address", ["http://huggingface.co", "http://10.0.0.5", "huggingface.co", "", "https://", "https://a@b.com"]
)
async def test_only_encrypted_base_addresses_and_this_computer_are_accepted(http: HttpClient, kind: type, address: str):
    with pytest.raises(AddressInvalid):
        kind(http, address)


# Hugging Face.


async def test_hugging_face_tells_the_commit_the_licence_and_the_gate(http: HttpClient):
    async with ScriptedHub(tiny(gated="manual")).opened() as hub:
        listing = await HuggingFace(http, hub.url).list_files(HubRepository(HubKind.HUGGING_FACE, NAME))
        assert listing.gate is Gate.MANUAL
        assert listing.licence == "mit"
        assert listing.repository.revision == hub.repositories[NAME].commit
        assert all(f"/resolve/{listing.repository.revision}/" in file.url for file in listing.files)


async def test_a_pinned_file_is_still_the_same_after_its_authors_changed_it(http: HttpClient, hub: ScriptedHub):
    client = HuggingFace(http, hub.url)
    file = await model_file(client)
    hub.repositories[NAME].change({FILE: b"GGUF other"})
    async with client.open(file) as stream:
        assert stream.commit in file.url
        assert stream.sha256 == sha256_of(MODEL)
        assert b"".join([chunk async for chunk in stream.chunks()]) == MODEL


async def test_a_commit_that_is_gone_is_reported(http: HttpClient, hub: ScriptedHub):
    client = HuggingFace(http, hub.url)
    listing = await client.list_files(repository_of(client))
    hub.repositories[NAME].change({FILE: b"GGUF other"}, keep_history=False)
    with pytest.raises(HubRevisionMissing) as failure:
        await received(client, listing.files[0])
    assert failure.value.revision == listing.repository.revision
    with pytest.raises(HubRevisionMissing):
        await client.list_files(listing.repository)


async def test_the_newest_file_is_refused_if_its_hash_is_not_the_wanted_one(http: HttpClient, hub: ScriptedHub):
    client = HuggingFace(http, hub.url)
    newest = HubRepository(HubKind.HUGGING_FACE, NAME)
    with pytest.raises(HubFileChanged):
        await received(client, client.locate(newest, DownloadFile(FILE, len(MODEL), "0" * 64)))


async def test_a_hash_that_no_listing_tells_comes_with_the_redirect(http: HttpClient, hub: ScriptedHub):
    hub.repositories[NAME].without_hashes = {FILE}
    client = HuggingFace(http, hub.url)
    listing = await client.list_files(repository_of(client))
    file = next(file for file in listing.files if file.path == FILE)
    assert file.sha256 == ""
    async with client.open(file) as stream:
        assert stream.sha256 == sha256_of(MODEL)


async def test_a_search_tells_what_is_known_of_each_repository(http: HttpClient, hub: ScriptedHub):
    page = await HuggingFace(http, hub.url).search("tiny")
    (hit,) = page.hits
    assert (hit.repository.name, hit.downloads, hit.gate) == (NAME, 1000, Gate.OPEN)
    assert (hit.architecture, hit.parameters, hit.context_length) == ("llama", 15_000_000, 32_768)
    assert hit.updated_at
    assert hit.updated_at.year == 2026
    asked = hub.hub.requests[0].path
    assert "filter=gguf" in asked
    assert "search=tiny" in asked


@pytest.mark.parametrize("make", [HUGGING_FACE, MODELSCOPE])
async def test_a_search_goes_on_page_by_page(http: HttpClient, make: Make):
    repositories = [HubRepo(f"someone/Model-{number:02}-GGUF", {}) for number in range(65)]
    async with ScriptedHub(*repositories).opened() as hub:
        client, names, page = make(http, hub), [], ""
        for _ in range(3):
            found = await client.search("model", page)
            names += [hit.repository.name for hit in found.hits]
            page = found.next_page
        assert names == [repository.name for repository in repositories]
        assert page == ""


async def test_ollama_has_no_search(http: HttpClient, hub: ScriptedHub):
    assert (await OllamaRegistry(http, hub.url).search("tiny")).hits == ()
    assert not hub.hub.requests


async def test_a_gated_repository_asks_for_an_account_before_the_download(http: HttpClient):
    async with ScriptedHub(tiny(gated="auto"), token=TOKEN).opened() as hub:
        client = HuggingFace(http, hub.url)
        file = await model_file(client)
        with pytest.raises(HubGated) as failure:
            await received(client, file)
        assert failure.value.page == f"https://huggingface.co/{NAME}"


async def test_a_token_opens_a_gated_repository_and_never_reaches_the_storage(http: HttpClient):
    async with ScriptedHub(tiny(gated="auto"), token=TOKEN).opened() as hub:
        client = HuggingFace(http, hub.url, token(TOKEN), official_url=hub.url)
        assert await received(client, await model_file(client)) == MODEL
        assert all(request.headers["authorization"] == f"Bearer {TOKEN}" for request in hub.hub.requests)
        assert hub.storage.requests
        assert not any(TOKEN in repr(request) for request in hub.storage.requests)


async def test_an_account_without_consent_is_sent_to_the_page_of_the_model(http: HttpClient):
    async with ScriptedHub(tiny(gated="manual"), token=TOKEN, approved=False).opened() as hub:
        client = HuggingFace(http, hub.url, token(TOKEN), official_url=hub.url)
        with pytest.raises(HubConsentMissing):
            await received(client, await model_file(client))


async def test_a_wrong_token_is_reported(http: HttpClient, hub: ScriptedHub):
    client = HuggingFace(http, hub.url, token("hf_wrong"), official_url=hub.url)
    with pytest.raises(HubTokenRejected):
        await client.list_files(repository_of(client))


async def test_a_mirror_gets_no_token(http: HttpClient, hub: ScriptedHub):
    client = HuggingFace(http, hub.url, token(TOKEN))
    assert await received(client, await model_file(client)) == MODEL
    assert not any("authorization" in request.headers for request in [*hub.hub.requests, *hub.storage.requests])


async def test_no_request_says_more_than_it_must(http: HttpClient, hub: ScriptedHub):
    await model_file(HuggingFace(http, hub.url))
    (request,) = hub.hub.requests
    assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert request.headers["accept-encoding"] == "identity"


# ModelScope.


async def test_modelscope_may_lack_a_hash(http: HttpClient, hub: ScriptedHub):
    hub.repositories[NAME].without_hashes = {FILE}
    client = ModelScope(http, hub.url)
    listing = await client.list_files(repository_of(client))
    assert {file.path: file.sha256 for file in listing.files}[FILE] == ""


async def test_modelscope_is_asked_for_gguf_files(http: HttpClient, hub: ScriptedHub):
    page = await ModelScope(http, hub.url).search("tiny")
    assert [hit.repository for hit in page.hits] == [HubRepository(HubKind.MODELSCOPE, NAME)]
    assert "search=tiny+GGUF" in hub.hub.requests[0].path


async def test_a_file_that_modelscope_lists_with_another_hash_is_not_downloaded(http: HttpClient, hub: ScriptedHub):
    client = ModelScope(http, hub.url)
    wanted = client.locate(repository_of(client), DownloadFile(FILE, len(MODEL), "a" * 64))
    with pytest.raises(HubFileChanged):
        await received(client, wanted)
    assert not hub.storage.requests


async def test_a_file_whose_hash_modelscope_does_not_tell_is_not_downloaded(http: HttpClient, hub: ScriptedHub):
    hub.repositories[NAME].without_hashes = {FILE}
    client = ModelScope(http, hub.url)
    with pytest.raises(HubHashMissing):
        await received(client, client.locate(repository_of(client), DownloadFile(FILE, len(MODEL), sha256_of(MODEL))))
    assert not hub.storage.requests


async def test_the_parts_of_a_model_are_listed_once(http: HttpClient, hub: ScriptedHub):
    client = ModelScope(http, hub.url)
    for path in (FILE, "mmproj-F16.gguf"):
        content = hub.repositories[NAME].files[path]
        file = client.locate(repository_of(client), DownloadFile(path, len(content), sha256_of(content)))
        assert await received(client, file) == content
    assert sum(path.endswith("/repo/files") for path in hub.asked()) == 1


async def test_both_forms_of_a_hubs_name_are_the_hub():
    body = b'{"Code": 10010205001, "Message": "record not found"}'
    replies = {
        "https://modelscope.cn": SimpleNamespace(status=301, headers={}, location="https://www.modelscope.cn/moved"),
        "https://www.modelscope.cn": SimpleNamespace(
            status=404, headers={}, location="", read=AsyncMock(return_value=body)
        ),
    }

    @asynccontextmanager
    async def stream(endpoint: Endpoint, *_arguments: object, **_options: object) -> AsyncIterator[object]:
        yield replies[endpoint.base_url]

    client = ModelScope(cast("HttpClient", SimpleNamespace(stream=stream)))
    with pytest.raises(HubRepositoryMissing):
        await client.list_files(repository_of(client))


@pytest.mark.parametrize("status", [401, 403])
async def test_a_repository_that_modelscope_does_not_show_is_not_public(http: HttpClient, status: int):
    async with ScriptedServer(lambda _: [reply({"Code": 10990101008, "Message": "no permission"}, status)]) as server:
        client = ModelScope(http, server.url)
        with pytest.raises(HubRepositoryMissing):
            await client.list_files(repository_of(client))
