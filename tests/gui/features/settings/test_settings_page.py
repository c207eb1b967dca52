"""The page as a whole: sections, keys, widths, languages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

import chatdesk
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.kernel.settings.declarations import LANGUAGE
from chatdesk.kernel.web_engine import PINNED
from chatdesk.ui_kit.shortcuts import SHORTCUTS
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.segments import Segments
from tests.gui.features.settings.marking_translator import MarkingTranslator
from tests.gui.features.settings.sample_settings import sample_settings
from tests.gui.features.settings.settings_desk import SettingsDesk, all_texts, part


@pytest.fixture
def marking(qapp: QApplication) -> Iterator[MarkingTranslator]:
    translator = MarkingTranslator()
    yield translator
    qapp.removeTranslator(translator)


async def test_a_section_is_shown_by_its_name(desk: SettingsDesk) -> None:
    desk.page.show_section("servers")
    assert desk.page._pages.currentWidget() is desk.page._sections["servers"]
    assert part(desk.page, QAbstractButton, "section.servers").isChecked()


async def test_without_a_name_the_section_shown_last_is_shown(desk: SettingsDesk) -> None:
    desk.page.show_section("chat")
    desk.page.show_section("")
    assert desk.page._list.current() == "chat"


async def test_every_sections_title_stands_in_the_same_place(desk: SettingsDesk) -> None:
    desk.page.resize(1280, 600)
    desk.page.show()
    places = set()
    for name, section in desk.page._sections.items():
        desk.page.show_section(name)
        await desk.settle()
        for _ in range(3):  # a scroll bar comes once the column is laid out, and then the column again
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        title = section._title
        places.add((title.mapTo(desk.page, title.rect().topLeft()).toTuple(), title.height()))
    keyboard = desk.page._sections["keyboard"]
    assert keyboard.viewport().width() < keyboard.width()
    assert len(places) == 1


async def test_escape_goes_back_to_the_chats_from_anywhere(desk: SettingsDesk, qtbot) -> None:
    desk.page.show_section("servers")
    desk.page.show()
    card = desk.card("Ollama")
    card.set_open(is_open=True)
    await desk.settle()
    for name in ("serverAddress", "serverHeaders", "serverSwitch"):
        with qtbot.waitSignal(desk.page.closed):
            QTest.keyClick(part(card, QWidget, name), Qt.Key.Key_Escape)


async def test_the_back_row_goes_back(desk: SettingsDesk, qtbot) -> None:
    with qtbot.waitSignal(desk.page.closed):
        desk.press(desk.page, "backToChats")


async def test_the_arrow_keys_go_through_the_sections(desk: SettingsDesk) -> None:
    desk.page.show()
    desk.page.show_section("general")
    desk.page.activateWindow()
    assert QTest.qWaitForWindowActive(desk.page)
    assert desk.page._list._buttons["general"].hasFocus()
    QTest.keyClick(desk.page._list._buttons["general"], Qt.Key.Key_Down)
    assert desk.page._list.current() == "chat"


async def test_a_narrow_page_shows_icons_with_their_words_as_tooltips(desk: SettingsDesk) -> None:
    button = part(desk.page, QAbstractButton, "section.servers")
    desk.page.resize(1000, 700)
    desk.page.show()
    assert button.toolTip() == ""
    wide = desk.page._list.width()
    desk.page.resize(560, 700)
    QApplication.processEvents()
    assert desk.page._list.width() < wide / 4
    assert button.toolTip() == "Servers"
    assert button.accessibleName() == "Servers"


@pytest.mark.parametrize(("zoom", "width"), [(100, 560), (100, 1280), (200, 900)])
async def test_nothing_is_wider_than_its_section(appearance: Appearance, tmp_path: Path, zoom: int, width: int) -> None:
    appearance.set_zoom(zoom)
    desk = await sample_settings(appearance, tmp_path)
    desk.page.resize(width, 900)
    desk.page.show()
    for name in desk.page._sections:
        desk.page.show_section(name)
        QApplication.processEvents()
        section = desk.page._sections[name]
        assert section.widget().width() <= section.viewport().width()
        for card in section.findChildren(ServerCard):
            assert card.geometry().right() < section.viewport().width()
    await desk.close()


async def test_another_language_changes_every_text_at_once(
    desk: SettingsDesk, qapp: QApplication, marking: MarkingTranslator
) -> None:
    section = desk.page._sections["servers"]
    section.begin(desk.servers.vendors["deepseek"])
    desk.card("Ollama").set_open(is_open=True)
    desk.press(desk.card("Ollama"), "testServer")
    await desk.settle()
    desk.page.show()
    assert qapp.installTranslator(marking)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    data = {"", "Chatdesk", "Ollama", "DeepSeek", "100%", "https://", "Esc"}
    data |= {server.base_url for server in (*desk.servers.all(), desk.servers.vendors["deepseek"])}
    data |= {keys for shortcut in SHORTCUTS for keys in shortcut.keys}
    unchanged = [text for text in all_texts(desk.page) if "⟦" not in text and text not in data]
    assert unchanged == []


async def test_every_control_that_the_keyboard_reaches_has_a_name(desk: SettingsDesk) -> None:
    desk.page._sections["servers"].begin(desk.servers.vendors["deepseek"])
    nameless = [
        control
        for place in (desk.page._list, *desk.page._sections.values())
        for control in place.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and control.isVisibleTo(place)
        and control.focusProxy() is None
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
    ]
    assert nameless == []


async def test_about_says_which_version_this_is(desk: SettingsDesk) -> None:
    assert any(text.startswith(f"Version {chatdesk.__version__}, with Qt 6.") for text in all_texts(desk.page))
    assert any(
        f"in Chromium {PINNED.chromium}, with security fixes up to 155." in text for text in all_texts(desk.page)
    )


async def test_another_language_leaves_the_keyboard_on_the_setting_that_chose_it(
    desk: SettingsDesk, qapp: QApplication, marking: MarkingTranslator
) -> None:
    desk.page.show()
    desk.page.activateWindow()
    assert QTest.qWaitForWindowActive(desk.page)
    segments = part(desk.page, Segments, LANGUAGE.key)
    next(button for button in segments.findChildren(QAbstractButton) if button.isChecked()).setFocus()
    assert qapp.installTranslator(marking)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert segments.isAncestorOf(qapp.focusWidget())
    assert qapp.focusWidget().isChecked()


async def test_a_setting_chosen_in_the_page_reaches_the_services(desk: SettingsDesk) -> None:
    segments = part(desk.page, Segments, LANGUAGE.key)
    next(button for button in segments.findChildren(QAbstractButton) if button.text() == "简体中文").click()
    assert desk.settings.get(LANGUAGE) == "zh_CN"


async def test_long_names_are_cut_rather_than_pushing_the_switch_away(desk: SettingsDesk) -> None:
    ollama = desk.servers.find("ollama")
    name = "A server with a name that goes on and on " * 5
    await desk.servers.save(replace(ollama, name=name.strip()))
    await desk.settle()
    desk.page.resize(560, 700)
    desk.page.show_section("servers")
    desk.page.show()
    QApplication.processEvents()
    card = desk.card(name.strip())
    switch = part(card, QWidget, "serverSwitch")
    assert switch.mapTo(card, switch.rect().bottomRight()).x() < card.width()
    assert card.width() < desk.page.width()
