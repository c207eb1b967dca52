"""What can be done with messages, through the whole window."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.kernel.chat.message import FinishReason, MessageState
from chatdesk.kernel.settings.declarations import EXPORT_REASONING
from chatdesk.rendering.export.plain_text import spans_text
from chatdesk.rendering.markdown.blocks import Heading, Quote
from chatdesk.rendering.markdown.markdown import parse
from tests.gui.window.export_steps import check, click_on, opened_sheet, save_in
from tests.gui.window.harness import FakeModel, Harness


def do(harness: Harness, verb: Verb, index: int) -> None:
    """Choose something of a message's menu."""
    harness.transcript._commands.perform(index, Command(verb))


def menu_of(harness: Harness, index: int) -> QMenu:
    harness.transcript._menus.show_beside(index)
    (menu,) = [menu for menu in harness.transcript.viewport().findChildren(QMenu) if menu.isVisible()]
    return menu


def entry(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text().split("\t")[0] == text)


def choose(menu: QMenu, query: str) -> None:
    action = entry(menu, query)
    menu.close()
    action.trigger()


async def two_turns(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("First answer.")
    fake_model.says("Second answer.")
    await harness.ask_and_wait("First question")
    await harness.ask_and_wait("Second question")


async def test_a_deleted_question_takes_its_answer_and_undo_brings_both_back(
    harness: Harness, fake_model: FakeModel
) -> None:
    await two_turns(harness, fake_model)
    whole = harness.messages()
    choose(menu_of(harness, 0), "Delete")
    await harness.until(lambda: harness.messages() == ["Second question", "Second answer."])
    assert harness.toast() == ["2 message(s) deleted", "Ctrl+Z", "Undo"]  # no language is loaded here
    harness.click_toast()
    await harness.until(lambda: harness.messages() == whole)
    do(harness, Verb.DELETE, 1)
    await harness.until(lambda: harness.messages() == ["First question", "Second question", "Second answer."])
    assert harness.toast() == ["Message deleted", "Ctrl+Z", "Undo"]
    await harness.ask_and_wait("Third question")
    assert [turn["content"] for turn in fake_model.asked[-1]["messages"]] == [
        "First question\n\nSecond question",
        "Second answer.",
        "Third question",
    ]


@pytest.mark.parametrize("place", ["transcript", "composer"])
async def test_control_z_brings_a_deleted_message_back(harness: Harness, fake_model: FakeModel, place: str) -> None:
    await two_turns(harness, fake_model)
    whole = harness.messages()
    harness.transcript.setFocus()
    do(harness, Verb.DELETE, 3)
    await harness.until(lambda: len(harness.messages()) == 3)
    if place == "composer":
        harness.edit.setFocus()
    harness.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, where=harness.window.focusWidget())
    await harness.until(lambda: harness.messages() == whole)


