"""Choosing in the window whether and how much a model thinks: what is sent, what is remembered, what is told."""

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
from tests.gui.window.desk import Desk, Speaker
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
async def speaker(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Speaker]:
    speaker = Speaker()
    async with scripted_ollama(speaker.answer, MODELS) as speaker.server:
        monkeypatch.setenv("OLLAMA_HOST", speaker.server.url)
        yield speaker


def chip(desk: Desk) -> str:
    """What the pill says; nothing where there is none. A star says that it is lit."""
    button = desk.part("think")
    assert isinstance(button, QAbstractButton)
    return (button.text() + "*" * button.isChecked()) if button.isVisible() else ""


def ask_model(desk: Desk, name: str) -> None:
    """Choose a model as the palette does: without a window of its own, which would be the active one for a while."""
    model = next(model for model in desk.program.models.all() if model.name.startswith(name))
    desk.window._choose_model(model.ref)


def choose_in_menu(desk: Desk, downs: int) -> None:
    desk.click("think")
    go_down(desk, downs)


def go_down(desk: Desk, downs: int) -> None:
    (menu,) = [menu for menu in desk.window.findChildren(QMenu, "thinkMenu") if menu.isVisible()]
    for _ in range(downs):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


async def test_each_model_offers_what_it_can(desk: Desk) -> None:
    assert chip(desk) == ""
    for model, says in (
        ("thinker", "Reasoning*"),
        ("gpt-oss", "Reasoning: Automatic"),
        ("qwq", "Always reasons"),
        ("scripted", ""),
    ):
        ask_model(desk, model)
        assert chip(desk) == says


async def test_an_effort_is_chosen_by_keys_and_sent(desk: Desk, speaker: Speaker) -> None:
    ask_model(desk, "gpt-oss")
    await desk.ask_and_wait("one")
    desk.press(Qt.Key.Key_K, _BOTH)
    go_down(desk, 3)
    assert chip(desk) == "Reasoning: High*"
    await desk.ask_and_wait("two")
    assert [body.get("think") for body in speaker.asked] == [None, "high"]


async def test_a_click_on_the_switch_leaves_the_keyboard_with_the_message(desk: Desk) -> None:
    ask_model(desk, "thinker")
    desk.edit.setFocus()
    desk.click("think")
    assert chip(desk) == "Reasoning"
    assert desk.edit.hasFocus()


async def test_the_switch_has_the_same_key(desk: Desk, speaker: Speaker) -> None:
    ask_model(desk, "thinker")
    desk.press(Qt.Key.Key_K, _BOTH)
    assert chip(desk) == "Reasoning"
    await desk.ask_and_wait("one")
    assert speaker.asked[0]["think"] is False


