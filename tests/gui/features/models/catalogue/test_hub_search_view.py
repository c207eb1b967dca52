"""The search of hubs on the page *Get more*, with imitated hubs: typing, results, downloads, and what goes wrong."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.ui.catalogue.hit_row import HitRow
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.memory_need import GIBIBYTE
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from tests.fakes.catalogue_harness import ENGINE
from tests.fakes.gguf_files import CHAT, gguf
from tests.fakes.scripted_hub import HubRepo, sha256_of
from tests.gui.features.models.catalogue.conftest import Shown, showing, until
from tests.unit.features.models import machines

NAME = "unsloth/Tiny-Coder-GGUF"
USUAL = gguf() + bytes(2000)
FILES = {"Tiny-Q4_K_M.gguf": USUAL, "Tiny-Q8_0.gguf": gguf() + bytes(9000)}
STRANGE = gguf({**CHAT, "general.architecture": "from-the-future"})


@pytest.fixture
async def shown(qtbot: QtBot, appearance: Appearance) -> AsyncIterator[Shown]:
    repositories = (
        HubRepo(NAME, dict(FILES), gguf={"total": 7_600_000_000}, tags={"7b": ("Tiny-Q4_K_M.gguf",)}),
        HubRepo("someone/Strange-GGUF", {"strange-Q4_K_M.gguf": STRANGE}),
        HubRepo("meta/Closed-GGUF", dict(FILES), gated="manual"),
        HubRepo("someone/Empty-GGUF", {"README.md": b"text"}),
        HubRepo("library/tiny", dict(FILES), tags={"7b": ("Tiny-Q4_K_M.gguf",)}),
        *(HubRepo(f"many/Model-{number}-GGUF", dict(FILES)) for number in range(5)),
    )
    async with showing(qtbot, appearance, machines.LAPTOP_16, *repositories) as shown:
        yield shown


def field(shown: Shown) -> QLineEdit:
    return shown.child(shown.view, QLineEdit, "hubSearch")


def rows(shown: Shown) -> list[HitRow]:
    return [row for row in shown.view.findChildren(HitRow) if row.isVisible()]


def state(shown: Shown) -> str:
    return shown.words(shown.view, "searchState")


async def searched(shown: Shown, text: str, count: int = 1) -> list[HitRow]:
    field(shown).setFocus()
    shown.qtbot.keyClicks(field(shown), text)
    await until(lambda: len(rows(shown)) == count)
    return rows(shown)


async def read(shown: Shown, text: str) -> HitRow:
    """Search for one repository, and wait until its files were read."""
    (row,) = await searched(shown, text)
    await until(lambda: row.shown and not row.shown.reading and (row.shown.facts or row.shown.error or row.shown.model))
    return row


def choose_hub(shown: Shown, hub: HubKind) -> None:
    box = shown.child(shown.view, QComboBox, "searchedHub")
    box.setCurrentIndex(box.findData(hub.value))
    box.activated.emit(box.currentIndex())


def test_no_hub_is_asked_before_something_is_typed(shown: Shown) -> None:
    assert shown.hub.asked() == []
    assert shown.words(shown.view, "searchCaption") == "What you type here goes to 127.0.0.1, and nowhere else."


async def test_words_are_asked_for_once_the_typing_pauses(shown: Shown) -> None:
    await searched(shown, "tiny coder")
    assert shown.hub.asked().count("/api/models") == 1
    assert shown.names() == []


async def test_a_result_says_what_the_hub_and_the_file_say(shown: Shown) -> None:
    row = await read(shown, "coder")
    assert shown.words(row, "hitName") == NAME
    assert shown.words(row, "hitAbout").startswith("1000 downloads · 7.6B · ")
    assert shown.words(row, "hitFacts") == "Q4_K_M · 2.8 kB · context up to 32K · mit"
    assert shown.words(row, "hitTag") == "Fits"


async def test_escape_brings_the_cards_back(shown: Shown) -> None:
    await searched(shown, "coder")
    shown.press(Qt.Key.Key_Escape)
    assert len(shown.visible_cards) == 5
    assert rows(shown) == []
    assert field(shown).text() == ""


async def test_get_downloads_the_suggested_build_with_its_hash(shown: Shown) -> None:
    row = await read(shown, "coder")
    shown.click(row, "getModel")
    await until(shown.harness.catalogue.pulls.all)
    (pull,) = shown.harness.catalogue.pulls.all()
    assert pull.ref == ModelRef(ENGINE.id, "Tiny-Q4_K_M")
    assert pull.download is not None
    assert [(file.path, file.sha256) for file in pull.download.files] == [("Tiny-Q4_K_M.gguf", sha256_of(USUAL))]
    assert [source.hub for source in pull.download.sources] == [HubKind.HUGGING_FACE, HubKind.MODELSCOPE]


async def test_the_state_of_its_download_stands_in_the_row(shown: Shown) -> None:
    row = await read(shown, "coder")
    shown.harness.downloader.arrive.clear()
    shown.click(row, "getModel")
    await until(lambda: [pull.state for pull in shown.harness.catalogue.pulls.all()] == [PullState.RUNNING])
    (pull,) = shown.harness.catalogue.pulls.all()
    shown.harness.catalogue.pulls._set(replace(pull, state=PullState.WAITING))
    await until(lambda: shown.words(row, "cardProgress") == "Waiting")
    shown.harness.downloader.arrive.set()
    await until(lambda: shown.child(row, Button, "getModel").text() == "Chat")
    shown.click(row, "getModel")
    assert shown.chats == [pull.ref]


async def test_another_quantisation_can_be_chosen(shown: Shown) -> None:
    row = await read(shown, "coder")
    box = shown.child(row, QComboBox, "hitBuild")
    assert [box.itemText(number) for number in range(box.count())] == ["Q4_K_M, 2.8 kB, recommended", "Q8_0, 9.8 kB"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    await until(lambda: shown.words(row, "hitFacts").startswith("Q8_0"))
    shown.click(row, "getModel")
    await until(shown.harness.catalogue.pulls.all)
    assert shown.harness.catalogue.pulls.all()[0].ref.model_id == "Tiny-Q8_0"


async def test_a_file_from_hugging_face_can_also_be_loaded_by_ollama(shown: Shown) -> None:
    row = await read(shown, "coder")
    shown.click(row, "getHitWithOllama")
    assert [pull.ref.model_id for pull in shown.harness.catalogue.pulls.all()] == [f"hf.co/{NAME}:Q4_K_M"]


async def test_what_the_engine_does_not_know_is_reported_before_the_download(shown: Shown) -> None:
    row = await read(shown, "strange")
    if row.shown and row.shown.facts and row.shown.facts.is_supported is None:
        pytest.skip("the engine is not installed")
    assert shown.words(row, "hitFacts") == ("The built-in engine does not know the architecture from-the-future yet.")
    assert not shown.child(row, Button, "getModel").isVisible()


async def test_a_repository_that_needs_consent_offers_its_page(shown: Shown) -> None:
    (row,) = await searched(shown, "closed")
    assert shown.words(row, "hitFacts") == "Needs an account and consent on the model's page."
    assert not shown.child(row, Button, "getModel").isVisible()
    shown.click(row, "openHitPage")
    assert shown.pages == ["https://127.0.0.1/meta/Closed-GGUF"]


async def test_a_repository_without_model_files_says_so(shown: Shown) -> None:
    row = await read(shown, "empty")
    await until(lambda: shown.words(row, "hitFacts") == "It has no GGUF files.")


async def test_a_model_that_is_too_large_has_no_get(shown: Shown) -> None:
    shown.harness.machine = replace(machines.LAPTOP_8, memory=GIBIBYTE)
    row = await read(shown, "coder")
    assert shown.words(row, "hitTag") == "Too large"
    assert not shown.child(row, Button, "getModel").isVisible()


async def test_nothing_found_is_said_in_place_of_the_list(shown: Shown) -> None:
    field(shown).setText("qwertyuiop")
    await until(lambda: state(shown) == "Nothing found at 127.0.0.1 for “qwertyuiop”.")


async def test_a_hub_with_too_many_requests_is_asked_again_by_itself(shown: Shown) -> None:
    shown.hub.trouble.busy_seconds = 55
    field(shown).setText("coder")
    await until(lambda: "Retrying in 55 s." in state(shown))
    shown.hub.trouble.busy_seconds = None
    shown.view._results._seconds = 1
    shown.view._results._count_down()
    await until(lambda: len(rows(shown)) == 1)
    assert state(shown) == ""


async def test_without_a_connection_the_next_steps_work(shown: Shown) -> None:
    asked: list[bool] = []
    shown.view.sources_requested.connect(lambda: asked.append(True))
    shown.hub.trouble.status = 503
    field(shown).setText("coder")
    retry = shown.child(shown.view, QWidget, "retrySearch")
    await until(retry.isVisible)
    assert "127.0.0.1" in state(shown)
    shown.click(shown.view, "openModelSources")
    assert asked
    shown.hub.trouble.status = 0
    shown.click(shown.view, "retrySearch")
    await until(lambda: len(rows(shown)) == 1)


async def test_only_the_first_results_are_read_and_the_others_on_request(shown: Shown) -> None:
    found = await searched(shown, "many", 5)
    await until(lambda: found[2].shown and found[2].shown.facts)
    assert found[4].shown is not None
    assert found[4].shown.model is None
    shown.click(found[4], "lookAtHit")
    await until(lambda: found[4].shown and found[4].shown.facts)


async def test_more_results_are_added(shown: Shown) -> None:
    shown.hub.page_size = 3
    await searched(shown, "many", 3)
    shown.click(shown.view, "moreHits")
    await until(lambda: len(rows(shown)) == 5)


async def test_a_page_that_failed_is_asked_for_again(shown: Shown) -> None:
    shown.hub.page_size = 3
    found = await searched(shown, "many", 3)
    await until(lambda: found[2].shown and found[2].shown.facts)
    shown.hub.trouble.status = 503
    shown.click(shown.view, "moreHits")
    await until(shown.child(shown.view, QWidget, "retrySearch").isVisible)
    shown.hub.trouble.status = 0
    shown.click(shown.view, "retrySearch")
    await until(lambda: len(rows(shown)) > 3)
    assert [shown.words(row, "hitName") for row in rows(shown)] == [f"many/Model-{number}-GGUF" for number in range(5)]


async def test_enter_asks_only_once(shown: Shown) -> None:
    await searched(shown, "many", 5)
    shown.press(Qt.Key.Key_Return)
    assert state(shown) == ""
    assert len(rows(shown)) == 5


async def test_other_words_end_reading_the_results(shown: Shown) -> None:
    await searched(shown, "many", 5)
    field(shown).clear()
    read_before = len(shown.hub.asked())
    await searched(shown, "empty")
    asked_since = shown.hub.asked()[read_before:]
    assert not [path for path in asked_since if "Model-2" in path]


async def test_keys_lead_from_the_field_through_the_results(shown: Shown) -> None:
    found = await searched(shown, "many", 5)
    shown.press(Qt.Key.Key_Down)
    assert shown.window.focusWidget() is found[0]
    for _ in range(4):
        shown.press(Qt.Key.Key_Down)
    assert shown.window.focusWidget() is found[4]
    shown.press(Qt.Key.Key_Return)
    await until(lambda: found[4].shown and found[4].shown.facts)


async def test_an_address_leads_to_the_repository_without_a_search(shown: Shown) -> None:
    field(shown).setText(f"https://huggingface.co/{NAME}/tree/main")
    await until(lambda: len(rows(shown)) == 1 and shown.words(rows(shown)[0], "hitTag") == "Fits")
    assert "/api/models" not in shown.hub.asked()


async def test_modelscope_can_be_searched(shown: Shown) -> None:
    choose_hub(shown, HubKind.MODELSCOPE)
    await read(shown, "coder")
    assert "/openapi/v1/models" in shown.hub.asked()
    assert "/api/models" not in shown.hub.asked()


async def test_ollamas_library_is_asked_by_name(shown: Shown) -> None:
    choose_hub(shown, HubKind.OLLAMA)
    row = await read(shown, "ollama run tiny:7b")
    assert shown.words(row, "hitName") == "tiny:7b"
    shown.click(row, "getHitWithOllama")
    assert [pull.ref.model_id for pull in shown.harness.catalogue.pulls.all()] == ["tiny:7b"]


async def test_a_text_that_is_no_name_says_so(shown: Shown) -> None:
    choose_hub(shown, HubKind.OLLAMA)
    field(shown).setText("two words")
    await until(lambda: "Use only letters from a to z" in state(shown))
    assert shown.hub.asked() == []


async def test_other_quantisations_of_a_card_are_those_of_its_repository(shown: Shown) -> None:
    card = shown.card("DeepSeek-R1 7B")
    card.set_open(is_open=True)
    shown.click(card, "otherQuantisations")
    assert field(shown).text() == "hf.co/bartowski/DeepSeek-R1-Distill-Qwen-7B-GGUF"
    await until(lambda: rows(shown) and rows(shown)[0].shown and rows(shown)[0].shown.error)
    assert "no public repository" in shown.words(rows(shown)[0], "hitFacts")
