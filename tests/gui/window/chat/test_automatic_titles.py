"""Titles of chats: written by the model after the first answer, never in place of what the user chose."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from chatdesk.features.chat.services import chat_titles
from chatdesk.kernel.chat.conversation import TitleOrigin
from chatdesk.kernel.settings.declarations import TITLES, TITLES_ONLINE
from chatdesk.ui_kit.forms.notice import Notice
from tests.fakes.scripted_models import ScriptedAnswer, ScriptedModel
from tests.gui.window.harness import FakeModel, Harness

QUESTION = "Explain how compound interest works when it is added monthly"
TITLE = "Monthly compound interest"


@pytest.fixture
def titles() -> str:
    return TITLES.default


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the server of the tests count as one on the Internet."""
    monkeypatch.setattr(chat_titles, "is_local", lambda _host: False)


def origin(harness: Harness) -> TitleOrigin:
    return harness.program.chat.conversations.get(harness.chat()).title_origin


def permission(harness: Harness) -> Notice | None:
    found = harness.window.findChild(Notice, "titlePermission")
    return found if found and found.isVisible() else None


def press(strip: Notice, text: str) -> None:
    button = next(each for each in strip.findChildren(QAbstractButton) if each.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def rename(harness: Harness, title: str) -> None:
    harness.press(Qt.Key.Key_F2)
    field = harness.part("titleField")
    field.selectAll()
    QTest.keyClicks(field, title)
    QTest.keyClick(field, Qt.Key.Key_Return)


async def test_the_model_names_a_chat_after_its_first_answer(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.titles.append(ScriptedAnswer((f'"{TITLE}"',)))
    fake_model.says("x" * 2_000)
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: harness.title() == TITLE)
    await harness.until(lambda: TITLE in harness.listed())
    assert harness.window.windowTitle() == TITLE
    (body,) = fake_model.asked_for_titles
    (message,) = body["messages"]
    assert message["content"].count("x") == 500 + chat_titles.TASK.count("x") + QUESTION.count("x")
    assert QUESTION in message["content"]
    assert body["options"]["num_predict"] == 24
    assert body["model"] == "scripted:1b"


async def test_a_model_is_not_loaded_again_for_a_title(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.titles.append(ScriptedAnswer((TITLE,)))
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: harness.title() == TITLE)
    (question,), (title,) = fake_model.asked, fake_model.asked_for_titles
    assert title["options"]["num_ctx"] == question["options"]["num_ctx"]
    assert title.get("keep_alive") == question.get("keep_alive")


async def test_a_model_that_can_think_is_asked_not_to(harness: Harness, fake_model: FakeModel) -> None:
    harness.choose_model("thinker")
    fake_model.titles.append(ScriptedAnswer((TITLE,)))
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: harness.title() == TITLE)
    assert fake_model.asked_for_titles[0]["think"] is False


class TestModelsThatAlwaysThink:
    @pytest.fixture
    def models(self) -> tuple[ScriptedModel, ...]:
        return (ScriptedModel("gpt-oss:20b", ("completion", "thinking")),)

    async def test_they_are_not_asked(self, harness: Harness, fake_model: FakeModel) -> None:
        await harness.ask_and_wait("Why is the sky blue?")
        titles = harness.program.chat.titles.created
        assert titles
        assert not titles._running
        assert (harness.title(), fake_model.asked_for_titles) == ("Why is the sky blue?", [])


async def test_a_second_answer_asks_for_no_other_title(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.titles.append(ScriptedAnswer((TITLE,)))
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: harness.title() == TITLE)
    await harness.ask_and_wait("And yearly?")
    assert len(fake_model.asked_for_titles) == 1


async def test_a_new_question_cancels_the_title_and_the_next_answer_asks_again(
    harness: Harness, fake_model: FakeModel
) -> None:
    never = asyncio.Event()
    fake_model.titles += [ScriptedAnswer((never, "Too late")), ScriptedAnswer((TITLE,))]
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: fake_model.asked_for_titles)
    before = harness.title()
    end = asyncio.Event()
    fake_model.says(end, "Done.")
    harness.ask("And yearly?")
    await harness.until(lambda: len(fake_model.asked) == 2)
    await harness.until(lambda: fake_model.server and fake_model.server.disconnects)
    never.set()
    assert harness.title() == before
    end.set()
    await harness.until(lambda: harness.title() == TITLE)
    assert "<question>\n" + QUESTION in fake_model.asked_for_titles[1]["messages"][0]["content"]


