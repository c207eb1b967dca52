"""Closing the window and quitting while answers run: the question, keeping working without a window, coming back, and the end."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from chatdesk.app.shell import leaving as background
from chatdesk.app.shell import leaving as notifications
from chatdesk.app.shell.leaving import STALL_SECONDS
from chatdesk.kernel.running_work import JobKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.quick_harness import Quick

WRITING = "An answer is being written"
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def shown_notifications(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The notifications of the desktop."""
    shown_notifications: list[tuple[str, str]] = []
    monkeypatch.setattr(
        notifications, "show_notification", lambda *texts: bool(shown_notifications.append(texts)) or True
    )
    return shown_notifications


@pytest.fixture
def quits(harness: Harness) -> list[bool]:
    """Whether the program was told to end."""
    quits: list[bool] = []
    harness.window.quit_requested.connect(lambda: quits.append(True))
    return quits


def sheet(harness: Harness) -> Sheet | None:
    shown = [each for each in harness.window.findChildren(Sheet) if each.isVisible()]
    assert len(shown) <= 1
    return shown[0] if shown else None


def texts_of(harness: Harness) -> list[str]:
    question = sheet(harness)
    return [label.text() for label in question.findChildren(Label) if label.text()] if question else []


def buttons(harness: Harness) -> list[str]:
    question = sheet(harness)
    found = question.findChildren(QPushButton) if question else []
    return [button.text() for button in found if button.isVisible() and button.text()]


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def click(harness: Harness, name: str) -> None:
    button = next(each for each in sheet(harness).findChildren(QPushButton) if each.text() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def answering(harness: Harness, fake_model: FakeModel) -> asyncio.Event:
    """Begin an answer; it comes to its end when the event is set."""
    go_on = asyncio.Event()
    fake_model.says("Half of it", go_on, " and the rest.")
    harness.ask("Tell me all")
    await harness.until(lambda: harness.answer() == "Half of it")
    return go_on


async def stored(harness: Harness) -> list[tuple[str, str, str | None]]:
    messages = await harness.program.chat.chat.messages(harness.chat())
    return [(each.text, each.state.value, each.failure.kind if each.failure else None) for each in messages]


async def test_a_window_with_nothing_to_do_closes_without_a_question(harness: Harness, quits: list[bool]) -> None:
    await harness.ask_and_wait("Hello")
    await harness.until(lambda: not harness.program.work.jobs())
    assert harness.window.close()
    assert quits == [True]
    assert sheet(harness) is None


async def test_closing_the_window_asks_and_says_what_goes_on(
    harness: Harness, fake_model: FakeModel, quits: list[bool]
) -> None:
    await answering(harness, fake_model)
    assert not harness.window.close()
    assert harness.window.isVisible()
    assert quits == []
    assert WRITING in texts_of(harness)
    assert "Tell me all" in texts_of(harness)
    assert "scripted:1b · Ollama" in texts_of(harness)
    assert buttons(harness) == ["Cancel", "Stop and quit", "Keep working"]
    assert not harness.window.close()  # once more: the question stands there already
    assert len(buttons(harness)) == 3
    press(Qt.Key.Key_Escape)
    assert sheet(harness) is None
    assert harness.window.isVisible()
    assert harness.streaming()
    assert quits == []


async def test_keeping_working_by_keyboard_finishes_the_answer_without_a_window_and_then_ends(
    harness: Harness,
    fake_model: FakeModel,
    quits: list[bool],
    shown_notifications: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "_SETTLE_DELAY", 1)
    go_on = await answering(harness, fake_model)
    harness.window.close()
    press(Qt.Key.Key_Return)
    await harness.until(lambda: not harness.window.isVisible())
    assert not any(window.isVisible() for window in QApplication.topLevelWidgets())
    assert quits == []
    go_on.set()
    await harness.until(lambda: quits)
    assert (await stored(harness))[-1] == ("Half of it and the rest.", "complete", None)
    assert shown_notifications == [("Chatdesk has finished and quit", "Tell me all")]


async def test_starting_again_brings_the_window_back_and_it_stays(
    harness: Harness, fake_model: FakeModel, quits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_SETTLE_DELAY", 1)
    go_on = await answering(harness, fake_model)
    harness.window.close()
    press(Qt.Key.Key_Return)
    await harness.until(lambda: not harness.window.isVisible())
    harness.window.raise_to_front()
    assert harness.window.isVisible()
    assert harness.streaming()
    go_on.set()
    await harness.until(lambda: harness.answer() == "Half of it and the rest." and not harness.streaming())
    await harness.until(lambda: not harness.program.work.jobs())
    await harness.until(lambda: harness.window.findChild(background.Background) is None)  # who would end the program
    assert quits == []


async def test_a_question_that_waits_is_answered_too_before_it_ends(
    harness: Harness, fake_model: FakeModel, quits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_SETTLE_DELAY", 1)
    go_on = await answering(harness, fake_model)
    harness.ask("And then?")
    await harness.until(lambda: harness.queued() == ["And then?"])
    harness.window.close()
    press(Qt.Key.Key_Return)
    go_on.set()
    await harness.until(lambda: quits)
    assert [text for text, _state, _failure in await stored(harness)][-2:] == ["And then?", "Yes."]


async def test_it_ends_when_nothing_has_come_for_half_an_hour(
    harness: Harness,
    fake_model: FakeModel,
    quits: list[bool],
    shown_notifications: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await answering(harness, fake_model)
    harness.window.close()
    press(Qt.Key.Key_Return)
    await harness.until(lambda: not harness.window.isVisible())
    waiting = harness.window.findChild(background.Background)
    waiting.check_progress()
    clock = harness.program.work._clock
    monkeypatch.setattr(harness.program.work.jobs()[0], "_clock", lambda: clock() + STALL_SECONDS - 5)
    waiting.check_progress()
    assert quits == []
    monkeypatch.setattr(harness.program.work.jobs()[0], "_clock", lambda: clock() + STALL_SECONDS + 5)
    waiting.check_progress()
    await harness.until(lambda: quits)
    assert [title for title, _ in shown_notifications] == ["Chatdesk has quit after 30 minutes without progress"]


async def test_stopping_keeps_what_came_and_the_next_start_says_what_happened(
    harness: Harness, fake_model: FakeModel, quits: list[bool], open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await answering(harness, fake_model)
    harness.window.close()
    press(Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Return)
    assert quits == [True]
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.answer() == "Half of it")
    assert again.notices() == [
        "Chatdesk was closed while this answer was being written.",
        "[Try again]",
        "[Continue]",
    ]


async def test_an_answer_that_had_not_begun_says_so_too(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    fake_model.says(asyncio.Event())
    harness.ask("Hello?")
    await harness.until(harness.streaming)
    await harness.until(lambda: fake_model.asked)
    await harness.close()
    again = await open_harness()
    await again.until(
        lambda: (
            again.notices()
            == [
                "Chatdesk was closed while this answer was being written.",
                "[Try again]",
            ]
        )
    )


async def test_what_a_person_stopped_before_is_still_reported_as_stopped(
    harness: Harness, fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await answering(harness, fake_model)
    harness.press(Qt.Key.Key_Escape)
    await harness.close()
    again = await open_harness()
    await again.until(lambda: again.answer() == "Half of it")
    assert again.notices()[0] == "You stopped this answer."


async def test_quitting_by_key_never_lingers(harness: Harness, fake_model: FakeModel, quits: list[bool]) -> None:
    await answering(harness, fake_model)
    harness.press(Qt.Key.Key_Q, CONTROL)
    assert buttons(harness) == ["Cancel", "Stop and quit"]
    assert "The text written so far is kept." in texts_of(harness)
    press(Qt.Key.Key_Escape)
    assert sheet(harness) is None
    assert harness.streaming()
    harness.press(Qt.Key.Key_Q, CONTROL)
    press(Qt.Key.Key_Return)
    assert quits == [True]


async def test_quitting_by_key_while_closing_is_asked_about_changes_the_question(
    harness: Harness, fake_model: FakeModel, quits: list[bool]
) -> None:
    await answering(harness, fake_model)
    harness.window.close()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Q, CONTROL)
    assert buttons(harness) == ["Cancel", "Stop and quit"]
    click(harness, "Stop and quit")
    assert quits == [True]


async def test_quitting_with_nothing_to_do_asks_nothing(harness: Harness, quits: list[bool]) -> None:
    harness.press(Qt.Key.Key_Q, CONTROL)
    assert quits == [True]


async def test_work_that_ends_under_the_question_ends_the_question(
    harness: Harness, fake_model: FakeModel, quits: list[bool]
) -> None:
    go_on = await answering(harness, fake_model)
    harness.window.close()
    go_on.set()
    await harness.until(lambda: quits)
    assert sheet(harness) is None
    assert (await stored(harness))[-1] == ("Half of it and the rest.", "complete", None)


async def test_several_kinds_of_work_are_reported_together(harness: Harness, fake_model: FakeModel) -> None:
    await answering(harness, fake_model)
    with (
        harness.program.work.begin(JobKind.DOWNLOAD, lambda: "deepseek-r1:8b") as download,
        harness.program.work.begin(JobKind.BATCH, lambda: "<b>Translate</b>"),
    ):
        download.report_progress(0.624)
        harness.press(Qt.Key.Key_Q, CONTROL)
        assert "An answer, a download and a batch run are running" in texts_of(harness)
        assert {"deepseek-r1:8b", "62%", "<b>Translate</b>"} <= set(texts_of(harness))
        assert "The text written so far is kept.\nDownloads resume the next time you start Chatdesk." in texts_of(
            harness
        )
    assert WRITING in texts_of(harness)


async def test_an_answer_in_the_quick_window_counts_too(quick: Quick, fake_model: FakeModel, quits: list[bool]) -> None:
    go_on = asyncio.Event()
    fake_model.says("Quickly", go_on, "!")
    quick.type("How?")
    quick.press(Qt.Key.Key_Return)
    await quick.harness.until(quick.harness.program.work.jobs)
    assert not quick.harness.window.close()
    assert "How?" in texts_of(quick.harness)
    go_on.set()
    await quick.harness.until(lambda: quits)


async def test_the_question_follows_the_language(harness: Harness, fake_model: FakeModel) -> None:
    await answering(harness, fake_model)
    harness.window.close()
    QApplication.sendEvent(sheet(harness), QEvent(QEvent.Type.LanguageChange))
    assert WRITING in texts_of(harness)
    assert buttons(harness) == ["Cancel", "Stop and quit", "Keep working"]
