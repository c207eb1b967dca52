"""Downloads on the page of models: begun by a name, seen as they go, paused, taken up, tried again and left off there."""

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.downloads.pull_rows import PullRow
from chatdesk.features.models.ui.page.here_tab import HereTab
from tests.fakes.scripted_models import ScriptedPull
from tests.gui.window.get_more_steps import on_machine, text_of
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.models_harness import button, click_row, models, open_models_page, open_server, show_filters
from tests.unit.features.models import machines


async def opened(harness: Harness) -> tuple[HereTab, DownloadsPanel]:
    """The tab of this computer, and the downloads on the tab that is shown, ready to be written in."""
    on_machine(harness, machines.RTX_4070)
    page = await open_models_page(harness)
    harness.router.show_models("get-more")
    await harness.until(lambda: harness.window.findChild(DownloadsPanel))
    panel = harness.window.findChild(DownloadsPanel)
    await harness.until(lambda: panel.isVisible() and panel._field._can_get)
    return page, panel


def all_are_done(harness: Harness) -> bool:
    return all(pull.is_done for pull in harness.program.models.library.downloads.all())


def known(harness: Harness) -> set[str]:
    """The names of all models."""
    return {model.name for model in harness.program.servers.models.all()}


def field(panel: DownloadsPanel) -> QLineEdit:
    found = panel.findChild(QLineEdit, "modelName")
    assert found is not None
    return found


def rows(panel: DownloadsPanel) -> list[PullRow]:
    return [row for row in panel.findChildren(PullRow) if row.isVisible()]


def name(panel: DownloadsPanel, text: str) -> None:
    QTest.keyClicks(field(panel), text)
    QTest.keyClick(field(panel), Qt.Key.Key_Return)


async def click(harness: Harness, place: QWidget, part: str) -> None:
    """Click what is to be seen, once it lies where it stays."""

    def lies_there() -> bool:
        target = button(place, part)
        window = target.window()
        return target.isVisible() and window.childAt(target.mapTo(window, target.rect().center())) is target

    await harness.until(lies_there)
    QTest.mouseClick(button(place, part), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("qwen3", "qwen3:latest"),
        ("ollama run deepseek-r1:7b", "deepseek-r1:7b"),
        ("hf.co/unsloth/gemma-3-4b-it-GGUF:Q4_K_M", "hf.co/unsloth/gemma-3-4b-it-GGUF:Q4_K_M"),
    ],
)
async def test_a_model_is_got_by_what_a_person_pastes(
    harness: Harness, fake_model: FakeModel, text: str, model: str
) -> None:
    gate = asyncio.Event()
    fake_model.pulls[model] = ScriptedPull(gate, size=4_683_075_271)
    page, panel = await opened(harness)
    assert rows(panel) == []
    name(panel, text)
    await harness.until(lambda: rows(panel) and text_of(panel, "pullProgress").startswith("2.3 GB of 4.7 GB"))
    assert field(panel).text() == ""
    assert text_of(panel, "pullName") == model
    gate.set()
    await harness.until(lambda: all_are_done(harness))
    harness.router.show_models("here")
    await harness.until(lambda: any(model.startswith(shown) for shown in models(page)))
    await harness.until(lambda: model.startswith(page.model_pane._title.text()))


async def test_a_download_is_paused_goes_on_and_is_left_off(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["qwen3:latest"] = ScriptedPull(asyncio.Event(), size=4_683_075_271)
    _page, panel = await opened(harness)
    name(panel, "qwen3")
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("2.3 GB of 4.7 GB"))
    await click(harness, panel, "pausePull")
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("Paused"))
    assert button(panel, "resumePull").accessibleName() == "Resume download of qwen3:latest"
    await click(harness, panel, "resumePull")
    await harness.until(button(panel, "pausePull").isVisible)
    await click(harness, panel, "cancelPull")
    await harness.until(lambda: not rows(panel))
    assert harness.program.models.library.downloads.all() == ()


async def test_a_model_that_comes_leaves_who_writes_about_another_one_alone(
    harness: Harness, fake_model: FakeModel
) -> None:
    gate = asyncio.Event()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(gate)
    page, panel = await opened(harness)
    name(panel, "qwen3")
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("500"))
    harness.router.show_models("here")
    await harness.until(page.isVisible)
    click_row(page, "scripted:1b")
    page.model_pane.own._prompt.edit.setFocus()
    gate.set()
    await harness.until(lambda: "qwen3" in models(page))
    assert page.model_pane._title.text() == "scripted:1b"


async def test_what_waits_and_what_failed_stands_there_too(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls["first:latest"] = ScriptedPull(error="write /x/sha256-1: no space left on device")
    fake_model.pulls["second:latest"] = ScriptedPull(gate)
    fake_model.pulls["third:latest"] = ScriptedPull()
    _page, panel = await opened(harness)
    for text in ("first", "second", "third"):
        name(panel, text)
    await harness.until(lambda: len(rows(panel)) == 3)
    first, second, third = rows(panel)
    await harness.until(lambda: "is full" in text_of(first, "pullFailure"))
    await harness.until(lambda: text_of(second, "pullProgress").startswith("500"))
    assert text_of(third, "pullProgress") == "Waiting for another download"
    fake_model.pulls["first:latest"] = ScriptedPull()
    assert button(first, "getModel").text() == "Try again"
    await click(harness, first, "getModel")
    gate.set()
    await harness.until(lambda: all_are_done(harness))
    await harness.until(lambda: {"first", "second", "third"} <= known(harness))


@pytest.mark.parametrize(
    "text",
    ["two words", "a name/with/slashes", "<b>x</b>", "\u202eqwen", "\u05e9\u05dc\u05d5\u05dd", "x" * 1900],
)
async def test_what_is_no_name_is_reported_under_the_field_while_downloads_go_on(
    harness: Harness, fake_model: FakeModel, text: str
) -> None:
    gate = asyncio.Event()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(gate)
    _page, panel = await opened(harness)
    name(panel, "qwen3")
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("500"))
    field(panel).setText(text)
    QTest.keyClick(field(panel), Qt.Key.Key_Return)
    assert text_of(panel, "nameProblem")
    gate.set()
    await harness.until(lambda: all_are_done(harness))
    assert text_of(panel, "nameProblem")
    assert field(panel).text() == text


