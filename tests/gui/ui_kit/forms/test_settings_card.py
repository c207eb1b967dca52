"""A declared setting gets its control, changes at once, and follows what else changes it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from chatdesk.kernel.settings.declarations import (
    LANGUAGE,
    REASONING,
    SEND_KEY,
    THEME,
    USE_SYSTEM_PROXY,
    ZOOM,
    ZOOM_STEPS,
    Choice,
    Setting,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.forms.settings_card import SettingRow, SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.switch import Switch
from tests.gui.features.settings.settings_harness import part

FOUR = Setting("test.four", "b", "Four", "", tuple(Choice(key, key.upper()) for key in "abcd"))


@pytest.fixture
async def settings() -> AsyncIterator[Settings]:
    settings = Settings({}, lambda _values: None)
    yield settings
    await settings.close()


@pytest.fixture
def card(appearance: Appearance, settings: Settings, qtbot) -> QWidget:
    card = SettingsCard(appearance, settings)
    qtbot.addWidget(card)
    for setting in (THEME, LANGUAGE, ZOOM, SEND_KEY, REASONING, USE_SYSTEM_PROXY, FOUR):
        card.add(setting)
    return card


def segment(segments: Segments, text: str) -> QAbstractButton:
    return next(button for button in segments.findChildren(QAbstractButton) if button.text() == text)


async def test_no_row_is_lower_than_the_others(card: QWidget, appearance: Appearance) -> None:
    rows = card.findChildren(SettingRow)
    assert {row.height() for row in rows if row.height() < appearance.theme.length("rowSetting")} == set()
    assert all(row.minimumHeight() == appearance.theme.length("rowSetting") for row in rows)


async def test_a_few_choices_are_segments(card: QWidget, settings: Settings) -> None:
    segments = part(card, Segments, THEME.key)
    assert segments.key() == "system"
    segment(segments, "Dark").click()
    assert settings.get(THEME) == "dark"


async def test_more_choices_are_a_box(card: QWidget, settings: Settings) -> None:
    box = part(card, QComboBox, FOUR.key)
    assert [box.itemText(index) for index in range(box.count())] == ["A", "B", "C", "D"]
    assert box.currentData() == "b"
    box.setCurrentIndex(3)
    box.activated.emit(3)
    assert settings.get(FOUR) == "d"


async def test_yes_or_no_is_a_switch(card: QWidget, settings: Settings) -> None:
    switch = part(card, Switch, USE_SYSTEM_PROXY.key)
    assert switch.isChecked()
    switch.click()
    assert settings.get(USE_SYSTEM_PROXY) is False


async def test_zoom_is_chosen_in_percent(card: QWidget, settings: Settings) -> None:
    box = part(card, QComboBox, ZOOM.key)
    assert box.currentText() == "100%"
    box.setCurrentIndex(ZOOM_STEPS.index(150))
    box.activated.emit(box.currentIndex())
    assert settings.get(ZOOM) == 150


async def test_a_zoom_between_the_steps_shows_the_nearest(card: QWidget, settings: Settings) -> None:
    settings.set(ZOOM, 148)
    assert part(card, QComboBox, ZOOM.key).currentText() == "150%"
    assert settings.get(ZOOM) == 148


async def test_a_change_from_elsewhere_is_shown(card: QWidget, settings: Settings) -> None:
    settings.set(SEND_KEY, "ctrl_enter")
    settings.set(USE_SYSTEM_PROXY, value=False)
    assert part(card, Segments, SEND_KEY.key).key() == "ctrl_enter"
    assert not part(card, Switch, USE_SYSTEM_PROXY.key).isChecked()


async def test_a_control_has_the_settings_name(card: QWidget) -> None:
    assert part(card, Segments, REASONING.key).accessibleName() == "Reasoning"
    assert part(card, QComboBox, ZOOM.key).accessibleName() == "Zoom"


async def test_a_card_that_is_gone_listens_no_longer(appearance: Appearance, settings: Settings, qapp) -> None:
    card = SettingsCard(appearance, settings)
    card.add(ZOOM)
    card.deleteLater()
    await asyncio.sleep(0)
    qapp.sendPostedEvents(card, 52)  # QEvent.DeferredDelete
    settings.set(ZOOM, 200)
    assert settings.get(ZOOM) == 200
