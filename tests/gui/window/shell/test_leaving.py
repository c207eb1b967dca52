"""Closing the window and quitting while answers run: the question, keeping working without a window, coming back, and the end."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from chatdesk.app.shell import leaving as background
from chatdesk.app.shell import leaving as notifications
from chatdesk.app.shell.leaving import SILENCE_SECONDS
from chatdesk.kernel.running_work import JobKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.quick_desk import Quick

WRITING = "An answer is being written"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The notifications of the desktop."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(notifications, "show_notification", lambda *words: bool(told.append(words)) or True)
    return told


@pytest.fixture
def quits(desk: Desk) -> list[bool]:
    """Whether the program was told to end."""
    quits: list[bool] = []
    desk.window.quit_requested.connect(lambda: quits.append(True))
    return quits


def sheet(desk: Desk) -> Sheet | None:
    shown = [each for each in desk.window.findChildren(Sheet) if each.isVisible()]
    assert len(shown) <= 1
    return shown[0] if shown else None


def words(desk: Desk) -> list[str]:
    question = sheet(desk)
    return [label.text() for label in question.findChildren(Label) if label.text()] if question else []


def buttons(desk: Desk) -> list[str]:
    question = sheet(desk)
    found = question.findChildren(QPushButton) if question else []
    return [button.text() for button in found if button.isVisible() and button.text()]


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def click(desk: Desk, name: str) -> None:
    button = next(each for each in sheet(desk).findChildren(QPushButton) if each.text() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def answering(desk: Desk, speaker: Speaker) -> asyncio.Event:
    """Begin an answer; it comes to its end when the event is set."""
    go_on = asyncio.Event()
    speaker.says("Half of it", go_on, " and the rest.")
    desk.ask("Tell me all")
    await desk.until(lambda: desk.answer() == "Half of it")
    return go_on


async def stored(desk: Desk) -> list[tuple[str, str, str | None]]:
    messages = await desk.program.chat.messages(desk.chat())
    return [(each.text, each.state.value, each.failure.kind if each.failure else None) for each in messages]


async def test_a_window_with_nothing_to_do_closes_without_a_question(desk: Desk, quits: list[bool]) -> None:
    await desk.ask_and_wait("Hello")
    await desk.until(lambda: not desk.program.work.jobs())
    assert desk.window.close()
    assert quits == [True]
    assert sheet(desk) is None


async def test_closing_the_window_asks_and_says_what_goes_on(desk: Desk, speaker: Speaker, quits: list[bool]) -> None:
    await answering(desk, speaker)
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert quits == []
    assert WRITING in words(desk)
    assert "Tell me all" in words(desk)
    assert "scripted:1b · Ollama" in words(desk)
    assert buttons(desk) == ["Cancel", "Stop and quit", "Keep working"]
    assert not desk.window.close()  # once more: the question stands there already
    assert len(buttons(desk)) == 3
    press(Qt.Key.Key_Escape)
    assert sheet(desk) is None
    assert desk.window.isVisible()
    assert desk.streaming()
    assert quits == []


async def test_keeping_working_by_keyboard_finishes_the_answer_without_a_window_and_then_ends(
    desk: Desk, speaker: Speaker, quits: list[bool], told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_SETTLING", 1)
    go_on = await answering(desk, speaker)
    desk.window.close()
    press(Qt.Key.Key_Return)
    await desk.until(lambda: not desk.window.isVisible())
    assert not any(window.isVisible() for window in QApplication.topLevelWidgets())
    assert quits == []
    go_on.set()
    await desk.until(lambda: quits)
    assert (await stored(desk))[-1] == ("Half of it and the rest.", "complete", None)
    assert told == [("Chatdesk has finished and quit", "Tell me all")]


async def test_starting_again_brings_the_window_back_and_it_stays(
    desk: Desk, speaker: Speaker, quits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_SETTLING", 1)
    go_on = await answering(desk, speaker)
    desk.window.close()
    press(Qt.Key.Key_Return)
    await desk.until(lambda: not desk.window.isVisible())
    desk.window.raise_to_front()
    assert desk.window.isVisible()
    assert desk.streaming()
    go_on.set()
    await desk.until(lambda: desk.answer() == "Half of it and the rest." and not desk.streaming())
    await desk.until(lambda: not desk.program.work.jobs())
    await desk.until(lambda: desk.window.findChild(background.Background) is None)  # who would end the program
    assert quits == []


async def test_a_question_that_waits_is_answered_too_before_it_ends(
    desk: Desk, speaker: Speaker, quits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_SETTLING", 1)
    go_on = await answering(desk, speaker)
    desk.ask("And then?")
    await desk.until(lambda: desk.queued() == ["And then?"])
    desk.window.close()
    press(Qt.Key.Key_Return)
    go_on.set()
    await desk.until(lambda: quits)
    assert [text for text, _state, _failure in await stored(desk)][-2:] == ["And then?", "Yes."]


async def test_it_ends_when_nothing_has_come_for_half_an_hour(
    desk: Desk, speaker: Speaker, quits: list[bool], told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    await answering(desk, speaker)
    desk.window.close()
    press(Qt.Key.Key_Return)
    await desk.until(lambda: not desk.window.isVisible())
    waiting = desk.window.findChild(background.Background)
    waiting.look()
    clock = desk.program.work._clock
    monkeypatch.setattr(desk.program.work.jobs()[0], "_clock", lambda: clock() + SILENCE_SECONDS - 5)
    waiting.look()
    assert quits == []
    monkeypatch.setattr(desk.program.work.jobs()[0], "_clock", lambda: clock() + SILENCE_SECONDS + 5)
    waiting.look()
    await desk.until(lambda: quits)
    assert [title for title, _ in told] == ["Chatdesk has quit after 30 minutes without progress"]


async def test_stopping_keeps_what_came_and_the_next_start_says_what_happened(
    desk: Desk, speaker: Speaker, quits: list[bool], open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await answering(desk, speaker)
    desk.window.close()
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Return)
    assert quits == [True]
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.answer() == "Half of it")
    assert again.notices() == [
        "Chatdesk was closed while this answer was being written.",
        "[Try again]",
        "[Continue]",
    ]


async def test_an_answer_that_had_not_begun_says_so_too(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    speaker.says(asyncio.Event())
    desk.ask("Hello?")
    await desk.until(desk.streaming)
    await desk.until(lambda: speaker.asked)
    await desk.close()
    again = await open_desk()
    await again.until(
        lambda: (
            again.notices()
            == [
                "Chatdesk was closed while this answer was being written.",
                "[Try again]",
            ]
        )
    )


async def test_what_a_person_stopped_before_is_still_told_as_stopped(
    desk: Desk, speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await answering(desk, speaker)
    desk.press(Qt.Key.Key_Escape)
    await desk.close()
    again = await open_desk()
    await again.until(lambda: again.answer() == "Half of it")
    assert again.notices()[0] == "You stopped this answer."


async def test_quitting_by_key_never_lingers(desk: Desk, speaker: Speaker, quits: list[bool]) -> None:
    await answering(desk, speaker)
    desk.press(Qt.Key.Key_Q, CONTROL)
    assert buttons(desk) == ["Cancel", "Stop and quit"]
    assert "The text written so far is kept." in words(desk)
    press(Qt.Key.Key_Escape)
    assert sheet(desk) is None
    assert desk.streaming()
    desk.press(Qt.Key.Key_Q, CONTROL)
    press(Qt.Key.Key_Return)
    assert quits == [True]


async def test_quitting_by_key_while_closing_is_asked_about_changes_the_question(
    desk: Desk, speaker: Speaker, quits: list[bool]
) -> None:
    await answering(desk, speaker)
    desk.window.close()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Q, CONTROL)
    assert buttons(desk) == ["Cancel", "Stop and quit"]
    click(desk, "Stop and quit")
    assert quits == [True]


async def test_quitting_with_nothing_to_do_asks_nothing(desk: Desk, quits: list[bool]) -> None:
    desk.press(Qt.Key.Key_Q, CONTROL)
    assert quits == [True]


async def test_work_that_ends_under_the_question_ends_the_question(
    desk: Desk, speaker: Speaker, quits: list[bool]
) -> None:
    go_on = await answering(desk, speaker)
    desk.window.close()
    go_on.set()
    await desk.until(lambda: quits)
    assert sheet(desk) is None
    assert (await stored(desk))[-1] == ("Half of it and the rest.", "complete", None)


async def test_several_kinds_of_work_are_told_together(desk: Desk, speaker: Speaker) -> None:
    await answering(desk, speaker)
    with (
        desk.program.work.begin(JobKind.DOWNLOAD, lambda: "deepseek-r1:8b") as download,
        desk.program.work.begin(JobKind.BATCH, lambda: "<b>Translate</b>"),
    ):
        download.hear(0.624)
        desk.press(Qt.Key.Key_Q, CONTROL)
        assert "An answer, a download and a batch run are running" in words(desk)
        assert {"deepseek-r1:8b", "62%", "<b>Translate</b>"} <= set(words(desk))
        assert "The text written so far is kept.\nDownloads resume the next time you start Chatdesk." in words(desk)
    assert WRITING in words(desk)


async def test_an_answer_in_the_quick_window_counts_too(quick: Quick, speaker: Speaker, quits: list[bool]) -> None:
    go_on = asyncio.Event()
    speaker.says("Quickly", go_on, "!")
    quick.type("How?")
    quick.press(Qt.Key.Key_Return)
    await quick.desk.until(quick.desk.program.work.jobs)
    assert not quick.desk.window.close()
    assert "How?" in words(quick.desk)
    go_on.set()
    await quick.desk.until(lambda: quits)


async def test_the_question_follows_the_language(desk: Desk, speaker: Speaker) -> None:
    await answering(desk, speaker)
    desk.window.close()
    QApplication.sendEvent(sheet(desk), QEvent(QEvent.Type.LanguageChange))
    assert WRITING in words(desk)
    assert buttons(desk) == ["Cancel", "Stop and quit", "Keep working"]