async def test_the_verdict_of_a_known_model_stands_under_its_name_before_it_is_got(harness: Harness) -> None:
    _page, panel = await opened(harness)
    await harness.until(lambda: harness.program.models.library.catalogue.state("en").is_ready)
    QTest.keyClicks(field(panel), "ollama run deepseek-r1:14b")
    assert text_of(panel, "nameHint").startswith("9.0 GB · Fits · about 30 tokens/s, estimated")
    field(panel).selectAll()
    QTest.keyClicks(field(panel), "deepseek-r1:70b")
    assert "Too large" in text_of(panel, "nameHint")
    QTest.keyClicks(field(panel), "x")
    assert text_of(panel, "nameHint") == "", "of what nobody knows nothing is said"


async def test_ten_thousand_letters_pasted_are_cut_and_reported(harness: Harness) -> None:
    _page, panel = await opened(harness)
    field(panel).insert("y" * 10_240)
    QTest.keyClick(field(panel), Qt.Key.Key_Return)
    assert text_of(panel, "nameProblem") == "This model name is too long."
    assert harness.program.models.library.downloads.all() == ()


async def test_a_mistyped_name_is_offered_as_the_right_one(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["deepseek-r1:7b"] = ScriptedPull()
    _page, panel = await opened(harness)
    await harness.program.models.library.catalogue.refresh()
    name(panel, "ollama run deepsek-r1:7b")
    await harness.until(lambda: rows(panel) and "Similar names: deepseek-r1:7b" in text_of(panel, "pullFailure"))
    await click(harness, panel, "getNearModel")
    await harness.until(lambda: all_are_done(harness))
    await harness.until(lambda: "deepseek-r1:7b" in known(harness))


async def test_what_is_looked_for_in_vain_can_be_got(harness: Harness) -> None:
    page, panel = await opened(harness)
    harness.router.show_models("here")
    await harness.until(page.isVisible)
    show_filters(page)
    QTest.keyClicks(page.models.search.edit, "qwen3:14b")
    await harness.until(lambda: not models(page))
    get = button(page, "modelsStep.get")
    assert get.text() == "Download qwen3:14b"
    QTest.keyClicks(page.models.search.edit, " two words")
    await harness.until(lambda: not get.isVisible())
    page.models.search.set_text("qwen3:14b")
    await harness.until(get.isVisible)
    QTest.mouseClick(get, Qt.MouseButton.LeftButton)
    await harness.until(panel.isVisible)
    assert field(panel).text() == "qwen3:14b"
    assert field(panel).hasFocus()


async def test_a_second_ollama_can_be_chosen_to_download(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["qwen3:latest"] = ScriptedPull()
    page, panel = await opened(harness)
    first = harness.program.servers.servers.find("ollama")
    assert first is not None
    other = replace(first, id="far", name="Cellar", base_url=first.base_url.replace("127.0.0.1", "localhost"))
    await harness.program.servers.servers.save(other)
    await harness.program.servers.models.refresh_server(other)
    to = button(panel, "downloadTo")
    await harness.until(to.isVisible)
    assert to.text() == "On Ollama"
    harness.router.show_models("here")
    await harness.until(lambda: page.isVisible() and page.runners.findChild(QWidget, "runner.far"))
    open_server(page, "far")
    await harness.until(page.server_pane.isVisible)
    await click(harness, page.server_pane, "action.get")
    await harness.until(panel.isVisible)
    assert to.text() == "On Cellar"
    assert field(panel).hasFocus()
    await harness.until(lambda: panel._field._can_get)
    name(panel, "qwen3")
    await harness.until(
        lambda: [pull.ref.server_id for pull in harness.program.models.library.downloads.all()] == ["far"]
    )
    QTest.mouseClick(to, Qt.MouseButton.LeftButton)
    shown = panel.findChild(QMenu, "downloadToMenu")
    assert [action.text() for action in shown.actions()] == ["Ollama", "Cellar"]
    shown.actions()[0].trigger()
    shown.close()
    assert to.text() == "On Ollama"


async def test_a_server_that_goes_away_leaves_the_download_to_be_tried_again(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.pulls["qwen3:latest"] = ScriptedPull(asyncio.Event(), size=10**9)
    _page, panel = await opened(harness)
    harness.program.models.library.downloads._retry_delays = (0.01,)
    name(panel, "qwen3")
    await harness.until(lambda: text_of(panel, "pullProgress").startswith("500"))
    assert fake_model.server is not None
    await fake_model.server.__aexit__()
    await harness.until(lambda: text_of(panel, "pullFailure"))
    server = harness.program.servers.servers.find("ollama")
    await harness.program.servers.models.refresh_server(server)
    await harness.until(lambda: not button(panel, "getModel").isEnabled())
    assert button(panel, "cancelPull").isVisible()
    name(panel, "qwen3:8b")
    assert text_of(panel, "nameProblem") == "Ollama is not responding."
    assert field(panel).text() == "qwen3:8b"
    assert not button(panel, "getNamedModel").isEnabled()
    assert panel.isVisible()
