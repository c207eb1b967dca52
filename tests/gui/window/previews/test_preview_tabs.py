"""Things of a chat as tabs of the panel: opened, gone through, closed, and there again when the chat is."""

import pytest
from PySide6.QtWidgets import QTabBar

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.lazy import Lazy
from chatdesk.system.resources import Resources
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.previews.test_preview import panel


@pytest.fixture
def preview_hosts() -> ScriptedPreviewHosts:
    return ScriptedPreviewHosts()


@pytest.fixture
def previews(preview_hosts: ScriptedPreviewHosts) -> Previews:
    return Previews(Lazy(lambda: preview_hosts), Resources.locate().resources / "preview")


def page(title: str) -> str:
    calls = "".join(f"{title.lower()}{number}();\n" for number in range(8))
    return f"<!DOCTYPE html>\n<title>{title}</title>\n<script>\n{calls}</script>\n"


def bar(harness: Harness) -> QTabBar:
    return panel(harness).tabs


def titles(harness: Harness) -> list[str]:
    return [bar(harness).tabText(index) for index in range(bar(harness).count())]


async def make(harness: Harness, fake_model: FakeModel, *made: str) -> None:
    """Have things made, and open each."""
    for title in made:
        fake_model.says(f"```html\n{page(title)}```\n\nDone.")
        await harness.ask_and_wait(f"Make {title}")
        await open_last(harness)
        await harness.until(lambda title=title: titles(harness)[-1:] == [title])


async def open_last(harness: Harness) -> None:
    message = harness.transcript.last_answer_id()
    harness.transcript.preview_requested.emit(message, TEXT, 0)
    await harness.until(lambda: harness.window._preview._presenter.panel and panel(harness).isVisible())


async def test_another_thing_is_another_tab_and_the_first_is_frozen(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    assert titles(harness) == ["Snake", "Clock"]
    assert [host.paused for host in preview_hosts.made] == [True, False]


async def test_another_version_of_a_thing_stays_in_its_tab(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    fake_model.says(f"```html\n{page('Snake').replace('snake3', 'better')}```\n\nDone.")
    await harness.ask_and_wait("Better")
    await open_last(harness)
    await harness.until(lambda: len(preview_hosts.made[0].opened) == 2)
    assert titles(harness) == ["Snake", "Clock"]
    assert bar(harness).currentIndex() == 0


async def test_a_tab_that_comes_to_the_front_goes_on_where_it_was(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    bar(harness).setCurrentIndex(0)
    await harness.until(lambda: not preview_hosts.made[0].paused)
    assert preview_hosts.made[1].paused
    assert [len(host.opened) for host in preview_hosts.made] == [1, 1]
    panel(harness).show_view(View.CODE)
    assert panel(harness).code.edit.toPlainText() == page("Snake")


async def test_preview_of_what_is_open_in_a_tab_brings_it_to_the_front(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    first = harness.transcript.document.message(1).id
    harness.transcript.preview_requested.emit(first, TEXT, 0)
    await harness.until(lambda: bar(harness).currentIndex() == 0)
    assert len(preview_hosts.made[0].opened) == 1


async def test_a_page_that_was_put_away_starts_when_its_tab_is_chosen(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock", "Quiz", "Chart", "Tetris")
    await harness.until(lambda: len(preview_hosts.made) == 5 and preview_hosts.host.runs)
    assert not preview_hosts.made[0].runs
    bar(harness).setCurrentIndex(0)
    await harness.until(lambda: len(preview_hosts.made) == 6 and preview_hosts.host.runs)
    assert preview_hosts.host.opened == [page("Snake").encode()]


async def test_closing_a_tab_ends_its_page_and_shows_the_one_beside_it(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    panel(harness).tab_closed.emit(panel(harness)._tabs[1].key)
    await harness.until(lambda: not preview_hosts.made[0].paused)
    assert not preview_hosts.made[1].runs
    assert not bar(harness).isVisible()
    panel(harness).tab_closed.emit(panel(harness)._tabs[0].key)
    assert not panel(harness).isVisible()
    assert not preview_hosts.made[0].runs


async def test_tabs_belong_to_their_chat(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    await harness.until(lambda: len(preview_hosts.made) == 2 and preview_hosts.host.runs)
    first = harness.chat()
    harness.window.navigation.new_chat()
    await harness.until(lambda: not panel(harness).isVisible())
    await make(harness, fake_model, "Quiz")
    await harness.until(lambda: len(preview_hosts.made) == 3 and preview_hosts.host.runs)
    assert titles(harness) == ["Quiz"]
    harness.window.navigation.open(first)
    await harness.until(lambda: titles(harness) == ["Snake", "Clock"] and panel(harness).isVisible())
    await harness.until(lambda: not preview_hosts.made[1].paused)
    assert [host.paused for host in preview_hosts.made] == [True, False, True]


async def test_a_panel_that_was_closed_stays_closed_when_its_chat_comes_back(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake")
    first = harness.chat()
    harness.window._preview._presenter.close()
    harness.window.navigation.new_chat()
    harness.window.navigation.open(first)
    await harness.until(lambda: harness.chat() == first and harness.messages())
    assert not panel(harness).isVisible()


async def test_a_deleted_answer_takes_its_tab_along(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await make(harness, fake_model, "Snake", "Clock")
    harness.transcript.delete_requested.emit(harness.transcript.last_answer_id())
    await harness.until(lambda: titles(harness) == ["Snake"])


async def test_split_stays_split_while_code_is_written_and_when_it_runs(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.window.resize(1900, 900)
    await make(harness, fake_model, "Snake")
    panel(harness).show_view(View.SPLIT)
    await make(harness, fake_model, "Clock")
    assert panel(harness).view is View.SPLIT
