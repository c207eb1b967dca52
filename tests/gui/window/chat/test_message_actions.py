"""What can be done with messages, through the whole window."""

import asyncio
import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.kernel.chat.message import FinishReason, MessageState
from chatdesk.kernel.settings.declarations import EXPORT_REASONING
from chatdesk.rendering.export.plain_text import spans_text
from chatdesk.rendering.markdown.blocks import Heading, Quote
from chatdesk.rendering.markdown.markdown import parse
from tests.gui.window.desk import Desk, Speaker


def do(desk: Desk, verb: Verb, index: int) -> None:
    """Choose something of a message's menu."""
    desk.transcript._commands.perform(index, Command(verb))


def menu_of(desk: Desk, index: int) -> QMenu:
    desk.transcript._menus.show_beside(index)
    (menu,) = [menu for menu in desk.transcript.viewport().findChildren(QMenu) if menu.isVisible()]
    return menu


def entry(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text().split("\t")[0] == words)


def choose(menu: QMenu, words: str) -> None:
    action = entry(menu, words)
    menu.close()
    action.trigger()


async def two_turns(desk: Desk, speaker: Speaker) -> None:
    speaker.says("First answer.")
    speaker.says("Second answer.")
    await desk.ask_and_wait("First question")
    await desk.ask_and_wait("Second question")


async def test_a_deleted_question_takes_its_answer_and_undo_brings_both_back(desk: Desk, speaker: Speaker) -> None:
    await two_turns(desk, speaker)
    whole = desk.messages()
    choose(menu_of(desk, 0), "Delete")
    await desk.until(lambda: desk.messages() == ["Second question", "Second answer."])
    assert desk.toast() == ["2 message(s) deleted", "Undo"]  # no language is loaded here
    desk.click_toast()
    await desk.until(lambda: desk.messages() == whole)
    do(desk, Verb.DELETE, 1)
    await desk.until(lambda: desk.messages() == ["First question", "Second question", "Second answer."])
    assert desk.toast() == ["Message deleted", "Undo"]
    await desk.ask_and_wait("Third question")
    assert [turn["content"] for turn in speaker.asked[-1]["messages"]] == [
        "First question\n\nSecond question",
        "Second answer.",
        "Third question",
    ]