async def test_a_title_given_by_the_user_meanwhile_stays(harness: Harness, fake_model: FakeModel) -> None:
    arrived = asyncio.Event()
    fake_model.titles.append(ScriptedAnswer((arrived, TITLE)))
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: fake_model.asked_for_titles)
    await rename(harness, "My own title")
    await harness.until(lambda: harness.title() == "My own title")
    await harness.until(lambda: fake_model.server and fake_model.server.disconnects)
    arrived.set()
    await harness.ask_and_wait("And yearly?")
    assert (harness.title(), origin(harness)) == ("My own title", TitleOrigin.USER)
    assert len(fake_model.asked_for_titles) == 1


async def test_a_title_given_by_the_user_stays_after_a_restart(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    harness.program.settings.set(TITLES, "words")
    await harness.ask_and_wait(QUESTION)
    await rename(harness, "My own title")
    await harness.until(lambda: harness.title() == "My own title")
    harness.program.settings.set(TITLES, "model")
    await harness.close()
    again = await open_harness()
    await again.until(again.messages)
    await again.ask_and_wait("And yearly?")
    assert again.title() == "My own title"
    assert fake_model.asked_for_titles == []


async def test_undoing_a_new_name_brings_back_an_automatic_title(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.titles.append(ScriptedAnswer((TITLE,)))
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: harness.title() == TITLE)
    await rename(harness, "My own title")
    await harness.until(lambda: harness.title() == "My own title")
    harness.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, harness.part("conversationList"))
    await harness.until(lambda: harness.title() == TITLE)
    assert origin(harness) is TitleOrigin.MODEL


async def test_first_words_are_used_on_request(harness: Harness, fake_model: FakeModel) -> None:
    harness.program.settings.set(TITLES, "words")
    await harness.ask_and_wait("Why is the sky blue? Please explain.")
    assert harness.title() == "Why is the sky blue?"
    assert fake_model.asked_for_titles == []


async def test_without_automatic_titles_a_chat_stays_untitled(harness: Harness, fake_model: FakeModel) -> None:
    harness.program.settings.set(TITLES, "off")
    await harness.ask_and_wait(QUESTION)
    assert harness.title() == "New chat"
    assert fake_model.asked_for_titles == []


@pytest.mark.parametrize("reply", [ScriptedAnswer(error="no memory"), ScriptedAnswer(("",)), ScriptedAnswer(cut=True)])
async def test_the_first_words_stay_if_no_title_comes(
    harness: Harness, fake_model: FakeModel, reply: ScriptedAnswer
) -> None:
    fake_model.titles.append(reply)
    await harness.ask_and_wait("Why is the sky blue?")
    await harness.until(lambda: fake_model.asked_for_titles)
    titles = harness.program.chat.titles.created
    await harness.until(lambda: titles and not titles._running)
    assert harness.title() == "Why is the sky blue?"
    assert harness.toast() == []


async def test_a_failed_answer_gives_no_title(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says(error="broken")
    await harness.ask_and_wait("Why is the sky blue?")
    assert harness.title() == "Why is the sky blue?"
    assert fake_model.asked_for_titles == []


@pytest.mark.usefixtures("online")
async def test_an_online_provider_is_asked_for_titles_once_the_user_allows_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.titles += [ScriptedAnswer((TITLE,)), ScriptedAnswer(("Another title",))]
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: permission(harness))
    strip = permission(harness)
    assert strip
    assert "Ollama" in strip.text()
    assert fake_model.asked_for_titles == []
    press(strip, "Allow")
    await harness.until(lambda: harness.title() == TITLE)
    assert permission(harness) is None
    harness.window.navigation.new_chat()
    await harness.ask_and_wait("Something else")
    await harness.until(lambda: harness.title() == "Another title")
    assert permission(harness) is None


@pytest.mark.usefixtures("online")
async def test_first_words_are_used_for_an_online_provider_if_the_user_prefers_them(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: permission(harness))
    strip = permission(harness)
    assert strip
    press(strip, "Use first words")
    await harness.until(lambda: not permission(harness))
    assert harness.program.settings.get(TITLES_ONLINE) == "never"
    harness.window.navigation.new_chat()
    await harness.ask_and_wait("Something else")
    assert permission(harness) is None
    assert fake_model.asked_for_titles == []


@pytest.mark.usefixtures("online")
async def test_the_permission_is_asked_for_in_its_chat_only_and_goes_with_the_next_question(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait(QUESTION)
    await harness.until(lambda: permission(harness))
    first = harness.chat()
    harness.window.navigation.new_chat()
    assert permission(harness) is None
    harness.window.navigation.open(first)
    await harness.until(lambda: permission(harness))
    await harness.ask_and_wait("And yearly?")
    assert permission(harness) is None
    assert fake_model.asked_for_titles == []
