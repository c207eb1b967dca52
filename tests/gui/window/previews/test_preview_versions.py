"""Versions of a thing: those of all branches, and those a person makes, which stay."""

from collections.abc import Awaitable, Callable

import pytest

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.previews.ui.panel.panel_header import View
from tests.fakes.scripted_stage import ScriptedStages
from tests.gui.window.desk import Desk, Speaker
from tests.gui.window.previews.test_preview import panel
from tests.gui.window.previews.test_preview_tabs import make, open_last, page, previews, stages

MINE, NOT_RUN, SAME, OTHER = (f"<!DOCTYPE html>\n<p>{word}" for word in ("mine", "not run", "same", "other"))
__all__ = ["previews", "stages"]


def listed(desk: Desk) -> list[tuple[str, str]]:
    """Names and origins of the versions, oldest first."""
    return [(row.name, row.origin) for row in panel(desk).versions._versions]


async def change(desk: Desk, stages: ScriptedStages, text: str) -> None:
    """Replace the code by another one and run it."""
    opened = len(stages.stage.opened)
    panel(desk).show_view(View.CODE)
    panel(desk).code.edit.setPlainText(text)
    panel(desk).code.edit.run_pressed.emit()
    await desk.until(lambda: len(stages.stage.opened) > opened)


async def opened_snake(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await make(desk, speaker, "Snake")
    await desk.until(lambda: stages.made and stages.stage.runs)


async def test_changed_code_is_a_version_that_says_so(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, MINE)
    assert listed(desk) == [("Version 1", "Answer to “Make Snake”"), ("Version 2", "Changed by you")]
    assert stages.stage.opened[-1] == MINE.encode()


async def test_a_regenerated_answer_is_a_version_beside_the_one_before(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await opened_snake(desk, speaker, stages)
    speaker.says(f"```html\n{page('Snake').replace('snake3', 'better')}```\n\nDone.")
    desk.window._chat.regenerate_last()
    await desk.until(lambda: len(listed(desk)) == 2)
    assert stages.stage.opened == [page("Snake").encode()], "what runs goes on"


async def test_a_later_answer_does_not_change_the_number_of_an_own_version(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, page("Snake").replace("snake3", "mine"))
    speaker.says(f"```html\n{page('Snake').replace('snake3', 'better')}```\n\nDone.")
    await desk.ask_and_wait("Better")
    await desk.until(lambda: len(listed(desk)) == 3)
    assert [origin for _, origin in listed(desk)] == [
        "Answer to “Make Snake”",
        "Changed by you",
        "Answer to “Better”",
    ]


async def test_what_changed_is_shown_when_a_version_is_looked_at(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, page("Snake").replace("snake3();", "mine();"))
    panel(desk).show_view(View.VERSIONS)
    await desk.until(panel(desk).versions.differences.isVisible)
    model = panel(desk).versions.differences.model()
    assert "mine();" in [model.index(row, 0).data() for row in range(model.rowCount())]


async def test_an_old_version_is_restored_as_the_newest_and_the_chat_stays(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, MINE)
    before = desk.messages()
    panel(desk).restore_wanted.emit(0)
    await desk.until(lambda: len(listed(desk)) == 3)
    await desk.until(lambda: stages.stage.opened[-1] == page("Snake").encode())
    assert listed(desk)[-1] == ("Version 3", "Version 1, restored by you")
    assert desk.messages() == before


async def test_restoring_can_be_undone(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, MINE)
    panel(desk).restore_wanted.emit(0)
    await desk.until(lambda: desk.toast() == ["Version 1 restored as the newest version", "Undo"])
    desk.click_toast()
    await desk.until(lambda: len(listed(desk)) == 2)
    await desk.until(lambda: stages.stage.opened[-1] == MINE.encode())


async def test_changed_code_that_was_not_run_stays_with_its_version(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, MINE)
    panel(desk).show_view(View.CODE)
    panel(desk).code.edit.setPlainText(NOT_RUN)
    panel(desk).version_chosen.emit(0)
    await desk.until(lambda: panel(desk).code.edit.toPlainText() == page("Snake"))
    panel(desk).version_chosen.emit(1)
    await desk.until(lambda: panel(desk).code.edit.toPlainText() == NOT_RUN)
    assert panel(desk).code.has_changes


async def test_own_versions_are_there_after_a_restart_those_not_run_among_them(
    open_desk: Callable[[], Awaitable[Desk]], speaker: Speaker, stages: ScriptedStages
) -> None:
    desk = await open_desk()
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, MINE)
    panel(desk).show_view(View.CODE)
    panel(desk).code.edit.setPlainText(NOT_RUN)
    await desk.close()
    again = await open_desk()
    await open_last(again)
    await again.until(lambda: len(listed(again)) == 3)
    panel(again).show_view(View.CODE)
    panel(again).version_chosen.emit(2)
    await again.until(lambda: panel(again).code.edit.toPlainText() == NOT_RUN)


async def test_a_closed_panel_keeps_changed_code_as_a_version(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await opened_snake(desk, speaker, stages)
    panel(desk).show_view(View.CODE)
    panel(desk).code.edit.setPlainText(NOT_RUN)
    desk.window._preview._presenter.close()
    message = desk.transcript.last_answer_id()
    desk.transcript.preview_requested.emit(message, TEXT, 0)
    await desk.until(lambda: len(listed(desk)) == 2)


@pytest.mark.parametrize("text", [SAME, OTHER])
async def test_code_is_run_again_without_a_new_version_if_nothing_changed(
    desk: Desk, speaker: Speaker, stages: ScriptedStages, text: str
) -> None:
    await opened_snake(desk, speaker, stages)
    await change(desk, stages, SAME)
    await change(desk, stages, text)
    assert len(listed(desk)) == (2 if text == SAME else 3)
