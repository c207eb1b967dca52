"""Presets in the window: chosen by a slash, filled in, sent, changed and taken off."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.features.presets.ui.use.preset_popup import PresetPopup
from chatdesk.kernel.settings.declarations import NEW_CHAT_PRESET
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.widgets.chip import Chip
from tests.gui.window.desk import Desk, Speaker

SHOUT = """\
+++
name = "Shout it"
description = "In large letters"
thinking = "off"

[parameters]
temperature = 0.25

[[variables]]
name = "to"
label = "To whom"
required = true

[[variables]]
name = "size"
kind = "choice"
choices = ["small", "large"]
default = "large"
+++
Shout in {{size}} letters to {{to}}.
"""

GAME = """\
+++
name = "A game"
+++
+++ question
Write a game. {{input}}
"""

MIA = """\
+++
name = "Mia"
+++
You are Mia.

+++ greeting
Hi, I am Mia.
"""


@pytest.fixture(autouse=True)
def own_presets() -> Path:
    folder = Folders.locate().data / "presets"
    folder.mkdir(parents=True)
    for name, text in (("shout", SHOUT), ("game", GAME), ("mia", MIA)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def type_keys(widget: QWidget, text: str) -> None:
    QTest.keyClicks(widget, text)


def popup(desk: Desk) -> PresetPopup | None:
    found = desk.window.findChild(PresetPopup)
    return found if found and found.isVisible() else None


def chip(desk: Desk) -> str:
    found = desk.window.findChild(Chip, "presetChip")
    return "" if found.isHidden() else found.text()


async def choose(desk: Desk, words: str) -> None:
    """Type a slash, some letters, and Enter."""
    await desk.until(lambda: desk.program.presets.loaded)
    type_keys(desk.edit, "/")
    search = popup(desk).findChild(QLineEdit, "presetSearch")
    type_keys(search, words)
    QTest.keyClick(search, Qt.Key.Key_Return)
    await desk.until(lambda: popup(desk) is None)


def system_of(asked: dict) -> str:
    first = asked["messages"][0]
    return first["content"] if first["role"] == "system" else ""


async def test_a_preset_is_chosen_by_slash_filled_in_by_keyboard_and_sent(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "shou")
    assert chip(desk) == "Shout it"
    assert desk.edit.text() == ""
    to = desk.part("variable_to").findChild(QLineEdit)
    assert to.hasFocus()
    type_keys(to, "Ann")
    QTest.keyClick(to, Qt.Key.Key_Return)
    type_keys(desk.part("variable_size"), "s")
    desk.ask("hello")
    await desk.until(lambda: desk.answer() == "Yes.")
    assert system_of(speaker.asked[0]) == "Shout in small letters to Ann."
    assert speaker.asked[0]["options"]["temperature"] == 0.25
    await desk.until(lambda: not desk.streaming())
    assert desk.part("presetStrip").isHidden()
    assert chip(desk) == "Shout it"
    assert desk.program.presets.state("own:shout").uses == 1


async def test_what_is_needed_is_asked_for_and_nothing_is_lost(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "shout")
    desk.ask("hello")
    assert desk.edit.text() == "hello"
    assert desk.part("variable_to").findChild(QLineEdit).hasFocus()
    assert speaker.asked == []
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Ann")
    desk.click("sendButton")
    await desk.until(lambda: speaker.asked)
    assert speaker.last_question() == "hello"


async def test_the_prompt_is_shown_as_it_will_be_sent(desk: Desk) -> None:
    await choose(desk, "shout")
    desk.click("showPrompt")
    preview = desk.part("promptPreview")
    assert isinstance(preview, QPlainTextEdit)
    assert preview.toPlainText() == "Shout in large letters to {{to}}."
    type_keys(desk.part("variable_to").findChild(QLineEdit), "{{size}}")
    assert preview.toPlainText() == "Shout in large letters to {{size}}."


async def test_a_slash_that_meant_no_preset_is_written(desk: Desk) -> None:
    await desk.until(lambda: desk.program.presets.loaded)
    type_keys(desk.edit, "/")
    search = popup(desk).findChild(QLineEdit, "presetSearch")
    type_keys(search, "usr/bin")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    await desk.until(lambda: popup(desk) is None)
    assert desk.edit.text() == "/usr/bin"
    assert desk.edit.hasFocus()


async def test_a_slash_inside_a_text_is_a_slash(desk: Desk) -> None:
    type_keys(desk.edit, "a/b")
    assert desk.edit.text() == "a/b"
    assert popup(desk) is None


async def test_a_preset_with_an_opening_is_sent_without_a_text(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "a game")
    desk.click("sendButton")
    await desk.until(lambda: desk.answer() == "Yes.")
    assert speaker.last_question() == "Write a game."
    assert desk.title() == "A game"
    desk.ask("faster")
    await desk.until(lambda: len(speaker.asked) == 2)
    assert speaker.last_question() == "faster"


async def test_a_character_greets_and_the_greeting_stays_in_the_chat(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "mia")
    assert desk.part("greeting").text() == "Hi, I am Mia."
    desk.ask("hello")
    await desk.until(lambda: desk.messages() == ["Hi, I am Mia.", "hello", "Yes."])
    assert [message["role"] for message in speaker.asked[0]["messages"]] == ["system", "user"]


async def test_the_preset_of_a_chat_is_taken_off_in_mid_chat(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "mia")
    await desk.ask_and_wait("hello")
    QTest.keyClick(desk.part("presetChip"), Qt.Key.Key_Delete)
    assert chip(desk) == ""
    await desk.ask_and_wait("again")
    assert "You are Mia." not in system_of(speaker.asked[1])


async def test_another_preset_takes_its_place_in_mid_chat(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "mia")
    await desk.ask_and_wait("hello")
    await choose(desk, "shout")
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Bob")
    await desk.ask_and_wait("again")
    assert system_of(speaker.asked[1]).startswith("Shout in large letters to Bob.")


async def test_chats_keep_their_presets_apart(desk: Desk) -> None:
    await choose(desk, "mia")
    await desk.ask_and_wait("hello")
    first = desk.chat()
    desk.click("newChat")
    assert chip(desk) == ""
    await choose(desk, "shout")
    desk.window.navigation.open(first)
    await desk.until(lambda: chip(desk) == "Mia")
    desk.click("newChat")
    assert chip(desk) == "Shout it"


async def test_what_was_just_filled_in_belongs_to_the_chat_it_was_filled_in_for(desk: Desk) -> None:
    await desk.ask_and_wait("hello")
    first = desk.chat()
    desk.click("newChat")
    await choose(desk, "shout")
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Ann")
    desk.window.navigation.open(first)
    await desk.until(lambda: desk.chat() == first and chip(desk) == "")
    assert desk.program.conversations.get(first).preset is None
    desk.click("newChat")
    assert desk.part("variable_to").findChild(QLineEdit).text() == "Ann"


async def test_what_is_filled_in_is_kept_while_one_goes_on(desk: Desk) -> None:
    await choose(desk, "shout")
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Ann")
    await desk.until(lambda: '"Ann"' in desk.program.settings.get(NEW_CHAT_PRESET))


async def test_what_is_filled_in_survives_a_restart(desk: Desk, open_desk: Callable[[], Awaitable[Desk]]) -> None:
    await choose(desk, "shout")
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Ann")
    await desk.close()
    again = await open_desk()
    assert chip(again) == "Shout it"
    assert again.part("variable_to").findChild(QLineEdit).text() == "Ann"


async def test_the_last_values_are_offered_again(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "shout")
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Ann")
    await desk.ask_and_wait("hello")
    desk.click("newChat")
    await choose(desk, "shout")
    assert desk.part("variable_to").findChild(QLineEdit).text() == "Ann"
    assert isinstance(desk.part("variable_size"), QComboBox)


async def test_a_preset_that_changes_leaves_chats_as_they_are(desk: Desk, speaker: Speaker, own_presets: Path) -> None:
    await choose(desk, "mia")
    await desk.ask_and_wait("hello")
    (own_presets / "mia.md").write_text(MIA.replace("You are Mia.", "You are Bob."), "utf-8")
    await desk.program.presets.look_again()
    await desk.ask_and_wait("again")
    assert system_of(speaker.asked[1]).startswith("You are Mia.")


async def test_thinking_follows_the_preset_and_then_the_person(desk: Desk, speaker: Speaker) -> None:
    desk.choose_model("thinker:8b")
    await choose(desk, "shout")
    type_keys(desk.part("variable_to").findChild(QLineEdit), "Ann")
    await desk.ask_and_wait("hello")
    assert speaker.asked[0]["think"] is False
    desk.click("think")
    await desk.ask_and_wait("again")
    assert speaker.asked[1]["think"] is True


async def test_the_start_page_offers_what_is_used(desk: Desk, speaker: Speaker) -> None:
    await choose(desk, "a game")
    desk.click("sendButton")
    await desk.until(lambda: desk.answer() == "Yes.")
    desk.click("newChat")

    def first() -> SuggestionCard:
        return next(card for card in desk.window.findChildren(SuggestionCard) if not card.isHidden())

    await desk.until(lambda: first().text() == "A game")
    first().click()
    assert chip(desk) == "A game"


async def test_the_clipboard_is_read_only_when_it_is_asked_for(desk: Desk, own_presets: Path) -> None:
    text = '+++\n[[variables]]\nname = "x"\nkind = "clipboard"\n+++\nSay {{x}}.'
    (own_presets / "paste.md").write_text(text, "utf-8")
    QGuiApplication.clipboard().setText("from elsewhere")
    await desk.until(lambda: desk.program.presets.loaded)
    await desk.program.presets.look_again()
    await choose(desk, "paste")
    field = desk.part("variable_x")
    assert field.toPlainText() == ""
    desk.click("fetch_x")
    assert field.toPlainText() == "from elsewhere"


async def test_an_at_sign_opens_the_models_and_is_written_if_none_is_chosen(desk: Desk) -> None:
    await desk.until(lambda: desk.window._models.chosen)
    type_keys(desk.edit, "@")
    search = desk.part("modelSearch")
    type_keys(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert desk.window._models.chosen.ref.model_id == "thinker:8b"
    assert desk.edit.text() == ""
    type_keys(desk.edit, "@")
    type_keys(search, "home")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert desk.edit.text() == "@home"


async def test_what_a_field_begins_with_by_itself_is_sent(desk: Desk, speaker: Speaker, own_presets: Path) -> None:
    (own_presets / "day.md").write_text(
        '+++\nname = "Day"\n[[variables]]\nname = "on"\nkind = "date"\n+++\nIt is {{on}}.\n', "utf-8"
    )
    await desk.until(lambda: desk.program.presets.loaded)
    await desk.program.presets.look_again()
    await choose(desk, "day")
    desk.ask("hello")
    await desk.until(lambda: desk.answer() == "Yes.")
    assert system_of(speaker.asked[0]) == f"It is {QDate.currentDate().toString(Qt.DateFormat.ISODate)}."


async def test_a_preset_of_megabytes_is_used_and_read_by_no_start(
    desk: Desk, speaker: Speaker, own_presets: Path
) -> None:
    (own_presets / "huge.md").write_text('+++\nname = "Huge"\n+++\n' + "Rules, rules. " * 300_000, "utf-8")
    await desk.until(lambda: desk.program.presets.loaded)
    await desk.program.presets.look_again()
    await choose(desk, "huge")
    assert desk.program.settings.get(NEW_CHAT_PRESET) == ""
    assert chip(desk) == "Huge"
    desk.window._chat.presets.show()
    assert chip(desk) == "Huge"
    desk.ask("hello")
    await desk.until(lambda: desk.messages() and desk.notices())
    assert desk.notices()[0] == "Even without older messages, this does not fit the model's context window."
