"""Versions of a thing: those of all branches, and those a person makes, which stay."""

from collections.abc import Awaitable, Callable

import pytest

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.previews.ui.panel.panel_header import View
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.previews.test_preview import panel
from tests.gui.window.previews.test_preview_tabs import make, open_last, page, preview_hosts, previews

MINE, NOT_RUN, SAME, OTHER = (f"<!DOCTYPE html>\n<p>{word}" for word in ("mine", "not run", "same", "other"))
__all__ = ["preview_hosts", "previews"]


def listed(harness: Harness) -> list[tuple[str, str]]:
    """Names and origins of the versions, oldest first."""
    return [(row.name, row.origin) for row in panel(harness).versions._versions]


async def change(harness: Harness, preview_hosts: ScriptedPreviewHosts, text: str) -> None:
    """Replace the code by another one and run it."""
    opened = len(preview_hosts.host.opened)
    panel(harness).show_view(View.CODE)
    panel(harness).code.edit.setPlainText(text)
    panel(harness).code.edit.run_pressed.emit()
    await harness.until(lambda: len(preview_hosts.host.opened) > opened)


async def opened_snake(harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts) -> None:
    await make(harness, fake_model, "Snake")
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)


async def test_changed_code_is_a_version_that_says_so(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, MINE)
    assert listed(harness) == [("Version 1", "Answer to “Make Snake”"), ("Version 2", "Changed by you")]
    assert preview_hosts.host.opened[-1] == MINE.encode()


async def test_a_regenerated_answer_is_a_version_beside_the_one_before(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    fake_model.says(f"```html\n{page('Snake').replace('snake3', 'better')}```\n\nDone.")
    harness.chat_presenter.regenerate_last()
    await harness.until(lambda: len(listed(harness)) == 2)
    assert preview_hosts.host.opened == [page("Snake").encode()], "what runs goes on"


async def test_a_later_answer_does_not_change_the_number_of_an_own_version(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, page("Snake").replace("snake3", "mine"))
    fake_model.says(f"```html\n{page('Snake').replace('snake3', 'better')}```\n\nDone.")
    await harness.ask_and_wait("Better")
    await harness.until(lambda: len(listed(harness)) == 3)
    assert [origin for _, origin in listed(harness)] == [
        "Answer to “Make Snake”",
        "Changed by you",
        "Answer to “Better”",
    ]


async def test_what_changed_is_shown_when_a_version_is_looked_at(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, page("Snake").replace("snake3();", "mine();"))
    panel(harness).show_view(View.VERSIONS)
    await harness.until(panel(harness).versions.differences.isVisible)
    model = panel(harness).versions.differences.model()
    assert "mine();" in [model.index(row, 0).data() for row in range(model.rowCount())]


async def test_an_old_version_is_restored_as_the_newest_and_the_chat_stays(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, MINE)
    before = harness.messages()
    panel(harness).restore_requested.emit(0)
    await harness.until(lambda: len(listed(harness)) == 3)
    await harness.until(lambda: preview_hosts.host.opened[-1] == page("Snake").encode())
    assert listed(harness)[-1] == ("Version 3", "Version 1, restored by you")
    assert harness.messages() == before


async def test_restoring_can_be_undone(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, MINE)
    panel(harness).restore_requested.emit(0)
    await harness.until(lambda: harness.toast() == ["Version 1 restored as the newest version", "Ctrl+Z", "Undo"])
    harness.click_toast()
    await harness.until(lambda: len(listed(harness)) == 2)
    await harness.until(lambda: preview_hosts.host.opened[-1] == MINE.encode())


async def test_changed_code_that_was_not_run_stays_with_its_version(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, MINE)
    panel(harness).show_view(View.CODE)
    panel(harness).code.edit.setPlainText(NOT_RUN)
    panel(harness).version_chosen.emit(0)
    await harness.until(lambda: panel(harness).code.edit.toPlainText() == page("Snake"))
    panel(harness).version_chosen.emit(1)
    await harness.until(lambda: panel(harness).code.edit.toPlainText() == NOT_RUN)
    assert panel(harness).code.has_changes


async def test_own_versions_are_there_after_a_restart_those_not_run_among_them(
    open_harness: Callable[[], Awaitable[Harness]], fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness = await open_harness()
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, MINE)
    panel(harness).show_view(View.CODE)
    panel(harness).code.edit.setPlainText(NOT_RUN)
    await harness.close()
    again = await open_harness()
    await open_last(again)
    await again.until(lambda: len(listed(again)) == 3)
    panel(again).show_view(View.CODE)
    panel(again).version_chosen.emit(2)
    await again.until(lambda: panel(again).code.edit.toPlainText() == NOT_RUN)


async def test_a_closed_panel_keeps_changed_code_as_a_version(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    panel(harness).show_view(View.CODE)
    panel(harness).code.edit.setPlainText(NOT_RUN)
    harness.window._preview._presenter.close()
    message = harness.transcript.last_answer_id()
    harness.transcript.preview_requested.emit(message, TEXT, 0)
    await harness.until(lambda: len(listed(harness)) == 2)


@pytest.mark.parametrize("text", [SAME, OTHER])
async def test_code_is_run_again_without_a_new_version_if_nothing_changed(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts, text: str
) -> None:
    await opened_snake(harness, fake_model, preview_hosts)
    await change(harness, preview_hosts, SAME)
    await change(harness, preview_hosts, text)
    assert len(listed(harness)) == (2 if text == SAME else 3)
