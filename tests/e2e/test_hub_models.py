"""A model from a hub, from the search to an answer of the real engine: the starter model, split and renamed, over broken connections."""

from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chatdesk.engine.engine import BuiltInEngine, EngineAddress
from chatdesk.engine.installation import find_starter_model
from chatdesk.features.models.services.downloads.hub_downloader import HubDownloader
from chatdesk.features.models.services.hub_search import HubSearch
from chatdesk.features.servers.services.built_in.server import BuiltIn
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.errors.engine_errors import EngineError
from chatdesk.kernel.errors.hub_errors import HubUnreachable
from chatdesk.kernel.models.hubs import HubKind, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model import ModelRef
from chatdesk.network.network_thread import NetworkThread
from tests.e2e.test_engine_models import ask
from tests.fakes.built_in import built_in_over
from tests.fakes.gguf_files import split_gguf
from tests.fakes.hubs_over import hubs_over
from tests.fakes.scripted_hub import HubRepo, ScriptedHub

NAME = "acme/Wren-135M-GGUF"
GIB = 1024**3
MACHINE = Machine("", 16 * GIB, 11 * GIB, disk_free=900 * GIB)


def missing() -> str:
    try:
        find_starter_model()
    except EngineError as error:
        return str(error)
    return ""


pytestmark = [pytest.mark.engine, pytest.mark.skipif(bool(missing()), reason=missing())]


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    split = split_gguf(find_starter_model().path.read_bytes(), 3)
    return {f"Wren-135M-Q4_1-{number:05}-of-00003.gguf": part for number, part in enumerate(split, 1)}


@pytest.fixture
async def built_in(tmp_path: Path) -> AsyncIterator[BuiltIn]:
    service = built_in_over(tmp_path, BuiltInEngine)
    yield service
    await service.close()


async def search_and_describe(search: HubSearch) -> ModelDownload:
    page = await search.search(HubKind.HUGGING_FACE, "wren")
    assert page
    model = await search.open(page.hits[0].repository)
    assert model.suggested
    assert model.suggested.quantization == "Q4_1"
    facts = await search.describe(model, model.suggested)
    assert facts.head
    assert (facts.is_supported, facts.is_usable, facts.fit.runs) == (True, True, True)
    assert (facts.head.architecture, facts.head.trained_context) == ("llama", 8192)
    return await search.make_download(model, model.suggested, "en")


async def get_over_broken_connections(downloader: HubDownloader, download: ModelDownload, breaks: int) -> ModelRef:
    """Download as often as the connection breaks, as the queue of downloads does."""
    ref = downloader.ref_of(download)
    for _ in range(breaks):
        with suppress(HubUnreachable):
            return await downloader.download(ref, download, lambda _: None)
    return await downloader.download(ref, download, lambda _: None)


async def answer_of(built_in: BuiltIn, model: str) -> Any:
    async with aclosing(built_in.run_for_answer(model)) as steps:
        return [ask(step, "What is the capital of France?") async for step in steps if isinstance(step, EngineAddress)]


async def test_a_split_model_is_found_downloaded_from_two_hubs_and_answers(
    built_in: BuiltIn, parts: dict[str, bytes]
) -> None:
    with ScriptedHub(HubRepo(NAME, parts, licence="apache-2.0")).on_thread() as hub:
        async with NetworkThread() as network, hubs_over(hub, network=network) as (hubs, _):
            download = await search_and_describe(HubSearch(hubs, lambda: MACHINE, lambda: 4096))
            assert [source.hub for source in download.sources] == [HubKind.HUGGING_FACE, HubKind.MODELSCOPE]
            files = built_in.files
            await files.search()
            downloader = HubDownloader(
                lambda: hubs.client, network, files.store, files, BUILT_IN_ID, lambda: datetime.now(UTC)
            )
            hub.trouble.cuts = [2_000_000, 5_000_000, 1_000_000, 3_000_000]
            before = len(hub.storage.requests)
            ref = await get_over_broken_connections(downloader, download, len(hub.trouble.cuts))
            starts = [request.headers["range"] for request in hub.storage.requests[before:]]
            assert not hub.trouble.cuts
            assert any(start != "bytes=0-" for start in starts)  # it went on where it broke
            assert any("/models/" in path for path in hub.asked())  # at the other hub
            await files.search()
            file = files.found.find(ref.model_id)
            assert file
            assert (file.parts, file.can_be_loaded) == (3, True)
            (answer,) = await answer_of(built_in, ref.model_id)
            assert answer["model"] == ref.model_id
            assert answer["choices"][0]["message"]["content"]
