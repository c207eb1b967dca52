import pytest
from PySide6.QtDBus import QDBusMessage, QDBusVariant
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style import desktop_portal
from chatdesk.ui_kit.style.appearance import SystemPreferences
from chatdesk.ui_kit.style.desktop_portal import DesktopPortal

APPEARANCE = "org.freedesktop.appearance"
INTERFACE = "org.gnome.desktop.interface"


@pytest.fixture
def portal(qtbot: QtBot) -> DesktopPortal:
    """There is no bus in tests: only what is said to it counts."""
    return DesktopPortal()


def test_without_a_desktop_it_knows_nothing(portal: DesktopPortal) -> None:
    assert (portal.dark, portal.high_contrast, portal.reduced_motion) == (None, False, False)


def test_it_follows_what_the_desktop_says_of_motion(qtbot: QtBot, portal: DesktopPortal) -> None:
    for animates in (False, True):
        with qtbot.waitSignal(portal.changed):
            portal.on_setting_changed(said(INTERFACE, "enable-animations", animates))
        assert portal.reduced_motion is not animates


@pytest.mark.parametrize(("value", "dark"), [(0, None), (1, True), (2, False), (7, None), ("1", None)])
def test_it_follows_what_the_desktop_says_of_colours(portal: DesktopPortal, value: object, dark: bool | None) -> None:
    portal.on_setting_changed(said(APPEARANCE, "color-scheme", value))
    assert portal.dark is dark


@pytest.mark.parametrize(("value", "high"), [(0, False), (1, True), (2, False), ("high", False)])
def test_it_follows_what_the_desktop_says_of_contrast(portal: DesktopPortal, value: object, high: bool) -> None:
    portal.on_setting_changed(said(APPEARANCE, "contrast", value))
    assert portal.high_contrast is high


@pytest.mark.parametrize(("space", "key"), [(INTERFACE, "clock-format"), ("org.other", "enable-animations")])
def test_other_settings_do_not_concern_it(qtbot: QtBot, portal: DesktopPortal, space: str, key: str) -> None:
    with qtbot.assertNotEmitted(portal.changed):
        portal.on_setting_changed(said(space, key, value=False))
    assert not portal.reduced_motion


def test_the_same_said_again_is_no_change(qtbot: QtBot, portal: DesktopPortal) -> None:
    portal.on_setting_changed(said(APPEARANCE, "contrast", 1))
    with qtbot.assertNotEmitted(portal.changed):
        portal.on_setting_changed(said(APPEARANCE, "contrast", 1))


@pytest.mark.skipif("sys.platform in ('win32', 'darwin')")
def test_the_look_follows_the_portal_where_qt_says_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[DesktopPortal] = []

    class Kept(DesktopPortal):
        def __init__(self, parent: SystemPreferences) -> None:
            super().__init__(parent)
            made.append(self)

    monkeypatch.setattr(desktop_portal, "DesktopPortal", Kept)
    preferences = SystemPreferences()
    preferences.query()
    assert (preferences.dark, preferences.high_contrast, preferences.reduced_motion) == (False, False, False)
    for space, key, value in (
        (APPEARANCE, "color-scheme", 1),
        (APPEARANCE, "contrast", 1),
        (INTERFACE, "enable-animations", False),
    ):
        with qtbot.waitSignal(preferences.changed):
            made[0].on_setting_changed(said(space, key, value))
    assert (preferences.dark, preferences.high_contrast, preferences.reduced_motion) == (True, True, True)


def said(space: str, key: str, value: object) -> QDBusMessage:
    message = QDBusMessage.createSignal("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings", "x")
    message.setArguments([space, key, QDBusVariant(value)])
    return message
