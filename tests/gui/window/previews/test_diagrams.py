"""Diagrams in answers: drawn by a click, kept as pictures, and shown as code whenever that is wanted."""

import asyncio

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from chatdesk.features.chat.ui.transcript.blocks.code.diagram_layout import DiagramLayout
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import DRAW_DIAGRAMS
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness

SOURCE = "flowchart LR\n  A --> B\n"
ANSWER = f"Two hands:\n\n```mermaid\n{SOURCE}```\n\nThat is all."


@pytest.fixture
def preview_hosts() -> ScriptedPreviewHosts:
    return ScriptedPreviewHosts()


@pytest.fixture
def previews(preview_hosts: ScriptedPreviewHosts) -> Previews:
    return Previews(Lazy(lambda: preview_hosts), Resources.locate().resources / "preview")


def height(harness: Harness) -> int:
    """The height of the diagram."""
    column = harness.transcript.document[1].column(TEXT)
    assert column
    return next(leaf.layout.height for leaf in column._leaves.values() if isinstance(leaf.layout, DiagramLayout))


async def ask(harness: Harness, fake_model: FakeModel, answer: str = ANSWER) -> None:
    fake_model.says(answer)
    await harness.ask_and_wait("Draw it")


async def draw(harness: Harness, preview_hosts: ScriptedPreviewHosts) -> None:
    await harness.until(lambda: harness.control(Verb.DRAW_DIAGRAM))
    harness.click_control(Verb.DRAW_DIAGRAM)
    await harness.until(lambda: preview_hosts.drawings)


async def test_a_click_draws_the_diagram_in_place_of_its_code(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    assert b"flowchart LR" in preview_hosts.drawings[0][0]
    assert harness.control(Verb.STOP_DIAGRAM)
    preview_hosts.answer_drawing(300, 120)
    await harness.until(lambda: harness.control(Verb.SHOW_DIAGRAM_CODE))
    assert height(harness) > 120
    assert not harness.control(Verb.WRAP_CODE)


async def test_it_has_no_card_and_no_second_preview_button(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: harness.control(Verb.DRAW_DIAGRAM))
    await asyncio.sleep(0)
    assert not harness.control(Verb.OPEN_PREVIEW)
    assert preview_hosts.idle_checks == []


async def test_its_code_can_be_shown_instead_and_the_picture_again(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    preview_hosts.answer_drawing(300, 200)
    await harness.until(lambda: harness.control(Verb.SHOW_DIAGRAM_CODE))
    drawn = height(harness)
    harness.click_control(Verb.SHOW_DIAGRAM_CODE)
    await harness.until(lambda: harness.control(Verb.WRAP_CODE))
    assert height(harness) < drawn
    harness.click_control(Verb.SHOW_DIAGRAM)
    await harness.until(lambda: not harness.control(Verb.WRAP_CODE))
    assert height(harness) == drawn


async def test_copy_takes_the_source_and_the_menu_the_picture(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    preview_hosts.answer_drawing(300, 120)
    await harness.until(lambda: harness.control(Verb.SHOW_DIAGRAM_CODE))
    harness.click_control(Verb.COPY_CODE)
    assert QGuiApplication.clipboard().text() == SOURCE
    control = harness.control(Verb.COPY_CODE)
    assert control
    index = len(harness.transcript.document) - 1
    harness.transcript._menus.show_beside(index, control.command)
    menu = next(found for found in harness.transcript.viewport().findChildren(QMenu) if found.isVisible())
    next(action for action in menu.actions() if action.text() == "Copy picture").trigger()
    assert QGuiApplication.clipboard().image().width() == 300


async def test_the_text_of_the_answer_stays_its_source(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    preview_hosts.answer_drawing()
    await harness.until(lambda: harness.control(Verb.SHOW_DIAGRAM_CODE))
    assert "A --> B" in harness.words(1)


async def test_a_diagram_that_cannot_be_drawn_stays_code_with_the_reason(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: harness.control(Verb.DRAW_DIAGRAM))
    before = height(harness)
    await draw(harness, preview_hosts)
    preview_hosts.answer_drawing(reason="Parse error on line 2")
    await harness.until(lambda: height(harness) > before)
    assert harness.control(Verb.WRAP_CODE)
    assert harness.control(Verb.DRAW_DIAGRAM)


async def test_drawing_can_be_stopped(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    harness.click_control(Verb.STOP_DIAGRAM)
    await harness.until(lambda: harness.control(Verb.DRAW_DIAGRAM))
    assert preview_hosts.cancelled == 1


async def test_a_diagram_drawn_before_is_shown_again_without_drawing(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    preview_hosts.answer_drawing(300, 120)
    folder = Folders.locate().cache / "diagrams"
    await harness.until(lambda: [file for file in folder.glob("*") if not file.suffix])
    diagrams = harness.window._preview._diagrams
    assert diagrams
    diagrams._known.clear()  # as after a start
    harness.transcript._restyle()
    await harness.until(lambda: harness.control(Verb.SHOW_DIAGRAM_CODE))
    assert preview_hosts.drawings == []


async def test_the_setting_draws_without_a_click(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    harness.program.settings.set(DRAW_DIAGRAMS, True)
    await ask(harness, fake_model, ANSWER.replace("A --> B", "C --> D"))
    await harness.until(lambda: preview_hosts.drawings)


async def test_another_theme_has_a_picture_of_its_own(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await draw(harness, preview_hosts)
    preview_hosts.answer_drawing()
    await harness.until(lambda: harness.control(Verb.SHOW_DIAGRAM_CODE))
    dark = harness.window._appearance.theme.scheme.dark
    harness.window._appearance.set_scheme("light" if dark else "dark")
    await harness.until(lambda: harness.control(Verb.DRAW_DIAGRAM))


async def test_its_large_view_is_in_the_side_panel_and_wants_no_keyboard(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: harness.control(Verb.PREVIEW_CODE))
    harness.click_control(Verb.PREVIEW_CODE)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    await harness.until(lambda: not harness.part("previewState").isVisible())


async def test_code_of_more_than_200_kb_stays_code(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model, ANSWER.replace("A --> B", "A --> B\n" * 30_000))
    await harness.until(lambda: harness.control(Verb.COPY_CODE))
    assert not harness.control(Verb.DRAW_DIAGRAM)
