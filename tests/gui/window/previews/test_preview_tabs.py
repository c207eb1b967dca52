"""Things of a chat as tabs of the panel: opened, gone through, closed, and there again when the chat is."""

import pytest
from PySide6.QtWidgets import QTabBar

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.system.resources import Resources
from tests.fakes.scripted_stage import ScriptedStages
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.previews.test_preview import panel


@pytest.fixture
def stages() -> ScriptedStages:
    return ScriptedStages()


@pytest.fixture
def previews(stages: ScriptedStages) -> Previews:
    return Previews(stages, Resources.locate().resources / "preview")


def page(title: str) -> str:
    calls = "".join(f"{title.lower()}{number}();\n" for number in range(8))
    return f"<!DOCTYPE html>\n<title>{title}</title>\n<script>\n{calls}</script>\n"


def bar(desk: Desk) -> QTabBar:
    return panel(desk).tabs


def titles(desk: Desk) -> list[str]:
    return [bar(desk).tabText(index) for index in range(bar(desk).count())]


async def make(desk: Desk, speaker: Speaker, *made: str) -> None:
    """Have things made, and open each."""
    for title in made:
        speaker.says(f"```html\n{page(title)}```\n\nDone.")
        await desk.ask_and_wait(f"Make {title}")
        await open_last(desk)
        await desk.until(lambda title=title: titles(desk)[-1:] == [title])


async def open_last(desk: Desk) -> None:
    message = desk.transcript.last_answer_id()
    desk.transcript.preview_requested.emit(message, TEXT, 0)
    await desk.until(lambda: desk.window._preview._presenter.panel and panel(desk).isVisible())


async def test_another_thing_is_another_tab_and_the_first_is_frozen(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake", "Clock")
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    assert titles(desk) == ["Snake", "Clock"]
    assert [stage.paused for stage in stages.made] == [True, False]


async def test_another_version_of_a_thing_stays_in_its_tab(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake", "Clock")
    speaker.says(f"```html\n{page('Snake').replace('snake3', 'better')}```\n\nDone.")
    await desk.ask_and_wait("Better")
    await open_last(desk)
    await desk.until(lambda: len(stages.made[0].opened) == 2)
    assert titles(desk) == ["Snake", "Clock"]
    assert bar(desk).currentIndex() == 0


async def test_a_tab_that_comes_to_the_front_goes_on_where_it_was(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake", "Clock")
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    bar(desk).setCurrentIndex(0)
    await desk.until(lambda: not stages.made[0].paused)
    assert stages.made[1].paused
    assert [len(stage.opened) for stage in stages.made] == [1, 1]
    panel(desk).show_view(View.CODE)
    assert panel(desk).code.edit.toPlainText() == page("Snake")


async def test_preview_of_what_is_open_in_a_tab_brings_it_to_the_front(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake", "Clock")
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    first = desk.transcript.document.message(1).id
    desk.transcript.preview_requested.emit(first, TEXT, 0)
    await desk.until(lambda: bar(desk).currentIndex() == 0)
    assert len(stages.made[0].opened) == 1


async def test_a_page_that_was_put_away_starts_when_its_tab_is_chosen(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake", "Clock", "Quiz", "Chart", "Tetris")
    await desk.until(lambda: len(stages.made) == 5 and stages.stage.runs)
    assert not stages.made[0].runs
    bar(desk).setCurrentIndex(0)
    await desk.until(lambda: len(stages.made) == 6 and stages.stage.runs)
    assert stages.stage.opened == [page("Snake").encode()]


async def test_closing_a_tab_ends_its_page_and_shows_the_one_beside_it(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake", "Clock")
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    panel(desk).tab_closed.emit(panel(desk)._tabs[1].key)
    await desk.until(lambda: not stages.made[0].paused)
    assert not stages.made[1].runs
    assert not bar(desk).isVisible()
    panel(desk).tab_closed.emit(panel(desk)._tabs[0].key)
    assert not panel(desk).isVisible()
    assert not stages.made[0].runs


async def test_tabs_belong_to_their_chat(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await make(desk, speaker, "Snake", "Clock")
    await desk.until(lambda: len(stages.made) == 2 and stages.stage.runs)
    first = desk.chat()
    desk.window.navigation.new_chat()
    await desk.until(lambda: not panel(desk).isVisible())
    await make(desk, speaker, "Quiz")
    await desk.until(lambda: len(stages.made) == 3 and stages.stage.runs)
    assert titles(desk) == ["Quiz"]
    desk.window.navigation.open(first)
    await desk.until(lambda: titles(desk) == ["Snake", "Clock"] and panel(desk).isVisible())
    await desk.until(lambda: not stages.made[1].paused)
    assert [stage.paused for stage in stages.made] == [True, False, True]


async def test_a_panel_that_was_closed_stays_closed_when_its_chat_comes_back(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await make(desk, speaker, "Snake")
    first = desk.chat()
    desk.window._preview._presenter.close()
    desk.window.navigation.new_chat()
    desk.window.navigation.open(first)
    await desk.until(lambda: desk.chat() == first and desk.messages())
    assert not panel(desk).isVisible()


async def test_a_deleted_answer_takes_its_tab_along(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await make(desk, speaker, "Snake", "Clock")
    desk.transcript.delete_requested.emit(desk.transcript.last_answer_id())
    await desk.until(lambda: titles(desk) == ["Snake"])


async def test_split_stays_split_while_code_is_written_and_when_it_runs(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    desk.window.resize(1900, 900)
    await make(desk, speaker, "Snake")
    panel(desk).show_view(View.SPLIT)
    await make(desk, speaker, "Clock")
    assert panel(desk).view is View.SPLIT
