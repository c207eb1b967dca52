"""From an answer with a page in it to its card, and from the card to the panel."""

import asyncio

import pytest
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.lazy import Lazy
from chatdesk.system.resources import Resources
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts
from tests.gui.window.harness import FakeModel, Harness

PAGE = "<!DOCTYPE html>\n<title>Snake</title>\n<script>\nbegin();\n</script>\n"
ANSWER = f"Here it is.\n\n```html\n{PAGE}```\n\nArrow keys steer."


@pytest.fixture
def preview_hosts() -> ScriptedPreviewHosts:
    return ScriptedPreviewHosts()


@pytest.fixture
def previews(preview_hosts: ScriptedPreviewHosts) -> Previews:
    return Previews(Lazy(lambda: preview_hosts), Resources.locate().resources / "preview")


def cards(harness: Harness, index: int = -1) -> list[ArtifactCard]:
    index %= len(harness.transcript.document)
    return [strip.card for strip in harness.transcript.document[index].cards]


async def ask(harness: Harness, fake_model: FakeModel, answer: str = ANSWER) -> None:
    fake_model.says(answer)
    await harness.ask_and_wait("A game")


async def test_a_finished_answer_shows_what_it_holds_and_opens_it(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: cards(harness))
    assert cards(harness) == [ArtifactCard(1, "Snake", "HTML", 5)]
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    assert preview_hosts.host.opened == [PAGE.encode()]
    assert cards(harness)[0].shown
    control = harness.control(Verb.OPEN_PREVIEW)
    assert control is not None
    assert control.caption == "Shown in the side panel"


async def test_what_runs_already_is_gone_to_and_not_begun_again(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: cards(harness))
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    harness.edit.setFocus()
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(preview_hosts.host.widget.hasFocus)
    assert len(preview_hosts.host.opened) == 1


async def test_the_next_version_numbers_the_cards_of_all(harness: Harness, fake_model: FakeModel) -> None:
    await ask(harness, fake_model)
    await ask(harness, fake_model, ANSWER.replace("begin();", "begin();\nfaster();"))
    await harness.until(lambda: [card.number for card in cards(harness)] == [2])
    await harness.until(lambda: cards(harness, 1)[0].count == 2)
    assert (cards(harness, 1)[0].number, cards(harness)[0].count) == (1, 2)
    assert cards(harness)[0].lines == 6


async def test_a_version_of_ones_own_counts_and_is_shown_instead(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: cards(harness))
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: preview_hosts.made and preview_hosts.host.runs)
    panel = harness.window.findChild(PreviewPanel)
    assert panel is not None
    panel.show_view(View.CODE)
    QTest.keyClicks(panel.code.edit, " ")
    harness.part("runCode").click()
    await harness.until(lambda: cards(harness)[0].count == 2)
    assert not cards(harness)[0].shown


async def test_closing_the_panel_takes_the_mark_away(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: cards(harness))
    harness.click_control(Verb.OPEN_PREVIEW)
    await harness.until(lambda: cards(harness)[0].shown)
    harness.window._preview._presenter.close()
    assert not cards(harness)[0].shown


async def test_small_talk_and_data_have_no_card_and_load_nothing(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model, "Like so:\n\n```python\nprint(1)\n```\n\n```json\n[1]\n```")
    assert cards(harness) == []
    assert not harness.window._preview._cards._loading
    assert preview_hosts.idle_checks == []


async def test_long_code_is_looked_through_beside_the_screen(
    harness: Harness, fake_model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = PAGE.replace("begin();\n", "begin();\n" * 3_000)
    await ask(harness, fake_model, ANSWER)  # what knows code is loaded now
    await harness.until(lambda: cards(harness))
    looked: list[str] = []
    monkeypatch.setattr(harness.window._preview._cards, "_analyze", lambda message, _: looked.append(message.id))
    await ask(harness, fake_model, f"```html\n{long}```")
    await harness.until(lambda: cards(harness))
    assert cards(harness)[0].lines == 3_004
    assert looked == []


async def test_cards_are_there_when_a_chat_is_opened_again(harness: Harness, fake_model: FakeModel) -> None:
    await ask(harness, fake_model)
    await harness.until(lambda: cards(harness))
    chat = harness.chat()
    harness.window.navigation.new_chat()
    await harness.chat_presenter.open(chat)
    await harness.until(lambda: cards(harness))
    assert cards(harness) == [ArtifactCard(1, "Snake", "HTML", 5)]


async def test_the_engine_is_warmed_up_once_when_a_page_begins_and_not_before(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    before, after = asyncio.Event(), asyncio.Event()
    fake_model.says("A game: ", before, "\n\n```html\n<title>", after, "Snake</title>\n```\n\nDone.")
    harness.ask("A game")
    await harness.until(lambda: "A game" in harness.answer())
    assert preview_hosts.idle_checks == []
    before.set()
    await harness.until(lambda: preview_hosts.idle_checks)
    after.set()
    await harness.until(lambda: harness.answer().endswith("Done.") and not harness.streaming())
    await ask(harness, fake_model)
    assert len(preview_hosts.idle_checks) == 1
    assert preview_hosts.made == [], "nothing opens"


async def test_who_types_is_left_alone_by_the_warming(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    warming = harness.window._preview._warming
    assert warming is not None
    now = 100.0
    warming._clock = lambda: now
    is_idle = preview_hosts.idle_checks[0]
    is_idle()
    now += 1
    assert is_idle()
    harness.type("a")
    assert not is_idle()
    now += 1
    assert is_idle()


async def test_warming_stops_with_the_program(
    harness: Harness, fake_model: FakeModel, preview_hosts: ScriptedPreviewHosts
) -> None:
    await ask(harness, fake_model)
    assert not preview_hosts.warming_stopped
    await harness.close()
    assert preview_hosts.warming_stopped
