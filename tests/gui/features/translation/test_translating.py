"""Translating on the desk, seen and done as a person does."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolTip

from chatdesk.features.translation.domain.document import RowStatus
from chatdesk.features.translation.domain.glossary import Term
from chatdesk.kernel.models.model import ModelRef
from chatdesk.system.folders import Folders
from tests.gui.features.translation.conftest import Table
from tests.gui.window.harness import FakeModel, Harness

TEXT = "# The title\n\nThis is the first part of it.\n\nAnd this is the second one.\n"
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def drop(table: Table, data: QMimeData) -> None:
    middle = table.page.rect().center()
    nothing = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(middle, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
    QApplication.sendEvent(table.page, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(middle.toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, nothing)
    QApplication.sendEvent(table.page, dropping)


async def test_what_is_written_is_translated_beside_it(table: Table, fake_model: FakeModel) -> None:
    fake_model.says("Wo ist der Bahnhof?")
    await table.open()
    assert table.source(0).hasFocus()
    QTest.keyClicks(table.source(0), "Where is the station and what is that?")
    press(Qt.Key.Key_Return, CONTROL)
    await table.finished()
    assert table.results() == ["Wo ist der Bahnhof?"]
    assert table.window.window.windowTitle() == "Translator"
    assert "English into German" in fake_model.asked[-1]["messages"][0]["content"]


async def test_a_page_that_is_left_before_its_text_is_loaded_does_not_take_the_keyboard(table: Table) -> None:
    window = table.window
    window.router.show_page("translation")
    window.press(Qt.Key.Key_Comma, CONTROL, where=window.window)
    assert not table.page.isVisible()
    await table.until(lambda: table.session.document.rows)
    await table.shown()
    focused = window.window.focusWidget()
    assert focused is not None
    assert focused.isVisible()


async def test_a_preset_for_the_desk_opens_it_and_says_how_is_translated(table: Table, fake_model: FakeModel) -> None:
    program = table.window.program
    await table.until(lambda: program.presets.presets.find("built-in:translation-desk"))
    table.window.window.use_preset("built-in:translation-desk")
    await table.until(lambda: table.session.document.rows)
    assert table.page.isVisible()
    table.session.set_languages("en", "de")
    table.session.set_text("This is the whole of the text.")
    table.page.translate()
    await table.finished()
    assert "You translate from English into German" in fake_model.asked[-1]["messages"][0]["content"]
    assert program.translation.get().preset.key == "built-in:translation-desk"


async def test_paragraphs_that_are_pasted_become_rows(table: Table) -> None:
    await table.open()
    QGuiApplication.clipboard().setText("One part.\n\nAnother part.\n\nA third.")
    table.source(0).paste()
    await table.until(lambda: len(table.session.document.rows) == 3)
    await table.shown()
    assert [table.source(place).toPlainText() for place in range(3)] == ["One part.", "Another part.", "A third."]


async def test_results_come_in_while_they_are_written(table: Table, fake_model: FakeModel) -> None:
    go_on = asyncio.Event()
    fake_model.says("[[1]] Der Titel\n[[2]] Das ist", go_on, " der erste Teil.\n[[3]] Und der zweite.")
    await table.open(TEXT)
    table.page.translate()
    await table.until(lambda: table.result(1).toPlainText() == "Das ist")
    assert table.window.part("deskTranslate").text() == "Stop"
    go_on.set()
    await table.finished()
    assert table.results() == ["Der Titel", "Das ist der erste Teil.", "Und der zweite."]
    assert table.window.part("deskTranslate").text() == "Translate"


async def test_stop_keeps_what_came_and_offers_to_go_on(table: Table, fake_model: FakeModel) -> None:
    fake_model.says("Das ist", asyncio.Event())
    await table.open("This is the whole of the text.")
    table.page.translate()
    await table.until(lambda: table.results() == ["Das ist"])
    press(Qt.Key.Key_Escape)
    await table.finished()
    assert table.notes(0) == ["This translation is incomplete.", "[Translate again]"]
    fake_model.says("Das ist alles.")
    table.view(0).notes.buttons()[0].click()
    await table.finished()
    assert (table.results(), table.notes(0)) == (["Das ist alles."], [])


async def test_problems_are_reported_and_fixed_with_a_note(table: Table, fake_model: FakeModel) -> None:
    await table.open("The server of {name} is down and out.")
    await table.session.glossaries.save("en", "de", [Term("server", "Rechner")])
    fake_model.says("Der Server ist aus.")
    table.page.translate()
    await table.finished()
    assert table.notes(0) == ["Missing: {name}", "[Fix]", "The glossary translates “server” as “Rechner”."]
    fake_model.says("Der Rechner von {name} ist aus.")
    table.view(0).notes.buttons()[0].click()
    await table.finished()
    assert (table.results(), table.notes(0)) == (["Der Rechner von {name} ist aus."], [])
    instructions = fake_model.asked[-1]["messages"][0]["content"]
    assert "The placeholder {name} was missing" in instructions
    assert 'Translate "server" as "Rechner".' in instructions


async def test_what_a_person_writes_stays_theirs_until_they_ask(table: Table, fake_model: FakeModel) -> None:
    await table.open("This is the whole of the text.")
    table.page._rows.focus_row(0, result=True)
    QTest.keyClicks(table.result(0), "Meins.")
    press(Qt.Key.Key_Return, CONTROL)
    await table.finished()
    assert table.notes(0) == ["You edited this; your text is not replaced."]
    assert fake_model.asked == []
    fake_model.says("Das Modell.")
    press(Qt.Key.Key_Return, CONTROL | SHIFT)
    await table.finished()
    assert table.results() == ["Das Modell."]
    assert table.window.toast() == ["Your edits were replaced.", "Ctrl+Z", "Undo"]
    table.window.click_toast()
    await table.until(lambda: table.results() == ["Meins."])


async def test_a_changed_source_is_marked_and_only_it_is_translated_again(table: Table, fake_model: FakeModel) -> None:
    await table.open(TEXT)
    fake_model.says("[[1]] Titel\n[[2]] Eins\n[[3]] Zwei")
    table.page.translate()
    await table.finished()
    table.page._rows.focus_row(table.session.document.rows[1].number)
    QTest.keyClicks(table.source(1), "Really. ")
    press(Qt.Key.Key_Tab)
    await table.until(lambda: table.session.document.rows[1].status is RowStatus.STALE)
    await table.shown()
    assert table.notes(1) == ["The source text has changed since this translation.", "[Translate again]"]
    fake_model.says("Wirklich. Eins")
    table.page.translate()
    await table.finished()
    assert table.results() == ["Titel", "Wirklich. Eins", "Zwei"]


async def test_a_failure_is_reported_under_its_row_with_a_next_step(table: Table, fake_model: FakeModel) -> None:
    await table.open("This is the whole of the text.")
    fake_model.says("Das", cut=True)
    table.page.translate()
    await table.finished()
    assert table.notes(0)[0].startswith("The connection to")
    assert table.results() == ["Das"]


async def test_other_versions_of_a_sentence_by_the_keyboard(table: Table, fake_model: FakeModel) -> None:
    await table.open("One sentence and another. And the second of them.")
    table.session.edit_result(0, "Ein Satz. Und noch einer.")
    await table.shown()
    table.page._rows.focus_row(0, result=True)
    press(Qt.Key.Key_End)
    fake_model.says("1. Ein zweiter.\n2. Ein weiterer.\n")
    press(Qt.Key.Key_Period, CONTROL)
    popup = table.page._versions.popup
    await table.until(lambda: len(popup._versions) == 2)
    assert "Und noch einer." in fake_model.last_question()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    await table.until(lambda: table.results() == ["Ein Satz. Ein weiterer."])
    assert not popup.isVisible()


async def test_other_versions_by_a_click_with_ctrl(table: Table, fake_model: FakeModel) -> None:
    await table.open("One sentence and another. And the second of them.")
    table.session.edit_result(0, "Ein Satz. Und noch einer.")
    await table.shown()
    fake_model.says("1. Ein anderer Satz.\n")
    edit = table.result(0)
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, CONTROL, edit.cursorRect().center())
    popup = table.page._versions.popup
    await table.until(lambda: len(popup._versions) == 1)
    assert "Ein Satz." in fake_model.last_question()
    popup._versions[0].click()
    await table.until(lambda: table.results() == ["Ein anderer Satz. Und noch einer."])


async def test_a_failure_to_find_versions_is_reported_where_they_would_be(table: Table, fake_model: FakeModel) -> None:
    await table.open("One sentence and another.")
    table.session.edit_result(0, "Ein Satz.")
    await table.shown()
    table.page._rows.focus_row(0, result=True)
    fake_model.says("Ein Satz.")
    press(Qt.Key.Key_Period, CONTROL)
    popup = table.page._versions.popup
    await table.until(lambda: popup._state.text() == "The model answered without a translation.")
    fake_model.says("1. Ein anderer Satz.\n")
    popup._again.click()
    await table.until(lambda: len(popup._versions) == 1)
    popup.close()


async def test_the_end_is_shown_to_who_went_back_to_the_chats(table: Table, fake_model: FakeModel) -> None:
    go_on = asyncio.Event()
    fake_model.says("Das ist", go_on, " alles.")
    await table.open("This is the whole of the text.")
    table.page.translate()
    await table.until(lambda: table.results() == ["Das ist"])
    table.window.click("deskParent")
    go_on.set()
    await table.until(lambda: table.window.toast() == ["Translator: 1 of 1 paragraphs"])


async def test_a_term_says_what_it_is_called(table: Table) -> None:
    await table.open("The server is down and that is all.")
    await table.session.glossaries.save("en", "de", [Term("server", "<b>Rechner</b>", "a note")])
    await table.shown()
    edit = table.source(0)
    cursor = edit.textCursor()
    cursor.setPosition(6)
    place = edit.cursorRect(cursor).center()
    QApplication.sendEvent(edit.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, edit.mapToGlobal(place)))
    assert QToolTip.text() == "server → <b>Rechner</b>\na note"
    QToolTip.hideText()


async def test_swapping_translates_back_and_undo_returns(table: Table) -> None:
    await table.open("This is the whole of the text.")
    table.session.edit_result(0, "Das ist der ganze Text.")
    table.window.click("deskSwap")
    await table.until(lambda: table.source(0).toPlainText() == "Das ist der ganze Text.")
    await table.shown()
    assert (table.session.source, table.session.target) == ("de", "en")
    assert table.window.part("deskFrom").currentText() == "German"
    press(Qt.Key.Key_Z, CONTROL)
    await table.until(lambda: table.source(0).toPlainText() == "This is the whole of the text.")


async def test_the_keyboard_goes_through_rows_as_they_stand(table: Table) -> None:
    await table.open(TEXT)
    table.page._bar.focus_end()
    table.page._rows.focus_row(table.session.document.rows[0].number)
    stops = []
    for _ in range(6):
        stops.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    assert stops == [edit for place in range(3) for edit in (table.source(place), table.result(place))]
    assert QApplication.focusWidget() is table.window.part("deskClear")
    press(Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is table.result(2)
    press(Qt.Key.Key_Up, ALT)
    assert QApplication.focusWidget() is table.result(1)


async def test_the_keyboard_stays_in_the_text_when_its_row_goes(table: Table) -> None:
    await table.open(TEXT)
    table.page._rows.focus_row(table.session.document.rows[1].number)
    table.source(1).selectAll()
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Tab, SHIFT)
    await table.until(lambda: len(table.session.document.rows) == 2)
    table.session.undo()
    await table.until(lambda: len(table.session.document.rows) == 3)
    await table.shown()
    table.page._rows.focus_row(table.session.document.rows[2].number)
    table.session.edit_source(table.session.document.rows[2].number, "")
    await table.shown()
    assert QApplication.focusWidget() is table.source(1)


async def test_each_text_says_what_it_is(table: Table) -> None:
    await table.open(TEXT)
    assert table.source(1).accessibleName() == "Source, row 2"
    assert table.result(2).accessibleName() == "Translation, row 3"


async def test_a_text_file_can_be_dropped_and_what_it_replaces_comes_back(table: Table, tmp_path: Path) -> None:
    (tmp_path / "film.srt").write_bytes(b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello.\r\n")
    await table.open("This is the whole of the text.")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "film.srt"))])
    drop(table, data)
    await table.until(lambda: table.session.document.name == "film.srt")
    await table.shown()
    assert table.source(0).toPlainText() == "Hello."
    assert table.window.toast() == ["The text was replaced.", "Ctrl+Z", "Undo"]
    table.session.edit_result(0, "Hallo.")
    assert table.session.document.result_text == "1\r\n00:00:01,000 --> 00:00:02,000\r\nHallo.\r\n"


async def test_a_file_that_is_pasted_is_opened(table: Table, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From a file.", "utf-8")
    await table.open()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    table.source(0).paste()
    await table.until(lambda: table.source(0).toPlainText() == "From a file.")


async def test_a_picture_is_no_text(table: Table, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x89PNG\0\0\0")
    await table.open("This is the whole of the text.")
    table.page._files.open(tmp_path / "x.txt")
    await table.until(table.window.toast)
    assert "not a text file" in table.window.toast()[0]
    assert table.source(0).toPlainText() == "This is the whole of the text."


async def test_the_translation_can_be_copied(table: Table) -> None:
    await table.open("# One\n\n`code`\n")
    table.session.edit_result(0, "Eins")
    await table.shown()
    table.window.click("deskCopy")
    assert QGuiApplication.clipboard().text() == "# Eins\n\n`code`\n"


async def test_the_desk_is_as_it_was_after_a_restart(
    table: Table, harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await table.open(TEXT)
    table.session.edit_result(1, "Der erste Teil.")
    await harness.close()
    again = Table(await open_harness())
    again.window.window._router.show_page("translation")
    await again.until(lambda: again.session.document.rows)
    await again.until(lambda: again.page._rows.view_of(1))
    assert again.result(1).toPlainText() == "Der erste Teil."
    assert again.notes(1) == ["You edited this; your text is not replaced."]


async def test_everything_is_translated_again_but_what_is_ones_own(table: Table, fake_model: FakeModel) -> None:
    await table.open("# The title\n\nThis is the whole of the text.")
    fake_model.says("[[1]] Titel\n[[2]] Alles")
    table.page.translate()
    await table.finished()
    table.session.edit_result(0, "Mein Titel")
    fake_model.says("Das Ganze")
    table.window.click("deskMenu")
    menu = table.window.part("deskActions")
    next(action for action in menu.actions() if action.text() == "Translate everything again").trigger()
    menu.close()
    await table.until(lambda: table.results() == ["Mein Titel", "Das Ganze"])


async def test_the_translation_is_saved_under_the_name_of_its_text(table: Table, tmp_path: Path) -> None:
    await table.open()
    table.session.set_text("# One\r\n", "notes.md")
    table.session.edit_result(0, "Eins")
    await table.shown()
    press(Qt.Key.Key_S, CONTROL)
    dialog = table.window.window.findChild(QFileDialog, "saveDialog")
    assert Path(dialog.selectedFiles()[0]).name == "notes.de.md"
    dialog.fileSelected.emit(str(tmp_path / "notes.de.md"))
    dialog.close()
    await table.until(lambda: "Saved: notes.de.md" in table.window.toast())
    assert (tmp_path / "notes.de.md").read_bytes() == b"# Eins\r\n"


async def test_what_is_typed_is_on_the_disk_while_the_keys_never_rest(table: Table) -> None:
    file = Folders.locate().data / "translation.json"
    await table.open()

    def type_on() -> bool:
        QTest.keyClicks(table.source(0), "x")
        return file.exists() and "xx" in file.read_text("utf-8")

    await table.until(type_on)


async def test_what_is_typed_last_before_the_end_is_kept(
    table: Table, harness: Harness, open_harness: Callable[[], Awaitable[Harness]]
) -> None:
    await table.open()
    QTest.keyClicks(table.source(0), "Typed in haste.")
    await harness.close()
    again = Table(await open_harness())
    again.window.window._router.show_page("translation")
    await again.until(lambda: again.session.document.rows)
    assert again.session.document.source_text == "Typed in haste."


async def test_the_model_of_the_desk_is_its_own(table: Table, fake_model: FakeModel) -> None:
    await table.open("This is the whole of the text.")
    table.page._models.choose(ModelRef("ollama", "thinker:8b"))
    table.page.translate()
    await table.finished()
    assert fake_model.asked[-1]["model"] == "thinker:8b"
    assert table.window.models.chosen.ref.model_id == "scripted:1b"
    table.page._models.choose(ModelRef("ollama", "gone"))
    assert table.page._models.chosen.ref.model_id == "gone"  # no other one is asked in its place


async def test_escape_goes_back_to_the_presets(table: Table) -> None:
    await table.open()
    press(Qt.Key.Key_Escape)
    assert table.window.window._middle.shown == "presets"


async def test_a_text_in_the_language_of_the_reader_goes_into_the_second_one(table: Table) -> None:
    await table.open("", target="en")
    table.source(0).setFocus()
    QTest.keyClicks(table.source(0), "This is the whole of the text, and that is all.")
    table.page._rows.commit()
    await table.until(lambda: table.session.source == "en")
    assert table.session.target == "zh-Hans"
    await table.shown()
    assert not table.window.part("deskWarning").isVisible()


async def test_the_same_language_twice_is_reported_and_not_translated(table: Table, fake_model: FakeModel) -> None:
    await table.open("This is the whole of the text, and that is all.", target="de")
    table.session.set_languages("", "en")
    await table.shown()
    warning = table.window.part("deskWarning")
    assert (warning.isVisible(), warning.text()) == (
        True,
        "The text is already in English. Choose another language.",
    )
    assert not table.window.part("deskTranslate").isEnabled()
    press(Qt.Key.Key_Return, CONTROL)
    table.session.set_languages("", "fr")
    await table.shown()
    assert not warning.isVisible()
    assert table.window.part("deskTranslate").isEnabled()
    assert fake_model.asked == []


async def test_a_source_that_is_set_to_the_target_language_takes_another_target(table: Table) -> None:
    await table.open("Hi", source="de", target="en")
    table.session.set_languages("en", "en")
    assert (table.session.source, table.session.target) == ("en", "zh-Hans")


async def test_the_length_of_the_text_and_what_is_to_check_are_reported(table: Table, fake_model: FakeModel) -> None:
    await table.open("The {name} is open.\n\n```\ncode\n```\n\nThat is all.", source="en")
    await table.shown()
    assert table.window.part("deskCount").text() == "7 word(s)"
    fake_model.says("[[1]] Die Brücke ist offen.\n[[2]] Das ist alles.")
    table.page.translate()
    await table.finished()
    await table.until(lambda: table.window.part("deskWarning").text() == "1 to check")
    table.session.edit_result(table.session.document.rows[0].number, "Das {name} ist offen.")
    await table.until(lambda: not table.window.part("deskWarning").isVisible())
