"""The search of hubs, and what is known of a model before it is downloaded."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.features.models.services.hub_search import HubSearch
from chatdesk.features.models.services.hubs import Hubs
from chatdesk.kernel.errors.hub_errors import HubBusy, HubHashMissing
from chatdesk.kernel.models.hubs import DownloadFile, Gate, HubKind, HubRepository, ModelDownload
from chatdesk.kernel.models.machine import Machine
from chatdesk.kernel.models.model_file import FileProblem
from tests.fakes.gguf_files import CHAT, PROJECTOR, gguf
from tests.fakes.hubs_over import hubs_over
from tests.fakes.scripted_hub import HubRepo, ScriptedHub, sha256_of
from tests.unit.features.models import machines

NAME = "unsloth/Tiny-GGUF"
SOURCE = HubRepository(HubKind.HUGGING_FACE, NAME)
SMALL, USUAL, LARGE = gguf() + bytes(1000), gguf() + bytes(2000), gguf() + bytes(9000)
FILES = {
    "Tiny-Q3_K_M.gguf": SMALL,
    "Tiny-Q4_K_M.gguf": USUAL,
    "Tiny-Q8_0.gguf": LARGE,
    "mmproj-F16.gguf": gguf(PROJECTOR),
    "README.md": b"# Tiny",
}


class Setup:
    def __init__(self, hub: ScriptedHub, hubs: Hubs) -> None:
        self.hub = hub
        self.hubs = hubs
        self.machine: Machine | None = machines.LAPTOP_16
        self.now = 0.0
        self.search = HubSearch(hubs, lambda: self.machine, lambda: 8192, lambda: self.now)

    @property
    def repository(self) -> HubRepo:
        return self.hub.repositories[NAME]


@pytest.fixture
async def setup() -> AsyncIterator[Setup]:
    async with (
        ScriptedHub(HubRepo(NAME, dict(FILES), tags={"7b": ("Tiny-Q4_K_M.gguf",)})).opened() as hub,
        hubs_over(hub) as (hubs, _),
    ):
        yield Setup(hub, hubs)


async def test_a_search_is_asked_once_an_hour(setup: Setup):
    first = await setup.search.search(HubKind.HUGGING_FACE, "tiny")
    assert first
    assert [hit.repository.name for hit in first.hits] == [NAME]
    assert await setup.search.search(HubKind.HUGGING_FACE, "  Tiny ") == first
    assert len(setup.hub.hub.requests) == 1
    setup.now = 3601.0
    await setup.search.search(HubKind.HUGGING_FACE, "tiny")
    assert len(setup.hub.hub.requests) == 2


async def test_another_hub_is_another_search(setup: Setup):
    await setup.search.search(HubKind.HUGGING_FACE, "tiny")
    found = await setup.search.search(HubKind.MODELSCOPE, "tiny")
    assert found
    assert found.hits[0].repository.hub is HubKind.MODELSCOPE


async def test_a_newer_search_replaces_one_that_is_running(setup: Setup):
    older = asyncio.create_task(setup.search.search(HubKind.HUGGING_FACE, "ti"))
    await asyncio.sleep(0)
    newer = await setup.search.search(HubKind.HUGGING_FACE, "tiny")
    assert await older is None
    assert newer
    assert newer.hits


async def test_an_error_is_raised_and_not_remembered(setup: Setup):
    setup.hub.trouble.busy_seconds = 55
    with pytest.raises(HubBusy):
        await setup.search.search(HubKind.HUGGING_FACE, "tiny")
    setup.hub.trouble.busy_seconds = None
    assert await setup.search.search(HubKind.HUGGING_FACE, "tiny")


async def test_opening_a_result_suggests_a_build_for_this_machine(setup: Setup):
    model = await setup.search.open(SOURCE)
    assert [build.quantization for build in model.builds] == ["Q3_K_M", "Q4_K_M", "Q8_0"]
    assert model.suggested
    assert model.suggested.quantization == "Q4_K_M"
    assert model.suggested.projector
    setup.machine = None
    assert (await setup.search.open(SOURCE)).suggested == model.suggested
    assert len(setup.hub.hub.requests) == 1


async def test_a_gated_repository_is_reported_before_anything_is_downloaded(setup: Setup):
    setup.repository.gated = "manual"
    assert (await setup.search.open(SOURCE)).listing.gate is Gate.MANUAL


async def test_the_beginning_of_a_file_tells_how_it_runs_here(setup: Setup):
    model = await setup.search.open(SOURCE)
    assert model.suggested
    facts = await setup.search.describe(model, model.suggested)
    assert facts.head
    assert (facts.head.architecture, facts.head.trained_context) == ("llama", 32_768)
    assert facts.is_usable
    assert facts.is_supported
    assert facts.fit.verdict is Verdict.PROCESSOR
    assert facts.context == 8192
    asked = len(setup.hub.storage.requests)
    assert await setup.search.describe(model, model.suggested) == facts
    assert len(setup.hub.storage.requests) == asked


async def test_an_architecture_that_the_engine_does_not_know_is_reported(setup: Setup):
    setup.repository.files["Tiny-Q4_K_M.gguf"] = gguf({**CHAT, "general.architecture": "unicorn-9000"})
    model = await setup.search.open(SOURCE)
    build = next(build for build in model.builds if build.quantization == "Q4_K_M")
    facts = await setup.search.describe(model, build)
    assert facts.is_supported is False


@pytest.mark.parametrize(
    ("changes", "is_usable", "makes_vectors"),
    [({}, True, False), ({"llama.pooling_type": 1}, True, True), ({"general.type": "adapter"}, False, False)],
    ids=["chat", "embeddings", "adapter"],
)
async def test_models_for_chats_and_for_embeddings_can_be_used(
    setup: Setup, changes: dict[str, object], is_usable: bool, makes_vectors: bool
):
    setup.repository.files = {"Tiny-Q4_K_M.gguf": gguf({**CHAT, **changes})}
    model = await setup.search.open(SOURCE)
    facts = await setup.search.describe(model, model.builds[0])
    assert (facts.is_usable, facts.makes_vectors) == (is_usable, makes_vectors)


async def test_a_file_that_is_no_model_is_reported(setup: Setup):
    setup.repository.files = {"Tiny-Q4_K_M.gguf": b"<html>Not a model</html>" * 1000}
    model = await setup.search.open(SOURCE)
    facts = await setup.search.describe(model, model.builds[0])
    assert facts.problem is FileProblem.NOT_GGUF
    assert not facts.is_usable


async def test_only_the_beginning_of_a_large_file_is_read(setup: Setup):
    words = [f"word {number}" for number in range(100_000)]
    head = {key: value for key, value in CHAT.items() if not key.startswith("tokenizer.")}
    content = gguf({**head, "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.tokens": words}) + bytes(5_000_000)
    setup.repository.files = {"Tiny-Q4_K_M.gguf": content}
    model = await setup.search.open(SOURCE)
    facts = await setup.search.describe(model, model.builds[0])
    assert facts.head
    assert facts.head.cache_bytes_per_token
    (request,) = setup.hub.storage.requests
    assert request.headers["range"] == "bytes=0-262143"


async def test_a_header_with_a_long_beginning_is_read_until_it_is_known(setup: Setup):
    late = {"general.licence.text": "x" * 900_000, **CHAT}
    setup.repository.files = {"Tiny-Q4_K_M.gguf": gguf(late) + bytes(5_000_000)}
    model = await setup.search.open(SOURCE)
    facts = await setup.search.describe(model, model.builds[0])
    assert facts.head
    assert facts.head.trained_context == 32_768
    assert [request.headers["range"] for request in setup.hub.storage.requests] == [
        "bytes=0-262143",
        "bytes=262144-1048575",
    ]


async def test_a_download_names_all_files_their_hashes_and_every_hub_that_has_them(setup: Setup):
    model = await setup.search.open(SOURCE)
    assert model.suggested
    download = await setup.search.make_download(model, model.suggested, "en")
    assert download.name == "Tiny-Q4_K_M"
    assert download.files == (
        DownloadFile("Tiny-Q4_K_M.gguf", len(USUAL), sha256_of(USUAL)),
        DownloadFile("mmproj-F16.gguf", len(FILES["mmproj-F16.gguf"]), sha256_of(FILES["mmproj-F16.gguf"])),
    )
    assert [source.hub for source in download.sources] == [HubKind.HUGGING_FACE, HubKind.MODELSCOPE]
    assert download.sources[0].revision == setup.repository.commit
    assert download.licence == "mit"


async def test_a_chinese_window_downloads_from_modelscope_first(setup: Setup):
    model = await setup.search.open(SOURCE)
    download = await setup.search.make_download(model, model.builds[0], "zh_CN")
    assert [source.hub for source in download.sources] == [HubKind.MODELSCOPE, HubKind.HUGGING_FACE]


async def test_another_hub_with_other_bytes_is_no_source(setup: Setup):
    other = ModelDownload("Tiny", (DownloadFile("Tiny-Q4_K_M.gguf", len(USUAL), "a" * 64),), (SOURCE,))
    assert (await setup.search.with_other_sources(other, "zh_CN", "someone/other:7b")).sources == (SOURCE,)


async def test_a_hub_that_does_not_answer_is_no_source(setup: Setup):
    model = await setup.search.open(SOURCE)
    setup.hub.trouble.status = 503
    assert (await setup.search.make_download(model, model.builds[0], "en")).sources == (model.listing.repository,)


async def test_ollamas_registry_is_a_source_if_its_digest_is_the_same(setup: Setup):
    setup.hub.repositories["library/tiny"] = HubRepo("library/tiny", dict(FILES), tags={"7b": ("Tiny-Q4_K_M.gguf",)})
    wanted = ModelDownload("Tiny", (DownloadFile("Tiny-Q4_K_M.gguf", len(USUAL), sha256_of(USUAL)),), (SOURCE,))
    found = await setup.search.with_other_sources(wanted, "en", "tiny:7b")
    assert HubRepository(HubKind.OLLAMA, "library/tiny", "7b") in found.sources
    changed = ModelDownload("Tiny", (DownloadFile("Tiny-Q4_K_M.gguf", len(LARGE), sha256_of(LARGE)),), (SOURCE,))
    found = await setup.search.with_other_sources(changed, "en", "tiny:7b")
    assert HubKind.OLLAMA not in {source.hub for source in found.sources}


async def test_a_hash_that_the_listing_lacks_is_asked_for(setup: Setup):
    setup.repository.without_hashes = set(FILES)
    model = await setup.search.open(SOURCE)
    download = await setup.search.make_download(model, model.builds[0], "en")
    assert download.files[0].sha256 == sha256_of(SMALL)


async def test_a_file_that_cannot_be_verified_is_not_downloaded(setup: Setup):
    setup.repository.without_hashes = set(FILES)
    model = await setup.search.open(HubRepository(HubKind.MODELSCOPE, NAME))
    with pytest.raises(HubHashMissing):
        await setup.search.make_download(model, model.builds[0], "en")
