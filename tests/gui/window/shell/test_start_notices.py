"""What a person reads after a start that found something wrong: damaged text, settings of no use, a chat that ended the last start."""

import json
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.app.shell.main_window import MainWindow
from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.kernel.settings.declarations import DATABASE_SUSPECT, LAST_CONVERSATION, THEME, ZOOM
from chatdesk.system.folders import Folders
from tests.gui.window.harness import FakeModel, Harness
from tests.unit.storage.damaged import write_chats

OpenHarness = Callable[[], Awaitable[Harness]]


def home(**settings: object) -> Folders:
    """Two chats on the disk, the second of which was shown last, and settings."""
    folders = Folders.locate()
    folders.make()
    write_chats(folders.data / "chats.sqlite3", 2, 2)
    content = {LAST_CONVERSATION.key: "chat1", **settings}
    (folders.config / "settings.json").write_text(json.dumps(content))
    return folders


def spoil(folders: Folders, statement: str) -> None:
    with closing(sqlite3.connect(folders.data / "chats.sqlite3")) as connection, connection:
        connection.execute(statement)


async def test_a_flipped_bit_in_a_title_is_shown_and_reported_once(
    fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(home(), "UPDATE conversations SET title = CAST(x'54697468ff' AS TEXT) WHERE id = 'chat0'")
    harness = await open_harness()
    assert "Tith\ufffd" in harness.listed()
    assert harness.toast() == [
        "Some characters in your chats are damaged on disk.",
        "They are shown as �. A backup may still contain the original text.",
        "Repair…",
        "",
    ]
    assert harness.program.settings.get(DATABASE_SUSPECT)
    assert [record.message for record in caplog.records if "damaged" in record.message] == [
        "Text in the database is damaged: it holds bytes that are no UTF-8"
    ]
    wanted: list[object] = []
    harness.window.repair_requested.connect(wanted.append)
    harness.click_toast()
    assert wanted


async def test_damaged_words_of_the_chat_shown_last_keep_no_window_from_coming(
    fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(home(), "UPDATE parts SET text = CAST(x'776f726473ff' AS TEXT) WHERE message_number = 4")
    harness = await open_harness()
    assert harness.messages()[-1] == "words\ufffd"
    assert harness.toast()[0] == "Some characters in your chats are damaged on disk."
    await harness.ask_and_wait("Resume")
    assert harness.answer() == "Yes."


async def test_settings_that_cannot_be_used_are_named_once(
    fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    folders = home(**{ZOOM.key: 10**6})
    (folders.config / "window.json").write_text('{"state.sidebar_width": "wide"}')
    harness = await open_harness()
    assert harness.toast()[:2] == [
        "Some settings could not be used",
        "Defaults are used for: Zoom, state.sidebar_width. The old file was kept.",
    ]
    assert "appearance.zoom, state.sidebar_width" in caplog.text
    assert harness.program.settings.get(ZOOM) == 100
    harness.program.settings.set(THEME, "dark")
    await harness.close()
    assert json.loads((folders.config / "settings.json.bad-1").read_text())[ZOOM.key] == 10**6
    harness = await open_harness()
    assert harness.toast() == []


@pytest.mark.parametrize("has_good_copy", [True, False])
async def test_damaged_settings_are_reported_and_kept(
    fake_model: FakeModel, open_harness: OpenHarness, caplog: pytest.LogCaptureFixture, has_good_copy: bool
) -> None:
    folders = home(**{THEME.key: "dark"})
    settings = folders.config / "settings.json"
    if has_good_copy:
        settings.rename(f"{settings}.last-good")
    settings.write_bytes(b'{"appearance.theme": "da\xff')
    harness = await open_harness()
    assert harness.toast()[:2] == [
        "A settings file was damaged",
        "The last valid copy or the defaults are used. The damaged file is kept in the same folder.",
    ]
    assert harness.program.settings.get(THEME) == ("dark" if has_good_copy else THEME.default)
    await harness.close()
    assert settings.with_name("settings.json.bad-1").read_bytes() == b'{"appearance.theme": "da\xff'


async def test_a_chat_that_ended_the_last_start_is_left_out_and_can_be_opened(
    fake_model: FakeModel, open_harness: OpenHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    home()
    as_it_is = MainWindow.open_last_chat
    monkeypatch.setattr(MainWindow, "open_last_chat", lambda window: as_it_is(window, leave_out=True))
    harness = await open_harness()
    assert harness.chat_page.shows_start
    assert harness.toast()[:3] == [
        "“Title 1” was not opened",
        "An error occurred the last time this chat was shown. The chat is still saved.",
        "Open anyway",
    ]
    harness.click_toast()
    await harness.until(lambda: harness.chat() == "chat1" and not harness.chat_page.shows_start)
    assert len(harness.messages()) == 2


async def test_no_error_of_the_last_chat_keeps_the_window_from_coming(
    fake_model: FakeModel, open_harness: OpenHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home()

    async def fail(_presenter: ChatPresenter) -> None:
        raise OverflowError("too much to show")

    with monkeypatch.context() as patch:
        patch.setattr(ChatPresenter, "_show_path", fail)
        harness = await open_harness()
    assert harness.toast()[0] == "“Title 1” was not opened"
    assert "too much to show" in caplog.text
    await harness.ask_and_wait("Hello")
    assert harness.answer() == "Yes."


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
async def test_a_home_whose_name_is_no_text_is_as_good_as_any(
    fake_model: FakeModel, open_harness: OpenHarness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHATDESK_HOME", str(tmp_path / os.fsdecode(b"bad\xff")))
    harness = await open_harness()
    await harness.ask_and_wait("Hello")
    harness.window.show_settings()
    await harness.close()
    harness = await open_harness()
    assert harness.answer() == "Yes."
