"""Downloads of models in the window: how they go on, break off, end, and what is wrong with a name."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.kernel.errors.base import SignInNeeded
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.system import ollama_folder
from tests.fakes.scripted_models import ScriptedPull
from tests.gui.window.get_more_steps import (
    R1_14B,
    button,
    get_with_ollama,
    is_done,
    is_shown,
    opened,
    page,
    panel,
    pull_row,
    text_of,
)
from tests.gui.window.harness import FakeModel, Harness
from tests.unit.features.models import machines


async def test_a_download_is_paused_goes_on_and_is_left_off(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["deepseek-r1:7b"] = ScriptedPull(asyncio.Event(), size=4_683_075_271)
    await opened(harness)
    await get_with_ollama(harness, "deepseek-r1:7b")
    seven = pull_row(harness, "deepseek-r1:7b")
    await harness.until(lambda: text_of(seven, "pullProgress").startswith("2.3 GB of 4.7 GB"))
    button(seven, "pausePull").click()
    await harness.until(lambda: text_of(seven, "pullProgress").startswith("Paused"))
    assert is_shown(seven, "resumePull")
    assert fake_model.server is not None
    await harness.until(lambda: fake_model.server.disconnects)
    button(seven, "resumePull").click()
    await harness.until(lambda: button(seven, "pausePull").isVisible())
    button(seven, "cancelPull").click()
    await harness.until(lambda: not seven.isVisible())
    assert harness.program.models.library.downloads.all() == ()


async def test_a_failure_is_explained_with_another_try(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["deepseek-r1:8b"] = ScriptedPull(error="write /x/sha256-1: no space left on device")
    await opened(harness)
    await get_with_ollama(harness, "deepseek-r1:8b")
    eight = pull_row(harness, "deepseek-r1:8b")
    await harness.until(lambda: "is full" in text_of(eight, "pullFailure"))
    assert button(eight, "getModel").text() == "Try again"
    fake_model.pulls["deepseek-r1:8b"] = ScriptedPull()
    button(eight, "getModel").click()
    await harness.until(lambda: button(eight, "chatWithModel").isVisible())


async def test_a_model_is_got_by_its_name(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(gate)
    await opened(harness)
    field = panel(harness).findChild(QLineEdit, "modelName")
    assert field is not None
    await harness.until(lambda: field.isVisible() and panel(harness)._field._can_get)
    assert not button(panel(harness), "getNamedModel").isEnabled()
    QTest.keyClicks(field, " qwen3 ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    others = panel(harness)
    await harness.until(lambda: text_of(others, "pullProgress").startswith("500"))
    assert field.text() == ""
    gate.set()
    await harness.until(lambda: button(others, "chatWithModel").isVisible())
    button(others, "chatWithModel").click()
    await harness.until(lambda: harness.models.chosen and harness.models.chosen.ref.model_id == "qwen3:latest")


async def test_a_name_that_nobody_knows_is_reported(harness: Harness) -> None:
    await opened(harness)
    await harness.until(lambda: panel(harness)._field._can_get)
    field = panel(harness).findChild(QLineEdit, "modelName")
    assert field is not None
    QTest.keyClicks(field, "no-such:1b")
    button(panel(harness), "getNamedModel").click()
    others = panel(harness)
    await harness.until(lambda: text_of(others, "pullFailure").startswith("no-such:1b was not found"))
    button(others, "cancelPull").click()
    await harness.until(lambda: not text_of(others, "pullFailure"))


async def test_a_mistyped_name_is_offered_as_the_right_one(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.pulls["deepseek-r1:7b"] = ScriptedPull()
    await opened(harness)
    await harness.until(lambda: panel(harness)._field._can_get)
    field = panel(harness).findChild(QLineEdit, "modelName")
    assert field is not None
    QTest.keyClicks(field, "ollama run deepsek-r1:7b")
    QTest.keyClick(field, Qt.Key.Key_Return)
    others = panel(harness)
    await harness.until(lambda: "Similar names: deepseek-r1:7b" in text_of(others, "pullFailure"))
    assert button(others, "getNearModel").text() == "Download deepseek-r1:7b"
    button(others, "getNearModel").click()
    await harness.until(lambda: is_done(harness, "deepseek-r1:7b"))
    assert [pull.ref.model_id for pull in harness.program.models.library.downloads.all()] == ["deepseek-r1:7b"]


@pytest.mark.parametrize("text", ["two words", "<b>x</b>", "\u202eqwen", "x" * 1900, "https://example.com/m.gguf"])
async def test_what_is_no_name_is_reported_under_the_field_and_stays_in_it(harness: Harness, text: str) -> None:
    await opened(harness)
    await harness.until(lambda: panel(harness)._field._can_get)
    field = panel(harness).findChild(QLineEdit, "modelName")
    assert field is not None
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert text_of(panel(harness), "nameProblem")
    assert field.text() == text
    assert harness.program.models.library.downloads.all() == ()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not text_of(panel(harness), "nameProblem")


async def test_what_seems_not_to_fit_on_the_disk_can_be_got_anyway(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(gate, size=8 * 10**9)
    await opened(harness, replace(machines.RTX_4070, disk_free=2 * 10**9))
    await harness.until(lambda: panel(harness)._field._can_get)
    field = panel(harness).findChild(QLineEdit, "modelName")
    assert field is not None
    QTest.keyClicks(field, "qwen3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    others = panel(harness)
    await harness.until(lambda: "4.0 GB still to download, 2.0 GB free" in text_of(others, "pullFailure"))
    gate.set()
    button(others, "getModelAnyway").click()
    await harness.until(button(others, "chatWithModel").isVisible)


async def test_a_download_shows_in_sidebar_and_title_whatever_is_open(harness: Harness, fake_model: FakeModel) -> None:
    gate = asyncio.Event()
    fake_model.pulls["deepseek-r1:1.5b"] = ScriptedPull(gate, size=1_117_322_600)
    await opened(harness)
    await get_with_ollama(harness, "deepseek-r1:1.5b")
    await harness.until(lambda: harness.window.windowTitle().startswith("50% · "))
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    mark = button(harness.window, "modelsPage")
    await harness.until(lambda: mark.accessibleDescription() == "50%, deepseek-r1:1.5b")
    harness.window.show_settings()
    assert harness.window.windowTitle().startswith("50% · Settings")
    harness.router.show_chats()
    mark.click()
    await harness.until(page(harness).isVisible)
    button(pull_row(harness, "deepseek-r1:1.5b"), "pausePull").click()
    QTest.keyClick(page(harness), Qt.Key.Key_Escape)
    await harness.until(lambda: mark.accessibleDescription() == "")
    assert "%" not in harness.window.windowTitle()


@pytest.mark.parametrize("breaks", ["dies", "stops", "max retries exceeded: EOF"])
async def test_a_download_that_breaks_off_goes_on_by_itself(
    harness: Harness, fake_model: FakeModel, breaks: str
) -> None:
    fake_model.pulls[R1_14B] = ScriptedPull(size=8_988_112_040, layers=(387, 1065), breaks=breaks)
    await opened(harness)
    harness.program.models.library.downloads._retry_delays = (0.5,)
    await get_with_ollama(harness, R1_14B)
    await harness.until(lambda: text_of(panel(harness), "pullProgress").startswith("Interrupted. Attempt 1 in"))
    await harness.until(lambda: is_done(harness, R1_14B))


async def test_a_server_that_lies_about_the_total_is_followed_to_its_end(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.pulls["liar:latest"] = ScriptedPull(size=10**9, claims=7, layers=(5 * 10**9, 0, 1))
    await opened(harness)
    seen: list[float] = []
    pulls = harness.program.models.library.downloads
    pulls.changes.subscribe(lambda change: seen.append(pulls.find(change.ref).progress.fraction))
    harness.program.models.library.catalogue.download_named("liar")
    await harness.until(lambda: is_shown(panel(harness), "chatWithModel"))
    assert seen == sorted(seen)
    assert all(0 <= share <= 1 for share in seen)


async def test_a_sign_in_that_is_wanted_offers_its_page(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(harness)
    asked: list[str] = []
    monkeypatch.setattr(harness.router._links, "open", asked.append)
    ref = ModelRef("ollama", "gpt-oss:120b-cloud")
    error = SignInNeeded("Ollama", sign_in_url="https://ollama.com/connect?key=1")
    harness.program.models.library.downloads._set(Pull(ref, 0, PullState.FAILED, error=error))
    others = panel(harness)
    await harness.until(lambda: is_shown(others, "signInForModel"))
    button(others, "signInForModel").click()
    assert asked == ["https://ollama.com/connect?key=1"]


async def test_a_damaged_part_of_an_earlier_download_is_removed_and_the_model_got(
    harness: Harness, fake_model: FakeModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As Ollama 0.33 was seen to fail for ever after it was ended while it wrote a note of a part."""
    monkeypatch.setattr(ollama_folder, "models_folder", lambda: tmp_path)
    (tmp_path / "blobs").mkdir()
    parts = [tmp_path / "blobs" / f"sha256-6e9f-partial{end}" for end in ("", "-0")]
    for part in parts:
        part.touch()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(error="EOF")
    await opened(harness)
    harness.program.models.library.catalogue.download_named("qwen3")
    others = panel(harness)
    await harness.until(lambda: is_shown(others, "repairDownload"))
    assert "is damaged" in text_of(others, "pullFailure")
    assert "sha256-6e9f-partial-0" in text_of(others, "pullFailure")
    fake_model.pulls["qwen3:latest"] = ScriptedPull()
    button(others, "repairDownload").click()
    await harness.until(lambda: button(others, "chatWithModel").isVisible())
    assert [part for part in parts if part.exists()] == []
    assert not button(others, "repairDownload").isVisible()


