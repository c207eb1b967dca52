"""Links of a message through the one door out: what is opened, asked about, refused, and how one gets there (cases 79-81)."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.open_link import LinkOpener
from chatdesk.ui_kit.widgets.sheet import Sheet
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def remember(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr("chatdesk.ui_kit.text.open_link.QDesktopServices.openUrl", remember)
    return found


@pytest.fixture
def linked(reader: Reader, appearance: Appearance, opened: list[str]) -> Callable[[str], QPoint]:
    """Shows a message whose links can be opened, and tells where the words "click" are."""
    opener = LinkOpener(appearance, reader.view)
    reader.view.link_activated.connect(opener.open)

    def show(text: str, content: str = "click") -> QPoint:
        reader.show([question("Go"), answer(text)])
        return reader.place_of(1, content) + QPoint(2, 0)

    return show


def said(reader: Reader) -> str:
    """What the sheet says that is open; closes it."""
    (sheet,) = [each for each in reader.view.findChildren(Sheet) if each.isVisible()]
    text = "\n".join(label.text() for label in sheet.findChildren(QLabel))
    sheet.cancel()
    return text


def menu_at(reader: Reader, point: QPoint) -> QMenu:
    reader.view._menus.show_at(1, point)
    return [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()][-1]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


REFUSED = [
    *("javascript:alert(1)", "data:text/html;base64,AAAA", "vbscript:x", "file:///etc/passwd", "smb://host/share"),
    *("ms-msdt:/id", "calculator:", "//host/share", "relative/path", "https:\\\\host", "ja\tvascript:alert(1)"),
    *("java&#10;script:alert(1)", "javascript%3Aalert(1)", "https://user@bank.com", "C:\\Windows", "/etc/passwd"),
]


@pytest.mark.parametrize("target", REFUSED)
def test_what_must_not_be_opened_is_shown_and_not_opened(
    target: str, linked: Callable[[str], QPoint], reader: Reader, opened: list[str]
) -> None:
    at = linked(f"[click](<{target}>)")
    assert reader.view.tooltip_at(at)
    reader.click(at)
    assert "cannot be opened" in said(reader)
    assert not opened


def test_its_real_target_is_shown_on_hover(linked: Callable[[str], QPoint], reader: Reader) -> None:
    at = linked("[click](https://example.org/\u202egpj.exe)")
    assert reader.view.tooltip_at(at) == "https://example.org/[U+202E]gpj.exe"


def test_words_that_name_another_host_are_asked_about_with_both(
    linked: Callable[..., QPoint], reader: Reader, opened: list[str]
) -> None:
    reader.click(linked("[https://bank.com](https://evil.example/x)", "bank.com"))
    text = said(reader)
    assert "evil.example" in text
    assert not opened


def test_a_host_that_looks_like_another_is_shown_in_punycode(
    linked: Callable[[str], QPoint], reader: Reader, opened: list[str]
) -> None:
    reader.click(linked("[click](https://аpple.com)"))
    assert "xn--pple-43d.com" in said(reader)
    assert not opened


@pytest.mark.parametrize(
    "text", ["[click](https://a.example)", "- [click](https://a.example)", "[**click**](https://a.example)"]
)
def test_it_opens_by_click_and_by_the_middle_button(
    text: str, linked: Callable[[str], QPoint], reader: Reader, opened: list[str]
) -> None:
    at = linked(text)
    reader.click(at)
    QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier, at)
    assert opened == ["https://a.example"] * 2


def test_the_menu_of_a_link_opens_it_or_copies_its_address(
    linked: Callable[[str], QPoint], reader: Reader, opened: list[str]
) -> None:
    at = linked("words [click](https://a.example/x) words")
    choose(menu_at(reader, at), "Open link")
    choose(menu_at(reader, at), "Copy link address")
    assert opened == ["https://a.example/x"]
    assert QGuiApplication.clipboard().text() == "https://a.example/x"


def test_the_keyboard_reaches_links_by_the_menu_of_their_message(
    linked: Callable[[str], QPoint], reader: Reader, opened: list[str]
) -> None:
    linked("words [click](https://a.example/x) words")
    reader.view._focus.set_message(1)
    reader.press(Qt.Key.Key_Return)
    menu = [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()][-1]
    links = next(
        found for action in menu.actions() if action.text() == "Links" and isinstance(found := action.menu(), QMenu)
    )
    links.actions()[0].trigger()
    menu.close()
    assert opened == ["https://a.example/x"]
