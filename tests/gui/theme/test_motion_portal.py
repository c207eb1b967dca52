import pytest
from PySide6.QtDBus import QDBusMessage, QDBusVariant
from pytestqt.qtbot import QtBot

from chatdesk.ui.theme.motion_portal import MotionPortal


@pytest.fixture
def portal(qtbot: QtBot) -> MotionPortal:
    """There is no bus in tests: only what is said to it counts."""
    return MotionPortal()


def test_without_a_desktop_everything_may_move(portal: MotionPortal) -> None:
    assert not portal.reduced


def test_it_follows_what_the_desktop_says(qtbot: QtBot, portal: MotionPortal) -> None:
    with qtbot.waitSignal(portal.changed):
        portal.on_setting_changed(said("org.gnome.desktop.interface", "enable-animations", value=False))
    assert portal.reduced
    with qtbot.waitSignal(portal.changed):
        portal.on_setting_changed(said("org.gnome.desktop.interface", "enable-animations", value=True))
    assert not portal.reduced


@pytest.mark.parametrize(
    ("space", "key"), [("org.gnome.desktop.interface", "clock-format"), ("org.other", "enable-animations")]
)
def test_other_settings_do_not_concern_it(qtbot: QtBot, portal: MotionPortal, space: str, key: str) -> None:
    with qtbot.assertNotEmitted(portal.changed):
        portal.on_setting_changed(said(space, key, value=False))
    assert not portal.reduced


def said(space: str, key: str, *, value: bool) -> QDBusMessage:
    message = QDBusMessage.createSignal("/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings", "x")
    message.setArguments([space, key, QDBusVariant(value)])
    return message