async def test_a_chat_of_which_everything_is_deleted_can_be_brought_back(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Only question")
    do(harness, Verb.DELETE, 0)
    await harness.until(lambda: harness.chat_page.shows_start)
    harness.click_toast()
    await harness.until(lambda: harness.messages() == ["Only question", "Yes."])
    assert not harness.chat_page.shows_start


async def test_another_model_answers_once_from_the_menu_and_says_that_it_did(
    harness: Harness, fake_model: FakeModel
) -> None:
    await harness.ask_and_wait("Say something")
    fake_model.says("From the thinker.")
    menu = menu_of(harness, 1)
    submenu = entry(menu, "Regenerate with").menu()
    assert isinstance(submenu, QMenu)
    choose(submenu, "thinker:8b")
    menu.close()
    await harness.until(lambda: harness.answer() == "From the thinker." and not harness.streaming())
    assert fake_model.asked[-1]["model"] == "thinker:8b"
    assert "thinker:8b" in harness.transcript.document[1].actions.statistics(736)
    harness.click_control(Verb.PREVIOUS_SIBLING)
    await harness.until(lambda: harness.answer() == "Yes.")
    assert "scripted:1b" in harness.transcript.document[1].actions.statistics(736)
    assert harness.models.chosen.name == "scripted:1b"


async def test_versions_are_changed_by_keyboard_and_keep_what_is_below(harness: Harness, fake_model: FakeModel) -> None:
    await two_turns(harness, fake_model)
    fake_model.says("Other answer.")
    do(harness, Verb.REGENERATE, 1)
    await harness.until(lambda: harness.messages() == ["First question", "Other answer."] and not harness.streaming())
    transcript = harness.transcript
    transcript.setFocus(Qt.FocusReason.OtherFocusReason)
    transcript._focus.set_message(1)
    commands = [control.command.verb for control in transcript.controls_of(1) if control.enabled]
    for _ in range(commands.index(Verb.PREVIOUS_SIBLING) + 1):
        QTest.keyClick(transcript, Qt.Key.Key_Right)
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    await harness.until(
        lambda: harness.messages() == ["First question", "First answer.", "Second question", "Second answer."]
    )


async def test_an_answer_cut_off_by_its_length_goes_on_in_its_place(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("The first half, ", finish="length")
    await harness.ask_and_wait("Tell me")
    assert harness.notices()[0] == "The answer reached the maximum length."
    fake_model.says("and the second.")
    harness.click_control(Verb.CONTINUE)
    await harness.until(lambda: harness.answer() == "The first half, and the second." and not harness.streaming())
    assert len(harness.messages()) == 2
    path, _ = await harness.program.chat.chat.path(harness.chat())
    assert path[1].finish is FinishReason.STOP


async def test_a_message_is_quoted_behind_what_is_typed(harness: Harness, fake_model: FakeModel) -> None:
    fake_model.says("One line.\n\nAnd another.")
    await harness.ask_and_wait("Tell me")
    harness.type("Why this:")
    do(harness, Verb.QUOTE, 1)
    assert harness.edit.text() == "Why this:\n\n> One line.\n>\n> And another.\n\n"
    assert harness.edit.hasFocus()
    harness.type("I ask.")
    assert harness.edit.text().endswith("\n\nI ask.")


async def test_a_branch_is_a_chat_of_its_own_that_names_its_source(harness: Harness, fake_model: FakeModel) -> None:
    await two_turns(harness, fake_model)
    source = harness.chat()
    do(harness, Verb.BRANCH, 1)
    await harness.until(lambda: harness.chat() != source and harness.messages() == ["First question", "First answer."])
    assert harness.title() == "Branch of “First question”"
    assert "Branch of “First question”" in harness.listed()
    await harness.ask_and_wait("And now")
    harness.click_row("First question")
    await harness.until(lambda: len(harness.messages()) == 4 and harness.chat() == source)


async def test_everything_can_be_done_while_another_answer_streams_or_waits_for_it(
    harness: Harness, fake_model: FakeModel
) -> None:
    await two_turns(harness, fake_model)
    source, go_on = harness.chat(), asyncio.Event()
    fake_model.says("Third", go_on, " answer.")
    harness.ask("Third question")
    await harness.until(lambda: harness.answer() == "Third")
    do(harness, Verb.QUOTE, 1)
    assert harness.edit.text() == "> First answer.\n\n"
    do(harness, Verb.DELETE, 0)
    await harness.until(lambda: harness.messages()[0] == "Second question")
    assert harness.streaming()
    harness.click_toast()
    await harness.until(lambda: harness.messages()[0] == "First question")
    do(harness, Verb.BRANCH, 5)
    await harness.until(lambda: harness.chat() != source and harness.answer() == "Third")
    path, _ = await harness.program.chat.chat.path(harness.chat())
    assert path[-1].state is MessageState.STOPPED
    harness.click_row("First question")
    await harness.until(lambda: harness.chat() == source and len(harness.messages()) == 6)
    go_on.set()
    await harness.until(lambda: harness.answer() == "Third answer." and not harness.streaming())


async def test_deleting_the_answer_that_streams_ends_it(harness: Harness, fake_model: FakeModel) -> None:
    never = asyncio.Event()
    fake_model.says("Half", never)
    harness.ask("Question")
    await harness.until(lambda: harness.answer() == "Half")
    do(harness, Verb.DELETE, 1)
    await harness.until(lambda: harness.messages() == ["Question"] and not harness.streaming())
    harness.click_toast()
    await harness.until(lambda: harness.messages() == ["Question", "Half"])
    fake_model.says("Anew.")
    never.set()
    do(harness, Verb.DELETE, 1)
    await harness.until(lambda: harness.messages() == ["Question"])
    choose(menu_of(harness, 0), "Regenerate")
    await harness.until(lambda: harness.messages() == ["Question", "Anew."] and not harness.streaming())


async def test_a_chat_without_a_title_that_is_thrown_away_is_called_what_the_list_calls_it(harness: Harness) -> None:
    conversation = replace(await harness.program.chat.conversations.create(), head_id="gone")
    await harness.program.conversations.trash.trash_chats([conversation.id])
    harness.window._list.deleted.emit((conversation,), None)
    assert harness.toast() == ["Chat deleted", "New chat", "Ctrl+Z", "Undo"]


async def test_the_whole_chat_can_be_copied(harness: Harness, fake_model: FakeModel) -> None:
    await two_turns(harness, fake_model)
    do(harness, Verb.COPY_CHAT, 0)
    await harness.until(harness.toast)
    assert QGuiApplication.clipboard().text() == (
        "## You\n\nFirst question\n\n## scripted:1b\n\nFirst answer.\n\n"
        "## You\n\nSecond question\n\n## scripted:1b\n\nSecond answer.\n"
    )
    assert harness.toast() == ["Chat copied to the clipboard"]


async def test_the_whole_chat_is_copied_without_its_reasoning_if_a_person_wants_it_so(
    harness: Harness, fake_model: FakeModel
) -> None:
    harness.program.settings.set(EXPORT_REASONING, value=False)
    fake_model.says("So.", reasoning=("First think.",))
    await harness.ask_and_wait("Why?")
    QGuiApplication.clipboard().clear()
    harness.transcript.chat_copy_requested.emit()
    await harness.until(lambda: QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text() == "## You\n\nWhy?\n\n## scripted:1b\n\nSo.\n"


async def test_a_chat_is_saved_as_markdown_that_parses_back(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    fake_model.says("```python\nprint(1)", reasoning=("First **think**.\n\n- then answer",))
    await harness.ask_and_wait("Never close the fence")
    do(harness, Verb.SAVE_CHAT, 0)
    sheet = await opened_sheet(harness)
    click_on(sheet, "Markdown")
    check(sheet, "Reasoning", on=True)
    await save_in(harness, tmp_path / "chat.md")
    front, _, body = (tmp_path / "chat.md").read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    assert front.startswith('title: "Never close the fence"\ndate: 20')
    assert 'models: ["scripted:1b"]' in front
    blocks = parse(body)
    assert [spans_text(block.spans) for block in blocks if isinstance(block, Heading)] == ["You", "scripted:1b"]
    assert blocks[-1].text == "print(1)\n"
    assert any(isinstance(container, Quote) for block in blocks for container in block.containers)


async def test_what_is_done_to_a_chat_is_there_after_a_restart(
    harness: Harness, fake_model: FakeModel, open_harness: object
) -> None:
    await two_turns(harness, fake_model)
    fake_model.says("Other answer.")
    do(harness, Verb.REGENERATE, 3)
    await harness.until(lambda: harness.answer() == "Other answer." and not harness.streaming())
    do(harness, Verb.DELETE, 0)
    await harness.until(lambda: harness.messages() == ["Second question", "Other answer."])
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.messages() == ["Second question", "Other answer."])
    again.click_control(Verb.PREVIOUS_SIBLING)
    await again.until(lambda: again.answer() == "Second answer.")
