"""What the window's title says."""

from tests.gui.window.desk import Desk


async def test_the_title_says_settings_while_they_are_shown(desk: Desk) -> None:
    before = desk.window.windowTitle()
    desk.window.show_settings()
    assert desk.window.windowTitle() == "Settings"
    desk.window._places.show_chats()
    assert desk.window.windowTitle() == before == "New chat"
