"""A chat that waits for a model from a hub: its progress in the sidebar, the offer when it is ready, and what follows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.composer.ready_model import ReadyStrip
from chatdesk.features.conversations.ui.sidebar.sidebar import SidebarButton
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullState
from tests.fakes.scripted_hub import ScriptedHub
from tests.gui.window.get_more_steps import button, text_of
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.hub_steps import CONTENT, FILE, NAME, REF, WREN, begin, finish, pulls, scripted_hub, use


@pytest.fixture
async def hub() -> AsyncIterator[ScriptedHub]:
    async with scripted_hub().opened() as hub:
        yield hub


@pytest.fixture
async def desk(harness: Harness, hub: ScriptedHub) -> Harness:
    await use(harness, hub)
    return harness


def models_row(harness: Harness) -> SidebarButton:
    row = harness.window.findChild(SidebarButton, "modelsPage")
    assert row is not None
    return row


def chosen(harness: Harness) -> ModelRef | None:
    model = harness.models.chosen
    return model.ref if model else None


def is_offered(harness: Harness) -> bool:
    """Whether the model is offered in the chat shown."""
    strip = harness.window.findChild(ReadyStrip)
    return strip is not None and strip.isVisible()


async def ask(harness: Harness, question: str) -> None:
    harness.type(question)
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: harness.answer() and not harness.streaming())


async def test_the_sidebar_shows_how_far_it_is_and_leads_to_it(desk: Harness, hub: ScriptedHub) -> None:
    low = models_row(desk).height()
    await begin(desk, hub)
    await desk.until(lambda: desk.window.windowTitle().startswith("32% · "))
    await desk.until(lambda: models_row(desk).height() == 2 * low)
    assert models_row(desk).accessibleDescription() == "32%, Wren 7B"
    QTest.mouseClick(models_row(desk), Qt.MouseButton.LeftButton)
    await desk.until(lambda: text_of(desk.window, "pullName") == "Wren 7B")
    await desk.until(lambda: models_row(desk).height() == low)  # the page shows the rest
    assert models_row(desk).accessibleDescription() == "Shown, 32%, Wren 7B"
    desk.router.show_chats()
    await desk.until(lambda: models_row(desk).height() == 2 * low)
    pulls(desk).pause(REF)
    await desk.until(lambda: models_row(desk).height() == low)
    assert models_row(desk).accessibleDescription() == ""
    pulls(desk).resume(REF)
    finish(hub)
    await desk.until(lambda: (pull := pulls(desk).find(REF)) and pull.is_done)
    await desk.until(lambda: models_row(desk).accessibleDescription() == "")


async def test_a_failed_one_leaves_a_mark_until_it_is_gone(desk: Harness, hub: ScriptedHub) -> None:
    hub.trouble.wrong_bytes = True
    pulls(desk).get(WREN)
    await desk.until(lambda: models_row(desk).accessibleDescription() == "failed")
    await desk.until(lambda: "The file is not what its publisher listed. Deleted." in desk.toast())
    pulls(desk).cancel(REF)
    await desk.until(lambda: models_row(desk).accessibleDescription() == "")


async def test_the_chat_that_waits_is_offered_the_model_and_uses_it(
    desk: Harness, hub: ScriptedHub, fake_model: FakeModel
) -> None:
    fake_model.says("Hello.")
    await ask(desk, "Hi")
    before = chosen(desk)
    await begin(desk, hub)
    finish(hub)
    await desk.until(lambda: is_offered(desk))
    assert button(desk.window, "useReadyModel").text() == "Use it here"
    assert chosen(desk) == before
    assert desk.toast() == []
    desk.click("useReadyModel")
    await desk.until(lambda: chosen(desk) == REF)
    assert not is_offered(desk)
    assert desk.edit.hasFocus()


async def test_the_last_question_is_answered_again_beside_the_old_answer(
    desk: Harness, hub: ScriptedHub, fake_model: FakeModel
) -> None:
    fake_model.says("Hello.")
    await ask(desk, "Hi")
    before = chosen(desk)
    await begin(desk, hub)
    finish(hub)
    await desk.until(lambda: is_offered(desk))
    desk.click("answerAgain")
    await desk.until(lambda: desk.transcript.last_message.model == REF)
    await desk.until(lambda: not desk.streaming())
    _path, versions = await desk.program.chat.chat.path(desk.chat())
    assert versions[desk.transcript.last_message.id][1] == 2
    assert chosen(desk) == before
    assert is_offered(desk)
    assert not desk.part("answerAgain").isVisible()
    desk.click("dismissReadyModel")
    await desk.until(lambda: not is_offered(desk))


async def test_a_new_chat_waits_too_and_takes_the_offer_along_when_it_begins(
    desk: Harness, hub: ScriptedHub, fake_model: FakeModel
) -> None:
    await begin(desk, hub)
    fake_model.says("Hello.")
    await ask(desk, "Hi")
    assert pulls(desk).find(REF).conversation_id == desk.chat()
    finish(hub)
    await desk.until(lambda: is_offered(desk))


async def test_elsewhere_a_toast_says_it_and_the_chat_offers_it_later(
    desk: Harness, hub: ScriptedHub, fake_model: FakeModel
) -> None:
    fake_model.says("Hello.")
    await ask(desk, "Hi")
    chat = desk.chat()
    await begin(desk, hub)
    desk.window.navigation.new_chat()
    finish(hub)
    await desk.until(lambda: desk.toast()[:1] == ["Wren 7B is ready."])
    assert not is_offered(desk)
    desk.window.navigation.open(chat)
    await desk.until(lambda: is_offered(desk))


async def test_a_cancelled_download_can_be_taken_back(desk: Harness, hub: ScriptedHub) -> None:
    await begin(desk, hub)
    pulls(desk).cancel(REF)
    await desk.until(lambda: "Download of Wren 7B cancelled." in desk.toast())
    assert desk.toast()[-1] == "Undo"
    finish(hub)
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await desk.until(lambda: (pull := pulls(desk).find(REF)) and pull.state is PullState.DONE)
    assert hub.storage.requests[-1].headers["range"] != "bytes=0-"


async def test_it_goes_on_after_a_restart_and_is_offered_in_the_chat_that_waited(
    open_harness: Callable[[], Awaitable[Harness]], fake_model: FakeModel, hub: ScriptedHub
) -> None:
    first = await open_harness()
    await use(first, hub)
    fake_model.says("Hello.")
    await ask(first, "Hi")
    await begin(first, hub)
    await first.close()
    finish(hub)
    again = await open_harness()
    await again.until(lambda: is_offered(again))
    assert hub.storage.requests[-1].headers["range"] == "bytes=65536-"


async def test_the_model_lies_in_the_folder_of_models_and_is_known_at_once(desk: Harness, hub: ScriptedHub) -> None:
    pulls(desk).get(WREN)
    await desk.until(lambda: desk.program.servers.models.find(REF))
    path = desk.program.servers.built_in.files.folder / NAME / FILE
    assert path.read_bytes() == CONTENT


async def test_quarters_and_the_end_are_announced(
    desk: Harness, hub: ScriptedHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(desk.window._toasts, "announce", said.append)
    await begin(desk, hub)  # 32 %
    pull = pulls(desk).find(REF)
    assert pull
    for share in (0.4, 0.5, 0.6, 0.9):
        pulls(desk)._change(REF, progress=replace(pull.progress, completed=round(len(CONTENT) * share)))
    finish(hub)
    await desk.until(lambda: "Wren 7B is ready." in said)
    assert said == [
        "Wren 7B: 25% downloaded",
        "Wren 7B: 50% downloaded",
        "Wren 7B: 75% downloaded",
        "Wren 7B is ready.",
    ]
