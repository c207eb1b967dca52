"""What a person reads when a newer Chatdesk was here before."""

import json
from collections.abc import Awaitable, Callable

from chatdesk.domain.settings import THEME
from chatdesk.system.folders import Folders
from tests.gui.shell.desk import Desk, Speaker


async def test_settings_of_a_newer_version_are_told_of_and_kept(
    speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    folders = Folders.locate()
    folders.make()
    content = json.dumps({"format": 2, "appearance": {"theme": "dusk"}})
    (folders.config / "settings.json").write_text(content)
    desk = await open_desk()
    assert desk.toast()[:1] == ["A newer version of Chatdesk was here"]
    assert desk.program.settings.get(THEME) == THEME.default
    await desk.close()
    assert (folders.config / "settings.json.newer-1").read_text() == content


async def test_the_desk_of_a_newer_version_is_told_of_kept_and_empty(
    speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    folders = Folders.locate()
    folders.make()
    content = json.dumps({"format": 2, "pages": ["mine"]})
    (folders.data / "translation.json").write_text(content)
    desk = await open_desk()
    desk.window._places.show_desk()
    await desk.until(desk.toast)
    assert desk.toast()[0] == "What is kept here was written by a newer version of Chatdesk."
    page = desk.window._places._desk
    await desk.until(lambda: page._desk.document.rows)
    page._desk.set_text("Hello.")
    await desk.close()
    assert (folders.data / "translation.json.newer-1").read_text() == content
