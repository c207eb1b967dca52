"""Presets in the window: chosen by a slash, filled in, sent, changed and taken off."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from chatdesk.features.chat.ui.composer.suggestions import SuggestionCard
from chatdesk.features.presets.ui.use.long_text_field import LongTextField
from chatdesk.features.presets.ui.use.preset_popup import PresetPopup
from chatdesk.kernel.settings.declarations import NEW_CHAT_PRESET
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.widgets.chip import Chip
from chatdesk.ui_kit.widgets.label import Label
from tests.fakes.document_files import pdf, scanned_pdf
from tests.gui.window.harness import FakeModel, Harness

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


def popup(harness: Harness) -> PresetPopup | None:
    found = harness.window.findChild(PresetPopup)
    return found if found and found.isVisible() else None


def chip(harness: Harness) -> str:
    found = harness.window.findChild(Chip, "presetChip")
    return "" if found.isHidden() else found.text()


async def choose(harness: Harness, query: str) -> None:
    """Type a slash, some letters, and Enter."""
    await harness.until(lambda: harness.program.presets.presets.loaded)
    type_keys(harness.edit, "/")
    search = popup(harness).findChild(QLineEdit, "presetSearch")
    type_keys(search, query)
    QTest.keyClick(search, Qt.Key.Key_Return)
    await harness.until(lambda: popup(harness) is None)


def system_of(asked: dict) -> str:
    first = asked["messages"][0]
    return first["content"] if first["role"] == "system" else ""


async def test_a_preset_is_chosen_by_slash_filled_in_by_keyboard_and_sent(
    harness: Harness, fake_model: FakeModel
) -> None:
    await choose(harness, "shou")
    assert chip(harness) == "Shout it"
    assert harness.edit.text() == ""
    to = harness.part("variable_to").findChild(QLineEdit)
    assert to.hasFocus()
    type_keys(to, "Ann")
    QTest.keyClick(to, Qt.Key.Key_Return)
    type_keys(harness.part("variable_size"), "s")
    harness.ask("hello")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert system_of(fake_model.asked[0]) == "Shout in small letters to Ann."
    assert fake_model.asked[0]["options"]["temperature"] == 0.25
    await harness.until(lambda: not harness.streaming())
    assert harness.part("presetStrip").isHidden()
    assert chip(harness) == "Shout it"
    assert harness.program.presets.presets.state("own:shout").uses == 1


async def test_what_is_needed_is_asked_for_and_nothing_is_lost(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "shout")
    harness.ask("hello")
    assert harness.edit.text() == "hello"
    assert harness.part("variable_to").findChild(QLineEdit).hasFocus()
    assert fake_model.asked == []
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Ann")
    harness.click("sendButton")
    await harness.until(lambda: fake_model.asked)
    assert fake_model.last_question() == "hello"


async def test_the_prompt_is_shown_as_it_will_be_sent(harness: Harness) -> None:
    await choose(harness, "shout")
    harness.click("showPrompt")
    preview = harness.part("promptPreview")
    assert isinstance(preview, QPlainTextEdit)
    assert preview.toPlainText() == "Shout in large letters to {{to}}."
    type_keys(harness.part("variable_to").findChild(QLineEdit), "{{size}}")
    assert preview.toPlainText() == "Shout in large letters to {{size}}."


async def test_a_slash_that_meant_no_preset_is_written(harness: Harness) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    type_keys(harness.edit, "/")
    search = popup(harness).findChild(QLineEdit, "presetSearch")
    type_keys(search, "usr/bin")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    await harness.until(lambda: popup(harness) is None)
    assert harness.edit.text() == "/usr/bin"
    assert harness.edit.hasFocus()


async def test_a_slash_inside_a_text_is_a_slash(harness: Harness) -> None:
    type_keys(harness.edit, "a/b")
    assert harness.edit.text() == "a/b"
    assert popup(harness) is None


async def test_a_preset_with_an_opening_is_sent_without_a_text(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "a game")
    harness.click("sendButton")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert fake_model.last_question() == "Write a game."
    assert harness.title() == "A game"
    harness.ask("faster")
    await harness.until(lambda: len(fake_model.asked) == 2)
    assert fake_model.last_question() == "faster"


async def test_a_character_greets_and_the_greeting_stays_in_the_chat(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "mia")
    assert harness.part("greeting").text() == "Hi, I am Mia."
    harness.ask("hello")
    await harness.until(lambda: harness.messages() == ["Hi, I am Mia.", "hello", "Yes."])
    assert [message["role"] for message in fake_model.asked[0]["messages"]] == ["system", "user"]


async def test_the_preset_of_a_chat_is_taken_off_in_mid_chat(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "mia")
    await harness.ask_and_wait("hello")
    QTest.keyClick(harness.part("presetChip"), Qt.Key.Key_Delete)
    assert chip(harness) == ""
    await harness.ask_and_wait("again")
    assert "You are Mia." not in system_of(fake_model.asked[1])


async def test_in_a_narrow_window_the_title_has_the_room_of_the_presets_name(harness: Harness) -> None:
    await choose(harness, "Explain like a good teacher")
    await harness.ask_and_wait("Why is the sky blue on a clear day in summer?")
    title, found = harness.part("chatTitle"), harness.window.findChild(Chip, "presetChip")
    wide = found.width()
    harness.window.resize(560, 700)
    await harness.until(lambda: found.width() < wide / 2)
    assert title.width() > 3 * found.width()
    assert found.toolTip() == "Preset: Explain like a good teacher"
    assert found.visibleRegion().boundingRect().size() == found.size()
    harness.window.resize(1280, 700)
    await harness.until(lambda: found.width() == wide)


async def test_another_preset_takes_its_place_in_mid_chat(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "mia")
    await harness.ask_and_wait("hello")
    await choose(harness, "shout")
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Bob")
    await harness.ask_and_wait("again")
    assert system_of(fake_model.asked[1]).startswith("Shout in large letters to Bob.")


async def test_chats_keep_their_presets_apart(harness: Harness) -> None:
    await choose(harness, "mia")
    await harness.ask_and_wait("hello")
    first = harness.chat()
    harness.click("newChat")
    assert chip(harness) == ""
    await choose(harness, "shout")
    harness.window.navigation.open(first)
    await harness.until(lambda: chip(harness) == "Mia")
    harness.click("newChat")
    assert chip(harness) == ""


async def test_what_was_just_filled_in_belongs_to_the_chat_it_was_filled_in_for(harness: Harness) -> None:
    await harness.ask_and_wait("hello")
    first = harness.chat()
    harness.click("newChat")
    await choose(harness, "shout")
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Ann")
    harness.window.navigation.open(first)
    await harness.until(lambda: harness.chat() == first and chip(harness) == "")
    assert harness.program.chat.conversations.get(first).preset is None
    harness.click("newChat")
    assert chip(harness) == ""
    await harness.until(lambda: "Shout it" in harness.listed())
    harness.click_row("Shout it")
    await harness.until(lambda: chip(harness) == "Shout it")
    assert harness.part("variable_to").findChild(QLineEdit).text() == "Ann"


async def test_what_is_filled_in_is_kept_while_one_goes_on(harness: Harness) -> None:
    await choose(harness, "shout")
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Ann")
    await harness.until(lambda: '"Ann"' in harness.program.settings.get(NEW_CHAT_PRESET))


async def test_what_is_filled_in_survives_a_restart(
    harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await choose(harness, "shout")
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Ann")
    await harness.close()
    again = await open_harness()
    assert chip(again) == "Shout it"
    assert again.part("variable_to").findChild(QLineEdit).text() == "Ann"


async def test_the_last_values_are_offered_again(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "shout")
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Ann")
    await harness.ask_and_wait("hello")
    harness.click("newChat")
    await choose(harness, "shout")
    assert harness.part("variable_to").findChild(QLineEdit).text() == "Ann"
    assert isinstance(harness.part("variable_size"), QComboBox)


async def test_a_preset_that_changes_leaves_chats_as_they_are(
    harness: Harness, fake_model: FakeModel, own_presets: Path
) -> None:
    await choose(harness, "mia")
    await harness.ask_and_wait("hello")
    (own_presets / "mia.md").write_text(MIA.replace("You are Mia.", "You are Bob."), "utf-8")
    await harness.program.presets.presets.reload_changed()
    await harness.ask_and_wait("again")
    assert system_of(fake_model.asked[1]).startswith("You are Mia.")


async def test_thinking_follows_the_preset_and_then_the_person(harness: Harness, fake_model: FakeModel) -> None:
    harness.choose_model("thinker:8b")
    await choose(harness, "shout")
    type_keys(harness.part("variable_to").findChild(QLineEdit), "Ann")
    await harness.ask_and_wait("hello")
    assert fake_model.asked[0]["think"] is False
    harness.click("think")
    await harness.ask_and_wait("again")
    assert fake_model.asked[1]["think"] is True


async def test_the_start_page_offers_what_is_used(harness: Harness, fake_model: FakeModel) -> None:
    await choose(harness, "a game")
    harness.click("sendButton")
    await harness.until(lambda: harness.answer() == "Yes.")
    harness.click("newChat")

    def first() -> SuggestionCard:
        return next(card for card in harness.window.findChildren(SuggestionCard) if not card.isHidden())

    await harness.until(lambda: first().text() == "A game")
    first().click()
    assert chip(harness) == "A game"


async def test_the_clipboard_is_read_only_when_it_is_asked_for(harness: Harness, own_presets: Path) -> None:
    text = '+++\n[[variables]]\nname = "x"\nkind = "clipboard"\n+++\nSay {{x}}.'
    (own_presets / "paste.md").write_text(text, "utf-8")
    QGuiApplication.clipboard().setText("from elsewhere")
    await harness.until(lambda: harness.program.presets.presets.loaded)
    await harness.program.presets.presets.reload_changed()
    await choose(harness, "paste")
    field = harness.part("variable_x")
    assert field.toPlainText() == ""
    harness.click("fetch_x")
    assert field.toPlainText() == "from elsewhere"


@pytest.fixture
async def file_field(harness: Harness, own_presets: Path) -> LongTextField:
    """A preset with a field for a file, which the focus is in."""
    text = '+++\n[[variables]]\nname = "x"\nkind = "file"\n+++\nSum up: {{x}}'
    (own_presets / "sum.md").write_text(text, "utf-8")
    await harness.until(lambda: harness.program.presets.presets.loaded)
    await harness.program.presets.presets.reload_changed()
    await choose(harness, "sum")
    return harness.window.findChild(LongTextField)


def choose_file(harness: Harness, path: Path) -> None:
    harness.click("fetch_x")
    dialog = harness.window.findChild(QFileDialog, "textFileDialog")
    dialog.fileSelected.emit(str(path))
    dialog.close()


async def test_a_field_for_a_file_takes_the_text_of_a_document(
    harness: Harness, fake_model: FakeModel, file_field: LongTextField, tmp_path: Path
) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf([["The promise."], ["What it costs."]]))
    choose_file(harness, tmp_path / "report.pdf")
    assert harness.part("fetch_x").text() == "Stop"
    assert harness.part("beginningShown").text() == "report.pdf · Reading…"
    await harness.until(lambda: file_field.value() == "[page 1]\nThe promise.\n\n[page 2]\nWhat it costs.")
    await harness.until(lambda: harness.part("fetch_x").text() == "Choose a file…")
    assert not harness.window.findChild(Label, "beginningShown").isVisible()
    await harness.ask_and_wait("Shortly, please.")
    assert "Sum up: [page 1]\nThe promise." in fake_model.asked[-1]["messages"][0]["content"]


async def test_the_reading_of_a_file_is_stopped_and_the_field_stays_as_it_was(
    harness: Harness, file_field: LongTextField, tmp_path: Path
) -> None:
    (tmp_path / "book.pdf").write_bytes(pdf([[f"Line {line}" for line in range(40)]] * 300))
    file_field.set_value("mine")
    choose_file(harness, tmp_path / "book.pdf")
    harness.click("fetch_x")
    await harness.until(lambda: harness.part("fetch_x").text() == "Choose a file…")
    assert file_field.value() == "mine"


async def test_a_document_that_cannot_be_read_is_reported_and_the_field_stays_as_it_was(
    harness: Harness, file_field: LongTextField, tmp_path: Path
) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned_pdf(1))
    file_field.set_value("mine")
    choose_file(harness, tmp_path / "scan.pdf")
    await harness.until(harness.toast)
    assert harness.toast()[0] == "No text was found in scan.pdf. Its pages are pictures."
    assert file_field.value() == "mine"


async def test_an_at_sign_opens_the_models_and_is_written_if_none_is_chosen(harness: Harness) -> None:
    await harness.until(lambda: harness.models.chosen)
    type_keys(harness.edit, "@")
    search = harness.part("modelSearch")
    type_keys(search, "thinker")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert harness.models.chosen.ref.model_id == "thinker:8b"
    assert harness.edit.text() == ""
    type_keys(harness.edit, "@")
    type_keys(search, "home")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert harness.edit.text() == "@home"


async def test_what_a_field_begins_with_by_itself_is_sent(
    harness: Harness, fake_model: FakeModel, own_presets: Path
) -> None:
    (own_presets / "day.md").write_text(
        '+++\nname = "Day"\n[[variables]]\nname = "on"\nkind = "date"\n+++\nIt is {{on}}.\n', "utf-8"
    )
    await harness.until(lambda: harness.program.presets.presets.loaded)
    await harness.program.presets.presets.reload_changed()
    await choose(harness, "day")
    harness.ask("hello")
    await harness.until(lambda: harness.answer() == "Yes.")
    assert system_of(fake_model.asked[0]) == f"It is {QDate.currentDate().toString(Qt.DateFormat.ISODate)}."


async def test_a_preset_of_megabytes_is_used_and_read_by_no_start(
    harness: Harness, fake_model: FakeModel, own_presets: Path
) -> None:
    (own_presets / "huge.md").write_text('+++\nname = "Huge"\n+++\n' + "Rules, rules. " * 300_000, "utf-8")
    await harness.until(lambda: harness.program.presets.presets.loaded)
    await harness.program.presets.presets.reload_changed()
    await choose(harness, "huge")
    assert harness.program.settings.get(NEW_CHAT_PRESET) == ""
    assert chip(harness) == "Huge"
    harness.chat_presenter.presets.show()
    assert chip(harness) == "Huge"
    harness.ask("hello")
    await harness.until(lambda: harness.messages() and harness.notices())
    assert harness.notices()[0] == "Even without older messages, this does not fit the model's context window."


async def test_the_list_of_presets_stands_beside_the_message_which_shows_what_is_typed(harness: Harness) -> None:
    await harness.until(lambda: harness.program.presets.presets.loaded)
    harness.type("/")
    assert harness.edit._echo == "/"
    type_keys(popup(harness).findChild(QLineEdit, "presetSearch"), "tran")
    assert harness.edit._echo == "/tran"
    frame = harness.chat_page.composer.popup_anchor()
    place = QRect(frame.mapToGlobal(QPoint()), frame.size())
    assert not place.intersects(popup(harness).geometry().marginsRemoved(QMargins(*[popup(harness)._margin] * 4)))
    QTest.keyClick(popup(harness).findChild(QLineEdit, "presetSearch"), Qt.Key.Key_Escape)
    assert (harness.edit._echo, harness.edit.text()) == ("", "/tran")


@pytest.mark.parametrize(("typed", "page"), [("batch", "batch"), ("translator", "translation")])
async def test_the_tools_are_found_after_a_slash(harness: Harness, typed: str, page: str) -> None:
    await choose(harness, typed)
    await harness.until(lambda: harness.window._middle.shown == page)
    assert harness.edit.text() == ""
