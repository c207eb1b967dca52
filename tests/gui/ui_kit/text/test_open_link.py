"""The one door out of the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import chatdesk
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.sheet import Sheet


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the system."""
    found: list[str] = []

    def remember(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr("chatdesk.ui_kit.text.open_link.QDesktopServices.openUrl", remember)
    return found


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def opener(appearance: Appearance, window: QWidget) -> LinkOpener:
    return LinkOpener(appearance, window)


def sheet(window: QWidget) -> Sheet:
    (found,) = [each for each in window.findChildren(Sheet) if each.isVisible()]
    return found


def text_of(found: Sheet) -> str:
    return "\n".join(label.text() for label in found.findChildren(QLabel))


def button(found: Sheet, text: str) -> QPushButton:
    return next(button for button in found.findChildren(QPushButton) if button.text() == text)


@pytest.mark.parametrize("target", ["https://example.org/a?b=c#d", "http://example.org", "mailto:someone@example.org"])
def test_an_honest_link_is_opened_at_once(target: str, opener: LinkOpener, window: QWidget, opened: list[str]) -> None:
    opener.open(target, "some words")
    assert opened == [target]
    assert not window.findChildren(Sheet)


@pytest.mark.parametrize(
    "target",
    [
        "https://zh.wikipedia.org/wiki/中国",
        "https://example.org/s?wd=中文&x=1",
        "https://example.org/`x`/{y}/a|b^c",
        "https://example.org/100%",
        "https://example.org/main/__init__.py",
    ],
)
def test_an_address_as_people_write_it_is_opened(target: str, opener: LinkOpener, opened: list[str]) -> None:
    opener.open(target, target)
    assert [QUrl(address).toEncoded() for address in opened] == [QUrl(target).toEncoded()]


def test_a_file_server_is_shown_first(opener: LinkOpener, window: QWidget, opened: list[str]) -> None:
    opener.open("ftp://files.example.org/a", "ftp://files.example.org/a")
    assert opened == []
    button(sheet(window), "Open").click()
    assert opened == ["ftp://files.example.org/a"]


def test_a_link_that_leads_elsewhere_than_it_says_is_shown_first(
    opener: LinkOpener, window: QWidget, opened: list[str]
) -> None:
    opener.open("https://evil.example/login", "https://bank.example.com")
    assert opened == []
    assert "evil.example" in text_of(sheet(window))
    assert "https://evil.example/login" in text_of(sheet(window))
    button(sheet(window), "Open").click()
    assert opened == ["https://evil.example/login"]


def test_who_does_not_want_it_opens_nothing(opener: LinkOpener, window: QWidget, opened: list[str]) -> None:
    opener.open("https://evil.example/login", "https://bank.example.com")
    assert window.focusWidget() is button(sheet(window), "Cancel")
    button(sheet(window), "Cancel").click()
    assert opened == []


def test_a_host_that_looks_like_another_is_shown_as_it_really_is(
    opener: LinkOpener, window: QWidget, opened: list[str]
) -> None:
    opener.open("https://аpple.com/", "Apple")
    assert "xn--" in text_of(sheet(window))
    assert opened == []


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,<b>x</b>",
        "file:///etc/passwd",
        "smb://host/share",
        "ms-msdt:x",
        "//host/path",
        "relative/path",
        "https:\\\\host",
        "java\tscript:x",
        "https://user@host/",
        "",
    ],
)
def test_anything_else_is_shown_and_never_opened(
    target: str, opener: LinkOpener, window: QWidget, opened: list[str]
) -> None:
    opener.open(target, "words")
    assert opened == []
    assert "cannot be opened" in text_of(sheet(window))
    button(sheet(window), "Close").click()
    assert opened == []


def test_what_cannot_be_seen_in_a_target_is_made_visible(
    opener: LinkOpener, window: QWidget, opened: list[str]
) -> None:
    opener.open("https://host/\u202egnp.exe", "words")
    assert "[U+202E]" in text_of(sheet(window))
    assert opened == []


def test_a_closed_sheet_is_gone(opener: LinkOpener, window: QWidget, qtbot: QtBot) -> None:
    opener.open("file:///x", "words")
    button(sheet(window), "Close").click()
    qtbot.waitUntil(lambda: not window.findChildren(Sheet))


def test_nothing_else_opens_anything() -> None:
    package = Path(chatdesk.__file__).parent
    callers = [path.name for path in package.rglob("*.py") if "QDesktopServices" in path.read_text("utf-8")]
    assert callers == ["open_link.py"]
