"""What a person reads when a newer Chatdesk was here before."""

import json
from collections.abc import Awaitable, Callable

import pytest

from chatdesk.features.translation.ui.translation_page import TranslationPage
from chatdesk.kernel.settings.declarations import THEME
from chatdesk.system.folders import Folders
from tests.gui.window.harness import FakeModel, Harness


async def test_settings_of_a_newer_version_are_reported_and_kept(
    fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    folders = Folders.locate()
    folders.make()
    content = json.dumps({"format": 2, "appearance": {"theme": "dusk"}})
    (folders.config / "settings.json").write_text(content)
    harness = await open_harness()
    assert harness.toast()[:1] == ["A newer version of Chatdesk was used before"]
    assert harness.program.settings.get(THEME) == THEME.default
    await harness.close()
    assert (folders.config / "settings.json.newer-1").read_text() == content


async def test_the_desk_of_a_newer_version_is_reported_kept_and_empty(
    fake_model: FakeModel, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    folders = Folders.locate()
    folders.make()
    content = json.dumps({"format": 2, "pages": ["mine"]})
    (folders.data / "translation.json").write_text(content)
    harness = await open_harness()
    harness.router.show_page("translation")
    await harness.until(harness.toast)
    assert harness.toast()[0] == "Your data was saved by a newer version of Chatdesk."
    page = harness.window.findChild(TranslationPage)
    await harness.until(lambda: page._session.document.rows)
    page._session.set_text("Hello.")
    await harness.close()
    assert (folders.data / "translation.json.newer-1").read_text() == content


@pytest.mark.parametrize(
    ("name", "opened"),
    [
        ("downloads.json", lambda _harness: None),  # they are taken up at the start
        ("batch.jsonl", lambda harness: harness.router.show_page("batch", "")),
        ("speed checks.json", lambda harness: harness.router.show_models()),
        ("speed checks.json", lambda harness: harness.next_steps.measure_chosen()),
    ],
    ids=["downloads", "batch", "speeds", "speeds-dialog"],
)
async def test_what_a_newer_version_left_is_reported_where_it_would_be_seen(
    name: str,
    opened: Callable[[Harness], object],
    fake_model: FakeModel,
    open_harness: Callable[[], Awaitable[Harness]],
) -> None:
    folders = Folders.locate()
    folders.make()
    file = folders.data / name
    content = json.dumps({"format": 2}) + "\n"
    file.write_text(content)
    harness = await open_harness()
    await harness.until(lambda: harness.program.servers.models.was_asked)
    opened(harness)
    await harness.until(harness.toast)
    message, more, *_ = harness.toast()
    assert message == "Your data was saved by a newer version of Chatdesk."
    assert str(file) in more
    await harness.close()
    assert file.read_text() == content