async def test_a_chat_of_which_everything_is_deleted_can_be_brought_back(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Only question")
    do(desk, Verb.DELETE, 0)
    await desk.until(lambda: desk.window._page.shows_start)
    desk.click_toast()
    await desk.until(lambda: desk.messages() == ["Only question", "Yes."])
    assert not desk.window._page.shows_start


async def test_another_model_answers_once_from_the_menu_and_says_that_it_did(desk: Desk, speaker: Speaker) -> None:
    await desk.ask_and_wait("Say something")
    speaker.says("From the thinker.")
    menu = menu_of(desk, 1)
    submenu = entry(menu, "Regenerate with").menu()
    assert isinstance(submenu, QMenu)
    choose(submenu, "thinker:8b")
    menu.close()
    await desk.until(lambda: desk.answer() == "From the thinker." and not desk.streaming())
    assert speaker.asked[-1]["model"] == "thinker:8b"
    assert "thinker:8b" in desk.transcript.document[1].actions.statistics(736)
    desk.click_control(Verb.PREVIOUS_SIBLING)
    await desk.until(lambda: desk.answer() == "Yes.")
    assert "scripted:1b" in desk.transcript.document[1].actions.statistics(736)
    assert desk.window._models.chosen.name == "scripted:1b"


async def test_versions_are_changed_by_keyboard_and_keep_what_is_below(desk: Desk, speaker: Speaker) -> None:
    await two_turns(desk, speaker)
    speaker.says("Other answer.")
    do(desk, Verb.REGENERATE, 1)
    await desk.until(lambda: desk.messages() == ["First question", "Other answer."] and not desk.streaming())
    transcript = desk.transcript
    transcript.setFocus(Qt.FocusReason.OtherFocusReason)
    transcript._focus.set_message(1)
    commands = [control.command.verb for control in transcript.controls_of(1) if control.enabled]
    for _ in range(commands.index(Verb.PREVIOUS_SIBLING) + 1):
        QTest.keyClick(transcript, Qt.Key.Key_Right)
    QTest.keyClick(transcript, Qt.Key.Key_Return)
    await desk.until(
        lambda: desk.messages() == ["First question", "First answer.", "Second question", "Second answer."]
    )


async def test_an_answer_cut_off_by_its_length_goes_on_in_its_place(desk: Desk, speaker: Speaker) -> None:
    speaker.says("The first half, ", finish="length")
    await desk.ask_and_wait("Tell me")
    assert desk.notices()[0] == "The answer reached the maximum length."
    speaker.says("and the second.")
    desk.click_control(Verb.CONTINUE)
    await desk.until(lambda: desk.answer() == "The first half, and the second." and not desk.streaming())
    assert len(desk.messages()) == 2
    path, _ = await desk.program.chat.path(desk.chat())
    assert path[1].finish is FinishReason.STOP


async def test_a_message_is_quoted_behind_what_is_typed(desk: Desk, speaker: Speaker) -> None:
    speaker.says("One line.\n\nAnd another.")
    await desk.ask_and_wait("Tell me")
    desk.type("Why this:")
    do(desk, Verb.QUOTE, 1)
    assert desk.edit.text() == "Why this:\n\n> One line.\n>\n> And another.\n\n"
    assert desk.edit.hasFocus()
    desk.type("I ask.")
    assert desk.edit.text().endswith("\n\nI ask.")


async def test_a_branch_is_a_chat_of_its_own_that_names_its_source(desk: Desk, speaker: Speaker) -> None:
    await two_turns(desk, speaker)
    source = desk.chat()
    do(desk, Verb.BRANCH, 1)
    await desk.until(lambda: desk.chat() != source and desk.messages() == ["First question", "First answer."])
    assert desk.title() == "Branch of “First question”"
    assert "Branch of “First question”" in desk.listed()
    await desk.ask_and_wait("And now")
    desk.click_row("First question")
    await desk.until(lambda: len(desk.messages()) == 4 and desk.chat() == source)


async def test_everything_can_be_done_while_another_answer_streams_or_waits_for_it(
    desk: Desk, speaker: Speaker
) -> None:
    await two_turns(desk, speaker)
    source, go_on = desk.chat(), asyncio.Event()
    speaker.says("Third", go_on, " answer.")
    desk.ask("Third question")
    await desk.until(lambda: desk.answer() == "Third")
    do(desk, Verb.QUOTE, 1)
    assert desk.edit.text() == "> First answer.\n\n"
    do(desk, Verb.DELETE, 0)
    await desk.until(lambda: desk.messages()[0] == "Second question")
    assert desk.streaming()
    desk.click_toast()
    await desk.until(lambda: desk.messages()[0] == "First question")
    do(desk, Verb.BRANCH, 5)
    await desk.until(lambda: desk.chat() != source and desk.answer() == "Third")
    path, _ = await desk.program.chat.path(desk.chat())
    assert path[-1].state is MessageState.STOPPED
    desk.click_row("First question")
    await desk.until(lambda: desk.chat() == source and len(desk.messages()) == 6)
    go_on.set()
    await desk.until(lambda: desk.answer() == "Third answer." and not desk.streaming())


async def test_deleting_the_answer_that_streams_ends_it(desk: Desk, speaker: Speaker) -> None:
    never = asyncio.Event()
    speaker.says("Half", never)
    desk.ask("Question")
    await desk.until(lambda: desk.answer() == "Half")
    do(desk, Verb.DELETE, 1)
    await desk.until(lambda: desk.messages() == ["Question"] and not desk.streaming())
    desk.click_toast()
    await desk.until(lambda: desk.messages() == ["Question", "Half"])
    speaker.says("Anew.")
    never.set()
    do(desk, Verb.DELETE, 1)
    await desk.until(lambda: desk.messages() == ["Question"])
    choose(menu_of(desk, 0), "Answer again")
    await desk.until(lambda: desk.messages() == ["Question", "Anew."] and not desk.streaming())


async def test_a_chat_without_a_title_that_is_thrown_away_is_called_what_the_list_calls_it(desk: Desk) -> None:
    conversation = await desk.program.conversations.create()
    await desk.program.trash.take_chats([conversation.id])
    desk.window._list.deleted.emit((conversation,), None)
    assert desk.toast() == ["Chat deleted", "New chat", "Ctrl+Z", "Undo"]


async def test_the_whole_chat_can_be_copied(desk: Desk, speaker: Speaker) -> None:
    await two_turns(desk, speaker)
    do(desk, Verb.COPY_CHAT, 0)
    await desk.until(desk.toast)
    assert QGuiApplication.clipboard().text() == (
        "## You\n\nFirst question\n\n## scripted:1b\n\nFirst answer.\n\n"
        "## You\n\nSecond question\n\n## scripted:1b\n\nSecond answer.\n"
    )
    assert desk.toast() == ["Chat copied to the clipboard"]


async def test_the_whole_chat_is_copied_without_its_reasoning_if_a_person_wants_it_so(
    desk: Desk, speaker: Speaker
) -> None:
    desk.program.settings.set(EXPORT_REASONING, value=False)
    speaker.says("So.", reasoning=("First think.",))
    await desk.ask_and_wait("Why?")
    QGuiApplication.clipboard().clear()
    desk.transcript.chat_copy_requested.emit()
    await desk.until(lambda: QGuiApplication.clipboard().text())
    assert QGuiApplication.clipboard().text() == "## You\n\nWhy?\n\n## scripted:1b\n\nSo.\n"


def save_as(desk: Desk, path: Path) -> None:
    dialog = desk.part("saveDialog")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()


async def test_a_chat_is_saved_as_markdown_that_parses_back(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    speaker.says("```python\nprint(1)", reasoning=("First **think**.\n\n- then answer",))
    await desk.ask_and_wait("Never close the fence")
    do(desk, Verb.SAVE_CHAT, 0)
    dialog = desk.part("saveDialog")
    assert [Path(name).name for name in dialog.selectedFiles()] == ["Never close the fence.md"]
    save_as(desk, tmp_path / "chat.md")
    await desk.until(desk.toast)
    assert "chat.md" in " ".join(desk.toast())
    front, _, body = (tmp_path / "chat.md").read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    assert front.startswith('title: "Never close the fence"\ndate: 20')
    assert 'models: ["scripted:1b"]' in front
    blocks = parse(body)
    assert [spans_text(block.spans) for block in blocks if isinstance(block, Heading)] == ["You", "scripted:1b"]
    assert blocks[-1].text == "print(1)\n"
    assert any(isinstance(container, Quote) for block in blocks for container in block.containers)


async def test_a_message_is_saved_as_json(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    await two_turns(desk, speaker)
    do(desk, Verb.SAVE, 3)
    save_as(desk, tmp_path / "message.json")
    await desk.until(desk.toast)
    data = json.loads((tmp_path / "message.json").read_text("utf-8"))
    assert [message["parts"] for message in data["messages"]] == [[{"kind": "text", "text": "Second answer."}]]
    assert data["messages"][0]["model"] == "scripted:1b"


async def test_a_place_that_cannot_be_written_is_told(desk: Desk, speaker: Speaker, tmp_path: Path) -> None:
    await desk.ask_and_wait("Question")
    do(desk, Verb.SAVE_CHAT, 0)
    save_as(desk, tmp_path / "nowhere" / "chat.md")
    await desk.until(desk.toast)
    assert "could not be saved" in desk.toast()[0]


async def test_what_is_done_to_a_chat_is_there_after_a_restart(desk: Desk, speaker: Speaker, open_desk: object) -> None:
    await two_turns(desk, speaker)
    speaker.says("Other answer.")
    do(desk, Verb.REGENERATE, 3)
    await desk.until(lambda: desk.answer() == "Other answer." and not desk.streaming())
    do(desk, Verb.DELETE, 0)
    await desk.until(lambda: desk.messages() == ["Second question", "Other answer."])
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.messages() == ["Second question", "Other answer."])
    again.click_control(Verb.PREVIOUS_SIBLING)
    await again.until(lambda: again.answer() == "Second answer.")
