"""From an answer with a page in it to its card, and from the card to the panel."""

import asyncio

import pytest
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.artifact_cards import ArtifactCard
from chatdesk.features.chat.ui.transcript.controls import Verb
from chatdesk.features.previews.ui.panel.panel_header import View
from chatdesk.features.previews.ui.panel.preview_panel import PreviewPanel
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.system.resources import Resources
from tests.fakes.scripted_stage import ScriptedStages
from tests.gui.window.desk import Desk, Speaker

PAGE = "<!DOCTYPE html>\n<title>Snake</title>\n<script>\nbegin();\n</script>\n"
ANSWER = f"Here it is.\n\n```html\n{PAGE}```\n\nArrow keys steer."


@pytest.fixture
def stages() -> ScriptedStages:
    return ScriptedStages()


@pytest.fixture
def previews(stages: ScriptedStages) -> Previews:
    return Previews(stages, Resources.locate().resources / "preview")


def cards(desk: Desk, index: int = -1) -> list[ArtifactCard]:
    index %= len(desk.transcript.document)
    return [strip.card for strip in desk.transcript.document[index].cards]


async def ask(desk: Desk, speaker: Speaker, answer: str = ANSWER) -> None:
    speaker.says(answer)
    await desk.ask_and_wait("A game")


async def test_a_finished_answer_shows_what_it_holds_and_opens_it(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask(desk, speaker)
    await desk.until(lambda: cards(desk))
    assert cards(desk) == [ArtifactCard(1, "Snake", "HTML", 5)]
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: stages.made and stages.stage.runs)
    assert stages.stage.opened == [PAGE.encode()]
    assert cards(desk)[0].shown
    control = desk.control(Verb.OPEN_PREVIEW)
    assert control is not None
    assert control.caption == "Shown in the side panel"


async def test_what_runs_already_is_gone_to_and_not_begun_again(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask(desk, speaker)
    await desk.until(lambda: cards(desk))
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: stages.made and stages.stage.runs)
    desk.edit.setFocus()
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(stages.stage.widget.hasFocus)
    assert len(stages.stage.opened) == 1


async def test_the_next_version_numbers_the_cards_of_all(desk: Desk, speaker: Speaker) -> None:
    await ask(desk, speaker)
    await ask(desk, speaker, ANSWER.replace("begin();", "begin();\nfaster();"))
    await desk.until(lambda: [card.number for card in cards(desk)] == [2])
    await desk.until(lambda: cards(desk, 1)[0].count == 2)
    assert (cards(desk, 1)[0].number, cards(desk)[0].count) == (1, 2)
    assert cards(desk)[0].lines == 6


async def test_a_version_of_ones_own_counts_and_is_shown_instead(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask(desk, speaker)
    await desk.until(lambda: cards(desk))
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: stages.made and stages.stage.runs)
    panel = desk.window.findChild(PreviewPanel)
    assert panel is not None
    panel.show_view(View.CODE)
    QTest.keyClicks(panel.code.edit, " ")
    desk.part("runCode").click()
    await desk.until(lambda: cards(desk)[0].count == 2)
    assert not cards(desk)[0].shown


async def test_closing_the_panel_takes_the_mark_away(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask(desk, speaker)
    await desk.until(lambda: cards(desk))
    desk.click_control(Verb.OPEN_PREVIEW)
    await desk.until(lambda: cards(desk)[0].shown)
    desk.window._preview._presenter.close()
    assert not cards(desk)[0].shown


async def test_small_talk_and_data_have_no_card_and_load_nothing(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    await ask(desk, speaker, "Like so:\n\n```python\nprint(1)\n```\n\n```json\n[1]\n```")
    assert cards(desk) == []
    assert not desk.window._preview._cards._loading
    assert stages.calm == []


async def test_long_code_is_looked_through_beside_the_screen(
    desk: Desk, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = PAGE.replace("begin();\n", "begin();\n" * 3_000)
    await ask(desk, speaker, ANSWER)  # what knows code is loaded now
    await desk.until(lambda: cards(desk))
    looked: list[str] = []
    monkeypatch.setattr(desk.window._preview._cards, "_look_through", lambda message, _: looked.append(message.id))
    await ask(desk, speaker, f"```html\n{long}```")
    await desk.until(lambda: cards(desk))
    assert cards(desk)[0].lines == 3_004
    assert looked == []


async def test_cards_are_there_when_a_chat_is_opened_again(desk: Desk, speaker: Speaker) -> None:
    await ask(desk, speaker)
    await desk.until(lambda: cards(desk))
    chat = desk.chat()
    desk.window.navigation.new_chat()
    await desk.window._chat.open(chat)
    await desk.until(lambda: cards(desk))
    assert cards(desk) == [ArtifactCard(1, "Snake", "HTML", 5)]


async def test_the_engine_is_warmed_up_once_when_a_page_begins_and_not_before(
    desk: Desk, speaker: Speaker, stages: ScriptedStages
) -> None:
    before, after = asyncio.Event(), asyncio.Event()
    speaker.says("A game: ", before, "\n\n```html\n<title>", after, "Snake</title>\n```\n\nDone.")
    desk.ask("A game")
    await desk.until(lambda: "A game" in desk.answer())
    assert stages.calm == []
    before.set()
    await desk.until(lambda: stages.calm)
    after.set()
    await desk.until(lambda: desk.answer().endswith("Done.") and not desk.streaming())
    await ask(desk, speaker)
    assert len(stages.calm) == 1
    assert stages.made == [], "nothing opens"


async def test_who_types_is_left_alone_by_the_warming(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask(desk, speaker)
    warming = desk.window._preview._warming
    assert warming is not None
    now = 100.0
    warming._clock = lambda: now
    calm = stages.calm[0]
    calm()
    now += 1
    assert calm()
    desk.type("a")
    assert not calm()
    now += 1
    assert calm()


async def test_warming_stops_with_the_program(desk: Desk, speaker: Speaker, stages: ScriptedStages) -> None:
    await ask(desk, speaker)
    assert not stages.warming_stopped
    await desk.close()
    assert stages.warming_stopped
