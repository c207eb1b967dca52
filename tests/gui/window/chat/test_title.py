"""What the window's title says."""

from tests.gui.window.harness import Harness


async def test_the_title_says_settings_while_they_are_shown(harness: Harness) -> None:
    before = harness.window.windowTitle()
    harness.window.show_settings()
    assert harness.window.windowTitle() == "Settings"
    harness.router.show_chats()
    assert harness.window.windowTitle() == before == "New chat"
