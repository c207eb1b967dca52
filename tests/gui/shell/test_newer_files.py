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
