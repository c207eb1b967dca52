"""The catalogue as a service: rows for this machine and its user, downloads, and names for Ollama."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from chatdesk.features.models.domain.catalogue import Purpose
from chatdesk.features.models.domain.model_fit import Verdict
from chatdesk.features.models.domain.model_names import NameProblem
from chatdesk.features.servers.services.servers import BUILT_IN_ID
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.model import Model, ModelRef
from chatdesk.kernel.models.pulls import Pace, PullPhase, PullProgress
from chatdesk.kernel.settings.declarations import LINE_SPEED
from tests.fakes.catalogue_harness import AWAY, CATALOGUE, HERE, CatalogueHarness
from tests.unit.features.models import machines
from tests.unit.features.models.services.pull_harness import until

MEGABYTE = 10**6


@pytest.fixture
async def laptop() -> AsyncGenerator[CatalogueHarness]:
    harness = CatalogueHarness(machines.LAPTOP_16)
    await harness.look()
    yield harness
    await harness.close()


async def test_nothing_is_reported_before_the_machine_was_inspected() -> None:
    harness = CatalogueHarness(machines.LAPTOP_16)
    state = harness.state()
    assert (state.is_ready, state.cards, state.rows, state.best) == (False, (), (), None)
    await harness.close()


async def test_five_cards_of_which_one_is_the_best(laptop: CatalogueHarness) -> None:
    state = laptop.state()
    assert [card.purpose for card in state.cards] == list(Purpose)
    assert [card.model.name for card in state.cards if card.is_best] == ["DeepSeek-R1 7B"]
    assert state.best is not None
    assert state.best.purpose is Purpose.REASONING
    assert (len(state.rows), state.too_large) == (len(CATALOGUE.models), 6)


async def test_a_chinese_window_only_gets_models_that_speak_chinese(laptop: CatalogueHarness) -> None:
    assert all(card.model.speaks("zh") for card in laptop.state("zh_CN").cards)
    assert not all(card.model.speaks("zh") for card in laptop.state("en").cards)


async def test_the_download_is_the_one_of_the_catalogue(laptop: CatalogueHarness) -> None:
    row = laptop.row_of("deepseek-r1-7b")
    ref = laptop.catalogue.get(row.offer, conversation_id="chat")
    assert ref == ModelRef(BUILT_IN_ID, "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M")
    pull = laptop.row_of("deepseek-r1-7b").offer.pull
    assert pull is not None
    assert (pull.download, pull.conversation_id, pull.expected) == (row.model.download, "chat", 4_683_073_504)


async def test_another_hub_can_be_preferred(laptop: CatalogueHarness) -> None:
    laptop.catalogue.get(laptop.row_of("qwen3.5-4b").offer, HubKind.MODELSCOPE)
    pull = laptop.row_of("qwen3.5-4b").offer.pull
    assert pull is not None
    assert pull.download is not None
    assert [source.hub for source in pull.download.sources] == [HubKind.MODELSCOPE, HubKind.HUGGING_FACE]


async def test_a_chinese_window_downloads_from_modelscope_where_it_has_the_files(laptop: CatalogueHarness) -> None:
    rows = {row.model.id: row for row in laptop.state("zh_CN").rows}
    assert rows["qwen3.5-4b"].source is HubKind.MODELSCOPE
    assert rows["deepseek-r1-7b"].source is HubKind.HUGGING_FACE
    laptop.catalogue.get(rows["qwen3.5-4b"].offer)
    (pull,) = laptop.catalogue.pulls.all()
    assert pull.download is not None
    assert pull.download.sources[0].hub is HubKind.MODELSCOPE


async def test_ollama_is_an_alternative_with_further_quantisations(laptop: CatalogueHarness) -> None:
    row = laptop.row_of("deepseek-r1-7b")
    assert [offer.build.quantization for offer in row.offers] == ["Q4_K_M", "Q4_K_M", "Q8_0", "F16"]
    assert row.ollama is not None
    assert laptop.catalogue.get(row.ollama) == ModelRef(HERE.id, "deepseek-r1:7b")
    (pull,) = laptop.catalogue.pulls.all()
    assert (pull.download, pull.expected) == (None, 4_683_075_271)


async def test_the_size_of_an_estimated_build_is_not_expected_of_the_server(laptop: CatalogueHarness) -> None:
    laptop.catalogue.get(laptop.row_of("deepseek-r1-7b").offers[2])
    assert [pull.expected for pull in laptop.catalogue.pulls.all()] == [0]


async def test_without_an_ollama_server_there_is_no_alternative() -> None:
    harness = CatalogueHarness(machines.LAPTOP_16, replace(HERE, enabled=False))
    await harness.look()
    row = harness.row_of("deepseek-r1-7b")
    assert row.ollama is None
    assert harness.catalogue.get(row.offers[1]) is None
    assert not harness.state().ollama_answers
    await harness.close()


async def test_ollama_on_another_machine_is_not_judged_by_this_one() -> None:
    harness = CatalogueHarness(machines.LAPTOP_16, AWAY)
    await harness.look()
    row = harness.row_of("deepseek-r1-7b")
    assert row.offers[0].judgement.fit.verdict is Verdict.PROCESSOR
    assert row.offers[1].judgement.fit.verdict is Verdict.UNKNOWN
    await harness.close()


async def test_a_downloaded_model_is_recognised_by_name_and_size(laptop: CatalogueHarness) -> None:
    name, size = "DeepSeek-R1-Distill-Qwen-7B-Q4_K_M", 4_683_073_504
    found = Model(ModelRef(BUILT_IN_ID, name), name, size_bytes=size)
    laptop.models.all = lambda: (found,)  # type: ignore[method-assign]
    offer = laptop.row_of("deepseek-r1-7b").offer
    assert (offer.installed, offer.ref) == (True, found.ref)
    laptop.models.all = lambda: (replace(found, size_bytes=size + 1),)  # type: ignore[method-assign]
    assert not laptop.row_of("deepseek-r1-7b").offer.installed


async def test_the_disk_of_the_models_folder_counts(laptop: CatalogueHarness) -> None:
    laptop.disk = 2 * 10**9
    await laptop.look()
    assert laptop.row_of("deepseek-r1-7b").offer.judgement.disk_is_short
    assert not laptop.row_of("deepseek-r1-7b").offers[1].judgement.disk_is_short
    assert laptop.state().best is not None
    assert laptop.state().best.model.name == "DeepSeek-R1 1.5B"  # type: ignore[union-attr]


async def test_the_connection_counts_as_100_megabit_until_it_is_measured(laptop: CatalogueHarness) -> None:
    assert laptop.state().line_speed is None
    assert laptop.state().seconds_for(125 * MEGABYTE) == pytest.approx(10)
    laptop.settings.set(LINE_SPEED, 5 * MEGABYTE)
    assert laptop.state().seconds_for(125 * MEGABYTE) == pytest.approx(25)


async def test_a_download_measures_the_connection(laptop: CatalogueHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "speed", property(lambda _pace: 30.0 * MEGABYTE))
    laptop.downloader.script = [
        PullProgress(PullPhase.LOADING, part * 30 * MEGABYTE, 4_683 * MEGABYTE) for part in range(1, 4)
    ]
    heard: list[object] = []
    laptop.catalogue.changes.subscribe(heard.append)
    laptop.catalogue.get(laptop.row_of("deepseek-r1-7b").offer)
    await until(lambda: laptop.row_of("deepseek-r1-7b").offer.installed)
    assert heard
    assert laptop.settings.get(LINE_SPEED) == 30 * MEGABYTE
    assert laptop.state().line_speed == 30 * MEGABYTE


async def test_a_model_is_downloaded_by_a_name_of_ollamas_library(laptop: CatalogueHarness) -> None:
    assert laptop.catalogue.download_named("ollama run qwen3:14b") is None
    assert laptop.catalogue.download_named("https://ollama.com/library/deepseek-r1:7b") is None
    assert [(pull.ref.model_id, pull.expected) for pull in laptop.catalogue.pulls.all()] == [
        ("qwen3:14b", 0),
        ("deepseek-r1:7b", 4_683_075_271),
    ]
    assert laptop.catalogue.download_named("two words") is NameProblem.ODD_SIGNS


async def test_a_named_model_of_the_catalogue_is_judged(laptop: CatalogueHarness) -> None:
    judgement = laptop.catalogue.judge_named("deepseek-r1:32b", HERE.id)
    assert judgement is not None
    assert judgement.fit.verdict is Verdict.TOO_LARGE
    assert laptop.catalogue.judge_named("qwen3:14b", HERE.id) is None
    assert laptop.catalogue.judge_named("two words", HERE.id) is None


async def test_names_are_known_without_a_request(laptop: CatalogueHarness) -> None:
    names = laptop.catalogue.known_names()
    assert {"deepseek-r1:7b", "gpt-oss:20b", "nomic-embed-text"} <= set(names)


async def test_an_ollama_server_that_answers_comes_before_one_that_does_not() -> None:
    harness = CatalogueHarness(machines.RTX_4070, HERE, AWAY)
    harness.network.installed |= {"ollama": None, "far": ()}
    await harness.look()
    assert [state.server.id for state in harness.catalogue.downloaders()] == ["far", "ollama"]
    assert harness.state().ollama_answers
    await harness.close()


async def test_what_is_installed_needs_no_room_on_the_disk() -> None:
    harness = CatalogueHarness(replace(machines.RTX_4070, disk_free=0))
    harness.network.installed["ollama"] = ("deepseek-r1:14b",)
    await harness.look()
    assert not harness.row_of("deepseek-r1-14b").offers[1].judgement.disk_is_short
    assert harness.row_of("deepseek-r1-14b").used_offer.installed
    assert harness.row_of("deepseek-r1-7b").offers[1].judgement.disk_is_short
    await harness.close()
