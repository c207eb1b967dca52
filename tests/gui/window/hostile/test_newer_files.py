"""What a person reads when a newer Chatdesk was here before."""

import json
from collections.abc import Awaitable, Callable

import pytest

from chatdesk.kernel.settings.declarations import THEME
from chatdesk.system.folders import Folders
from tests.gui.window.desk import Desk, Speaker


async def test_settings_of_a_newer_version_are_told_of_and_kept(
    speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    folders = Folders.locate()
    folders.make()
    content = json.dumps({"format": 2, "appearance": {"theme": "dusk"}})
    (folders.config / "settings.json").write_text(content)
    desk = await open_desk()
    assert desk.toast()[:1] == ["A newer version of Chatdesk was used before"]
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
    desk.window._places.show_page("translation")
    await desk.until(desk.toast)
    assert desk.toast()[0] == "Your data was saved by a newer version of Chatdesk."
    page = desk.window._places.currentWidget()
    await desk.until(lambda: page._desk.document.rows)
    page._desk.set_text("Hello.")
    await desk.close()
    assert (folders.data / "translation.json.newer-1").read_text() == content


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("downloads.json", lambda _desk: None),  # they are taken up at the start
        ("batch.jsonl", lambda desk: desk.window.show_batch()),
        ("speed checks.json", lambda desk: desk.window._models_page.show()),
        ("speed checks.json", lambda desk: desk.window._steps.measure_chosen()),
    ],
    ids=["downloads", "batch", "speeds", "speeds-dialog"],
)
async def test_what_a_newer_version_left_is_told_where_it_would_be_seen(
    name: str, opened: Callable[[Desk], object], speaker: Speaker, open_desk: Callable[[], Awaitable[Desk]]
) -> None:
    folders = Folders.locate()
    folders.make()
    file = folders.data / name
    content = json.dumps({"format": 2}) + "\n"
    file.write_text(content)
    desk = await open_desk()
    await desk.until(lambda: desk.program.models.was_asked)
    opened(desk)
    await desk.until(desk.toast)
    told, more, *_ = desk.toast()
    assert told == "Your data was saved by a newer version of Chatdesk."
    assert str(file) in more
    await desk.close()
    assert file.read_text() == content
