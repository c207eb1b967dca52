"""Choosing in the window whether and how much a model thinks: what is sent, what is remembered, what is reported."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu

from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.settings.declarations import REASONING_TAGS
from tests.fakes.scripted_models import ScriptedModel, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.palette.test_palette import listed, type_words

THINKS = ("completion", "thinking")
MODELS = (
    ScriptedModel("scripted:1b"),
    ScriptedModel("thinker:8b", THINKS),
    ScriptedModel("gpt-oss:20b", THINKS),
    ScriptedModel("qwq:32b", THINKS),
)
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
async def fake_model(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeModel]:
    fake_model = FakeModel()
    async with scripted_ollama(fake_model.answer, MODELS) as fake_model.server:
        monkeypatch.setenv("OLLAMA_HOST", fake_model.server.url)
        yield fake_model


def chip(harness: Harness) -> str:
    """What the pill says; nothing where there is none. A star says that it is lit."""
    button = harness.part("think")
    assert isinstance(button, QAbstractButton)
    return (button.text() + "*" * button.isChecked()) if button.isVisible() else ""


def ask_model(harness: Harness, name: str) -> None:
    """Choose a model as the palette does: without a window of its own, which would be the active one for a while."""
    model = next(model for model in harness.program.servers.models.all() if model.name.startswith(name))
    harness.window._choose_model(model.ref)


def choose_in_menu(harness: Harness, downs: int) -> None:
    harness.click("think")
    go_down(harness, downs)


def go_down(harness: Harness, downs: int) -> None:
    (menu,) = [menu for menu in harness.window.findChildren(QMenu, "thinkMenu") if menu.isVisible()]
    for _ in range(downs):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


async def test_each_model_offers_what_it_can(harness: Harness) -> None:
    assert chip(harness) == ""
    for model, says in (
        ("thinker", "Reasoning*"),
        ("gpt-oss", "Reasoning: Automatic"),
        ("qwq", "Always reasons"),
        ("scripted", ""),
    ):
        ask_model(harness, model)
        assert chip(harness) == says


async def test_an_effort_is_chosen_by_keys_and_sent(harness: Harness, fake_model: FakeModel) -> None:
    ask_model(harness, "gpt-oss")
    await harness.ask_and_wait("one")
    harness.press(Qt.Key.Key_K, _BOTH)
    go_down(harness, 3)
    assert chip(harness) == "Reasoning: High*"
    await harness.ask_and_wait("two")
    assert [body.get("think") for body in fake_model.asked] == [None, "high"]


async def test_a_click_on_the_switch_leaves_the_keyboard_with_the_message(harness: Harness) -> None:
    ask_model(harness, "thinker")
    harness.edit.setFocus()
    harness.click("think")
    assert chip(harness) == "Reasoning"
    assert harness.edit.hasFocus()


async def test_the_switch_has_the_same_key(harness: Harness, fake_model: FakeModel) -> None:
    ask_model(harness, "thinker")
    harness.press(Qt.Key.Key_K, _BOTH)
    assert chip(harness) == "Reasoning"
    await harness.ask_and_wait("one")
    assert fake_model.asked[0]["think"] is False


async def test_the_palette_offers_what_the_model_can(harness: Harness, fake_model: FakeModel) -> None:
    type_words(harness, ">reasoning: ")
    assert [text for text in listed(harness) if text.startswith("Reasoning: ")] == []
    harness.press(Qt.Key.Key_Escape, where=harness.part("paletteField"))
    ask_model(harness, "gpt-oss")
    field = type_words(harness, ">reasoning: me")
    assert [text for text in listed(harness) if text.startswith("Reasoning: ")] == ["Reasoning: Medium"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chip(harness) == "Reasoning: Medium*"
    await harness.ask_and_wait("one")
    assert fake_model.asked[0]["think"] == "medium"


async def test_a_chat_keeps_its_own_choice_and_a_new_one_begins_with_the_model_s_last(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    ask_model(harness, "gpt-oss")
    choose_in_menu(harness, 3)
    await harness.ask_and_wait("high")
    first = harness.chat()
    harness.click("newChat")
    assert chip(harness) == "Reasoning: High*"
    choose_in_menu(harness, 2)  # from High over the end
    assert chip(harness) == "Reasoning: Low*"
    await harness.ask_and_wait("low")
    second = harness.chat()
    harness.window.navigation.open(first)
    await harness.until(lambda: harness.chat() == first)
    assert chip(harness) == "Reasoning: High*"
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.chat() == first and chip(again) == "Reasoning: High*")
    again.window.navigation.open(second)
    await again.until(lambda: again.chat() == second and chip(again) == "Reasoning: Low*")


async def test_another_model_in_the_chat_is_asked_what_comes_closest(harness: Harness, fake_model: FakeModel) -> None:
    ask_model(harness, "gpt-oss")
    choose_in_menu(harness, 3)
    await harness.ask_and_wait("one")
    ask_model(harness, "thinker")
    assert chip(harness) == "Reasoning*"
    await harness.ask_and_wait("two")
    ask_model(harness, "scripted")
    await harness.ask_and_wait("three")
    ask_model(harness, "gpt-oss")
    assert chip(harness) == "Reasoning: High*"
    assert [body.get("think") for body in fake_model.asked] == ["high", True, None]


async def test_what_a_server_does_not_take_is_asked_without_and_reported_once(
    harness: Harness, fake_model: FakeModel
) -> None:
    refusal = reply({"error": '"gpt-oss:20b" does not support thinking'}, 400)
    ask_model(harness, "gpt-oss")
    choose_in_menu(harness, 3)
    fake_model.says(refusal=refusal)
    await harness.ask_and_wait("one")
    assert harness.answer() == "Yes."
    assert harness.toast()[0] == "The server does not accept a reasoning setting for this model, so none was sent"
    assert [body.get("think") for body in fake_model.asked] == ["high", None]
    await harness.ask_and_wait("two")
    assert [body.get("think") for body in fake_model.asked] == ["high", None, None]


async def test_a_level_a_server_does_not_know_is_reported_with_the_one_that_was_asked(
    harness: Harness, fake_model: FakeModel
) -> None:
    refusal = reply({"error": 'invalid think value: "high" (must be "medium", "low", true, or false)'}, 400)
    ask_model(harness, "gpt-oss")
    choose_in_menu(harness, 3)
    fake_model.says(refusal=refusal)
    await harness.ask_and_wait("one")
    assert harness.toast()[0] == "The server does not support the reasoning setting “High”, so “Medium” was sent"
    assert [body.get("think") for body in fake_model.asked] == ["high", "medium"]


async def test_tags_of_one_s_own_become_the_strip_and_tags_nobody_named_stay_text(
    harness: Harness, fake_model: FakeModel
) -> None:
    said = ("<mus", "ing>First think.</musi", "ng>\n\nYes.")

    async def thought(question: str) -> str:
        fake_model.says(*said)
        await harness.ask_and_wait(question)
        path, _ = await harness.program.chat.chat.path(harness.chat())
        return path[-1].reasoning.text if path[-1].reasoning else ""

    assert await thought("one") == ""
    assert "<musing>" in harness.answer()
    harness.program.settings.set(REASONING_TAGS, '[["scripted:*", "<musing>", "</musing>"]]')
    assert await thought("two") == "First think."
    assert harness.answer() == "Yes."
    assert harness.control(Verb.FOLD_REASONING) is not None
    ask_model(harness, "thinker")
    assert await thought("three") == ""


async def test_a_question_thinks_as_its_own_chat_does_whatever_is_shown_by_then(
    harness: Harness, fake_model: FakeModel
) -> None:
    ask_model(harness, "gpt-oss")
    await harness.ask_and_wait("one")
    harness.press(Qt.Key.Key_K, _BOTH)
    go_down(harness, 3)
    first = harness.chat()
    harness.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    ask_model(harness, "gpt-oss")
    await harness.ask_and_wait("other")
    other = harness.chat()
    await harness.program.chat.conversations.set_thinking(other, Thinking.LOW)
    await harness.chat_presenter.open(first)
    harness.ask("two")
    await harness.chat_presenter.open(other)
    await harness.until(lambda: len(fake_model.asked) == 3)
    assert fake_model.asked[-1]["think"] == "high"