async def test_the_palette_offers_what_the_model_can(desk: Desk, speaker: Speaker) -> None:
    type_words(desk, ">reasoning: ")
    assert [words for words in listed(desk) if words.startswith("Reasoning: ")] == []
    desk.press(Qt.Key.Key_Escape, where=desk.part("paletteField"))
    ask_model(desk, "gpt-oss")
    field = type_words(desk, ">reasoning: me")
    assert [words for words in listed(desk) if words.startswith("Reasoning: ")] == ["Reasoning: Medium"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chip(desk) == "Reasoning: Medium*"
    await desk.ask_and_wait("one")
    assert speaker.asked[0]["think"] == "medium"


async def test_a_chat_keeps_its_own_choice_and_a_new_one_begins_with_the_model_s_last(
    desk: Desk, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    ask_model(desk, "gpt-oss")
    choose_in_menu(desk, 3)
    await desk.ask_and_wait("high")
    first = desk.chat()
    desk.click("newChat")
    assert chip(desk) == "Reasoning: High*"
    choose_in_menu(desk, 2)  # from High over the end
    assert chip(desk) == "Reasoning: Low*"
    await desk.ask_and_wait("low")
    second = desk.chat()
    desk.window.navigation.open(first)
    await desk.until(lambda: desk.chat() == first)
    assert chip(desk) == "Reasoning: High*"
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.chat() == first and chip(again) == "Reasoning: High*")
    again.window.navigation.open(second)
    await again.until(lambda: again.chat() == second and chip(again) == "Reasoning: Low*")


async def test_another_model_in_the_chat_is_asked_what_comes_closest(desk: Desk, speaker: Speaker) -> None:
    ask_model(desk, "gpt-oss")
    choose_in_menu(desk, 3)
    await desk.ask_and_wait("one")
    ask_model(desk, "thinker")
    assert chip(desk) == "Reasoning*"
    await desk.ask_and_wait("two")
    ask_model(desk, "scripted")
    await desk.ask_and_wait("three")
    ask_model(desk, "gpt-oss")
    assert chip(desk) == "Reasoning: High*"
    assert [body.get("think") for body in speaker.asked] == ["high", True, None]


async def test_what_a_server_does_not_take_is_asked_without_and_told_once(desk: Desk, speaker: Speaker) -> None:
    refusal = reply({"error": '"gpt-oss:20b" does not support thinking'}, 400)
    ask_model(desk, "gpt-oss")
    choose_in_menu(desk, 3)
    speaker.says(refusal=refusal)
    await desk.ask_and_wait("one")
    assert desk.answer() == "Yes."
    assert desk.toast()[0] == "The server does not accept a reasoning setting for this model, so none was sent"
    assert [body.get("think") for body in speaker.asked] == ["high", None]
    await desk.ask_and_wait("two")
    assert [body.get("think") for body in speaker.asked] == ["high", None, None]


async def test_a_level_a_server_does_not_know_is_told_with_the_one_that_was_asked(desk: Desk, speaker: Speaker) -> None:
    refusal = reply({"error": 'invalid think value: "high" (must be "medium", "low", true, or false)'}, 400)
    ask_model(desk, "gpt-oss")
    choose_in_menu(desk, 3)
    speaker.says(refusal=refusal)
    await desk.ask_and_wait("one")
    assert desk.toast()[0] == "The server does not support the reasoning setting “High”, so “Medium” was sent"
    assert [body.get("think") for body in speaker.asked] == ["high", "medium"]


async def test_tags_of_one_s_own_become_the_strip_and_tags_nobody_named_stay_text(desk: Desk, speaker: Speaker) -> None:
    said = ("<mus", "ing>First think.</musi", "ng>\n\nYes.")

    async def thought(question: str) -> str:
        speaker.says(*said)
        await desk.ask_and_wait(question)
        path, _ = await desk.program.chat.path(desk.chat())
        return path[-1].reasoning.text if path[-1].reasoning else ""

    assert await thought("one") == ""
    assert "<musing>" in desk.answer()
    desk.program.settings.set(REASONING_TAGS, '[["scripted:*", "<musing>", "</musing>"]]')
    assert await thought("two") == "First think."
    assert desk.answer() == "Yes."
    assert desk.control(Verb.FOLD_REASONING) is not None
    ask_model(desk, "thinker")
    assert await thought("three") == ""


async def test_a_question_thinks_as_its_own_chat_does_whatever_is_shown_by_then(desk: Desk, speaker: Speaker) -> None:
    ask_model(desk, "gpt-oss")
    await desk.ask_and_wait("one")
    desk.press(Qt.Key.Key_K, _BOTH)
    go_down(desk, 3)
    first = desk.chat()
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    ask_model(desk, "gpt-oss")
    await desk.ask_and_wait("other")
    other = desk.chat()
    await desk.program.conversations.set_thinking(other, Thinking.LOW)
    await desk.window._chat.open(first)
    desk.ask("two")
    await desk.window._chat.open(other)
    await desk.until(lambda: len(speaker.asked) == 3)
    assert speaker.asked[-1]["think"] == "high"