async def test_a_damaged_part_of_a_listed_size_is_removed_where_the_size_is_listed(
    harness: Harness, fake_model: FakeModel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ollama_folder, "models_folder", lambda: tmp_path)
    part = tmp_path / "blobs" / "sha256-6e9f-partial-0"
    part.parent.mkdir()
    part.touch()
    fake_model.pulls["deepseek-r1:8b"] = ScriptedPull(error="EOF")
    await opened(harness)
    await get_with_ollama(harness, "deepseek-r1:8b")
    eight = pull_row(harness, "deepseek-r1:8b")
    await harness.until(lambda: "is damaged" in text_of(eight, "pullFailure"))
    assert button(eight, "repairDownload").isVisible()
    assert not button(eight, "getModel").isVisible()  # it would only fail again
    fake_model.pulls["deepseek-r1:8b"] = ScriptedPull()
    QTest.mouseClick(button(eight, "repairDownload"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: button(eight, "chatWithModel").isVisible())
    assert not part.exists()
    assert not button(eight, "repairDownload").isVisible()


async def test_a_download_goes_on_after_the_next_start(
    open_harness: Callable[[], Awaitable[Harness]], fake_model: FakeModel
) -> None:
    fake_model.pulls["qwen3:latest"] = ScriptedPull(asyncio.Event())
    harness = await open_harness()
    await harness.until(lambda: harness.program.servers.models.was_asked)
    harness.program.models.library.catalogue.download_named("qwen3")
    await harness.until(lambda: harness.window.windowTitle().startswith("50% · "))
    await harness.close()
    gate = asyncio.Event()
    fake_model.pulls["qwen3:latest"] = ScriptedPull(gate)
    again = await open_harness()
    await again.until(lambda: "Downloads resumed" in again.toast())
    await again.until(lambda: again.window.windowTitle().startswith("50% · "))
    gate.set()
    await again.until(lambda: "qwen3 is ready." in again.toast())
    assert again.toast()[-1] == "Chat with it"
    again.click_toast()
    await again.until(lambda: again.models.chosen and again.models.chosen.ref.model_id == "qwen3:latest")


async def test_a_download_that_ends_while_settings_are_shown_is_reported(
    harness: Harness, fake_model: FakeModel
) -> None:
    gate = asyncio.Event()
    fake_model.pulls["deepseek-r1:1.5b"] = ScriptedPull(gate)
    await opened(harness)
    await get_with_ollama(harness, "deepseek-r1:1.5b")
    pulls = harness.program.models.library.downloads
    await harness.until(lambda: any(pull.state is PullState.RUNNING for pull in pulls.all()))
    harness.window.show_settings()
    gate.set()
    await harness.until(lambda: "deepseek-r1:1.5b is ready." in harness.toast())
