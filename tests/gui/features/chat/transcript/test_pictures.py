"""Pictures in messages: what is shown, what is only offered, what is never touched (cases 82-85)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_layout import PictureLayout
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.controls import Control, Verb
from chatdesk.features.chat.ui.transcript.page.pictures.picture_viewer import PictureViewer
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.pictures import PictureFailure, PictureProblem
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.sheet import Sheet
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question
from tests.gui.features.chat.transcript.sample_pictures import REMOTE, bomb, data_uri, picture

FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def show(reader: Reader, text: str) -> None:
    reader.show([question("Go"), answer(text)])


def has_blue(image: QImage) -> bool:
    blue = QColor("#2060c0")
    return any(
        abs(image.pixelColor(x, y).blue() - blue.blue()) < 24 and abs(image.pixelColor(x, y).red() - blue.red()) < 24
        for x in range(0, image.width(), 5)
        for y in range(0, image.height(), 5)
    )


def pictures_of(reader: Reader) -> list[Control]:
    return [control for control in reader.controls(1) if control.command.verb is Verb.VIEW_PICTURE]


def wanted(reader: Reader) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []
    reader.view.picture_requested.connect(lambda source, address: asked.append((source, address)))
    return asked


def menu_of(reader: Reader) -> QMenu:
    found = [menu for menu in reader.view.viewport().findChildren(QMenu) if menu.isVisible()]
    assert found
    return found[-1]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_in_the_message_is_shown(kind: str, reader: Reader, qtbot: QtBot) -> None:
    show(reader, f"![a cat]({data_uri(picture(kind=kind), FORMATS[kind])})\n\nwords")
    height = reader.view.document.height
    qtbot.waitUntil(lambda: has_blue(reader.look()))
    assert reader.view.document.height == height
    assert (pictures_of(reader)[0].rect.width(), pictures_of(reader)[0].rect.height()) == (320, 200)


def test_a_large_one_is_as_wide_as_the_column(reader: Reader) -> None:
    show(reader, f"![]({data_uri(picture(3_000, 300))})")
    assert pictures_of(reader)[0].rect.width() == reader.view.page_geometry.column[1]


def test_what_it_is_counts_not_what_it_says(reader: Reader, qtbot: QtBot) -> None:
    show(reader, f"![]({data_uri(picture(kind='JPEG'), 'image/png')})")
    qtbot.waitUntil(lambda: has_blue(reader.look()))


@pytest.mark.parametrize(
    "source",
    [
        data_uri(bomb()),
        data_uri(b"no picture at all"),
        data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "data:image/svg+xml;utf8,<svg/>",
        "data:text/html;base64,AAAA",
        "file:///etc/passwd",
        "C:\\x.png",
        "//host/share.png",
        "pictures/cat.png",
        "/etc/cat.png",
        "javascript:alert(1)",
    ],
)
def test_what_must_not_be_shown_is_a_card_without_a_button(source: str, reader: Reader) -> None:
    show(reader, f"![a cat](<{source}>)")
    reader.look()
    controls = {control.command.verb for control in reader.controls(1)}
    assert not controls & {Verb.LOAD_PICTURE, Verb.VIEW_PICTURE}


def test_the_words_of_a_selected_card_can_be_read(reader: Reader, appearance: Appearance) -> None:
    show(reader, f"![a cat]({REMOTE})")
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    seen, card = reader.look(), reader.rect(1)
    colors = {
        seen.pixelColor(x, y).name()
        for x in range(card.left(), card.left() + 300)
        for y in range(card.top(), card.top() + 50)
    }
    theme = appearance.theme
    assert {theme.color(name).name() for name in ("selection", "text")} <= colors


def test_a_truncated_one_becomes_a_card_and_the_window_goes_on(reader: Reader, qtbot: QtBot) -> None:
    data = picture(900, 700, "PNG")
    show(reader, f"![]({data_uri(data[: len(data) // 2])})")
    reader.look()
    qtbot.waitUntil(lambda: bool(reader.look()) and not pictures_of(reader))


def test_no_picture_touches_the_disk_or_the_network(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*_: object, **__: object) -> None:
        raise AssertionError("something was opened")

    asked = wanted(reader)
    monkeypatch.setattr("builtins.open", opened)
    monkeypatch.setattr("socket.socket.connect", opened)
    monkeypatch.setattr("socket.getaddrinfo", opened)
    sources = ["file:///etc/passwd", "C:\\x", "//host/share", "x.png", REMOTE, "https://tracker.example/?q=1"]
    show(
        reader,
        "\n\n".join(f"![]({source})" for source in sources) + f"\n\n![][r]\n\n[r]: {REMOTE}?r\n\n<img src='{REMOTE}'>",
    )
    reader.look()
    assert not asked


def test_one_that_is_elsewhere_is_fetched_by_a_click_and_shown(reader: Reader, qtbot: QtBot) -> None:
    asked = wanted(reader)
    show(reader, f"![a cat]({REMOTE} 'Felix')\n\nwords below")
    load = reader.control(1, Verb.LOAD_PICTURE)
    assert "pictures.example" in load.name
    assert "a cat" in load.name
    reader.click(load.rect.center())
    assert asked == [(REMOTE, REMOTE)]
    assert not [control for control in reader.controls(1) if control.command.verb is Verb.LOAD_PICTURE]
    reader.view.show_picture(REMOTE, picture())
    qtbot.waitUntil(lambda: has_blue(reader.look()))
    assert "Felix" in pictures_of(reader)[0].name


def test_its_host_is_shown_in_punycode(reader: Reader) -> None:
    show(reader, "![a](https://аpple.example/x.png) and ![b](https://аpple.example/x.png) words")
    reader.place_of(1, "a · xn--pple-43d.example")


def test_one_that_did_not_come_says_why_and_can_be_asked_for_again(reader: Reader) -> None:
    asked = wanted(reader)
    show(reader, f"![]({REMOTE})")
    reader.click_control(1, Verb.LOAD_PICTURE)
    reader.view.refuse_picture(REMOTE, PictureFailure(PictureProblem.UNREACHABLE))
    assert "cannot be reached" in reader.control(1, Verb.LOAD_PICTURE).name
    reader.click_control(1, Verb.LOAD_PICTURE)
    assert len(asked) == 2


def test_one_that_has_moved_to_another_host_asks_again(reader: Reader) -> None:
    asked = wanted(reader)
    show(reader, f"![]({REMOTE})")
    reader.click_control(1, Verb.LOAD_PICTURE)
    reader.view.refuse_picture(REMOTE, PictureFailure(PictureProblem.MOVED, "https://elsewhere.example/x.png"))
    load = reader.control(1, Verb.LOAD_PICTURE)
    assert "elsewhere.example" in load.caption
    reader.click(load.rect.center())
    assert asked[-1] == (REMOTE, "https://elsewhere.example/x.png")


def test_bytes_that_are_no_picture_become_a_card(reader: Reader) -> None:
    show(reader, f"![]({REMOTE})")
    reader.click_control(1, Verb.LOAD_PICTURE)
    reader.view.show_picture(REMOTE, b"<html>")
    reader.look()
    assert not pictures_of(reader)


def test_what_is_read_stays_in_its_place_when_a_picture_above_comes(reader: Reader) -> None:
    show(reader, f"![]({REMOTE})\n\n" + "line of words\n\n" * 60)
    reader.view.verticalScrollBar().setValue(0)
    reader.click_control(1, Verb.LOAD_PICTURE)
    reader.view.verticalScrollBar().setValue(500)
    before = reader.look()
    reader.view.show_picture(REMOTE, picture(600, 400))
    assert reader.look() == before


def test_all_of_a_message_can_be_asked_for_at_once(reader: Reader) -> None:
    asked = wanted(reader)
    show(reader, f"![]({REMOTE}?1)\n\n- ![]({REMOTE}?2)\n\nwords ![]({REMOTE}?3) words")
    reader.view._menus.show_at(1, reader.rect(1).topLeft())
    action = next(action for action in menu_of(reader).actions() if action.text().startswith("Load all"))
    assert action.text() == "Load all 3 pictures"
    action.trigger()
    assert [source[-1] for source, _ in asked] == ["1", "2", "3"]
    menu_of(reader).close()


@pytest.mark.parametrize("around", ["words {} words", "# Heading {}", "| a | b |\n|---|---|\n| c | {} |", "- item {}"])
def test_one_among_words_opens_in_the_viewer(around: str, reader: Reader, qtbot: QtBot) -> None:
    show(reader, around.format(f"![a cat]({data_uri(picture())})"))
    reader.click(pictures_of(reader)[0].rect.center())
    viewer = reader.view.window().findChild(PictureViewer)
    assert viewer is not None
    assert viewer.windowTitle() == "a cat"
    qtbot.waitUntil(lambda: has_blue(viewer.canvas.grab().toImage()))
    viewer.close()


def test_one_inside_a_link_follows_the_link(reader: Reader, qtbot: QtBot) -> None:
    show(reader, f"[![a cat]({data_uri(picture())})](https://example.org)")
    qtbot.waitUntil(lambda: has_blue(reader.look()))
    assert not pictures_of(reader)
    reader.click(reader.rect(1).topLeft() + QPoint(20, 20))
    assert reader.signals == [("link_activated", "https://example.org", "a cat")]


def test_enter_on_a_picture_opens_it_and_escape_closes_it(reader: Reader, qtbot: QtBot) -> None:
    show(reader, f"![a cat]({data_uri(picture())})")
    reader.view._focus.set_message(1)
    for _ in range(10):
        control = reader.view.focused_control
        if control and control.command.verb is Verb.VIEW_PICTURE:
            break
        reader.press(Qt.Key.Key_Right)
    reader.press(Qt.Key.Key_Return)
    viewer = reader.view.window().findChild(PictureViewer)
    assert viewer is not None
    viewer.canvas.setFocus()
    qtbot.keyClick(viewer.canvas, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_a_picture_is_copied_in_its_own_size(reader: Reader, qtbot: QtBot) -> None:
    show(reader, f"![a cat]({data_uri(picture(2_000, 100))})")
    control = pictures_of(reader)[0]
    reader.view._menus.show_at(1, control.rect.center())
    action = next(action for action in menu_of(reader).actions() if action.text() == "Copy picture")
    action.trigger()
    menu_of(reader).close()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == 2_000)


def test_it_is_saved_as_the_bytes_it_came_as(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    data = picture()
    show(reader, f"![a cat]({data_uri(data)})")
    reader.view._picture_actions._write(data_uri(data), tmp_path / "cat.png")
    qtbot.waitUntil(lambda: (tmp_path / "cat.png").exists() and (tmp_path / "cat.png").read_bytes() == data)


def test_a_picture_that_cannot_be_saved_says_why(reader: Reader, qtbot: QtBot, tmp_path: Path) -> None:
    data = picture()
    show(reader, f"![a cat]({data_uri(data)})")
    reader.view._picture_actions._write(data_uri(data), tmp_path / "no such folder" / "cat.png")
    qtbot.waitUntil(lambda: reader.view.window().findChild(Sheet) is not None)
    sheet = reader.view.window().findChild(Sheet)
    assert sheet.accessibleName() == "The picture was not saved"
    assert "No such file or directory" in [label.text() for label in sheet.findChildren(QLabel)]


def test_its_address_can_be_copied(reader: Reader) -> None:
    show(reader, f"![a cat]({REMOTE})")
    reader.view._menus.show_at(1, reader.control(1, Verb.LOAD_PICTURE).rect.center())
    action = next(action for action in menu_of(reader).actions() if action.text() == "Copy picture address")
    action.trigger()
    menu_of(reader).close()
    assert QGuiApplication.clipboard().text() == REMOTE


def test_while_one_arrives_nothing_of_it_is_painted_again(reader: Reader, qtbot: QtBot) -> None:
    source = data_uri(picture())
    reader.show([question("Go"), answer("", state=MessageState.STREAMING)])
    reader.view.grow("m1", (TextDelta("![a cat](" + source[:30]),))
    QGuiApplication.processEvents()
    counters = reader.view.counters
    painted = counters.pixels_painted
    laid_out = counters.blocks_laid_out
    for _ in range(200):
        reader.view.grow("m1", (TextDelta("A" * 20),))
    QGuiApplication.processEvents()
    assert counters.pixels_painted - painted < reader.view.width() * 100
    assert counters.blocks_laid_out - laid_out <= 200
    assert any(
        isinstance(leaf.layout, PictureLayout)
        for p in reader.view.document[1].columns()
        for leaf in p.column._leaves.values()
    )


def test_it_streams_to_what_it_is_when_it_is_whole(make_reader: Callable[..., Reader], qtbot: QtBot) -> None:
    text = f"words\n\n![a cat]({data_uri(picture())})\n\nmore words"
    streamed, whole = make_reader(), make_reader()
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for start in range(0, len(text), 20):
        streamed.view.grow("m1", (TextDelta(text[start : start + 20]),))
    streamed.view.change_message(answer(text))
    whole.show([question("Go"), answer(text)])
    for reader in (streamed, whole):
        qtbot.waitUntil(lambda reader=reader: has_blue(reader.look()))
    assert streamed.look() == whole.look()


@pytest.mark.parametrize("around", ["Look at {} here.", "| a | b |\n|---|---|\n| {} | x |\n| y | z |\n"])
def test_one_among_words_or_in_a_table_is_shown_in_line_no_higher_than_three_lines(
    around: str, reader: Reader, qtbot: QtBot
) -> None:
    show(reader, around.format(f"![a cat]({data_uri(picture())})"))
    height = reader.view.document.height
    qtbot.waitUntil(lambda: has_blue(reader.look()))
    assert reader.view.document.height == height
    (control,) = pictures_of(reader)
    assert 60 <= control.rect.height() <= 3 * reader.view._appearance.theme.line("reading")
    assert abs(control.rect.width() - control.rect.height() * 320 / 200) < 12


def test_one_that_was_fetched_takes_the_place_of_its_words(reader: Reader, qtbot: QtBot) -> None:
    show(reader, f"Look at ![a cat]({REMOTE}) here.")
    before = reader.view.document.height
    reader.view.pictures.load(REMOTE)
    reader.view.show_picture(REMOTE, picture())
    assert reader.view.document.height > before
    qtbot.waitUntil(lambda: has_blue(reader.look()))


def test_one_in_line_follows_the_width_of_the_column(page: PageContext) -> None:
    spans = (Span("Wide "), Span("a", image=data_uri(picture(1_200, 100))), Span(" and more words behind it"))
    found, fresh = (TextFlow(spans, TextStyle(), page.theme, pictures=page.pictures) for _ in range(2))
    for width in (600, 200, 600):
        found.lay_out(width)
    fresh.lay_out(600)
    assert [found.cursor_rect(offset) for offset in range(found.length)] == [
        fresh.cursor_rect(offset) for offset in range(fresh.length)
    ]
    found.lay_out(200)
    assert found.natural_width <= 201


def test_what_is_found_below_a_tall_line_is_marked_where_it_stands(page: PageContext) -> None:
    spans = (Span("a", image=data_uri(picture())), Span(" words " * 60))
    found = TextFlow(spans, TextStyle(), page.theme, pictures=page.pictures)
    found.lay_out(300)
    offset = found.line_starts()[2]
    (mark, *_) = found.rects_of(offset, offset + 3)
    assert mark.top() == found.line_rect(offset).top()


def test_one_among_words_streams_to_what_it_is_when_it_is_whole(make_reader: Callable[..., Reader]) -> None:
    text = f"Look at ![a cat]({data_uri(picture(40, 90))}) here, and | not.\n\n| a |\n|---|\n| ![b]({data_uri(picture(30, 80))}) |\n| c |\n"
    streamed, whole = make_reader(), make_reader()
    streamed.show([question("Go"), answer("", state=MessageState.STREAMING)])
    for start in range(0, len(text), 37):
        streamed.view.grow("m1", (TextDelta(text[start : start + 37]),))
    streamed.view.change_message(answer(text))
    show(whole, text)
    assert streamed.view.document.height == whole.view.document.height
    assert [control.rect for control in pictures_of(streamed)] == [control.rect for control in pictures_of(whole)]
