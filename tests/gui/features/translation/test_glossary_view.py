"""The glossary beside the text."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from chatdesk.features.translation.domain.glossary import Term
from chatdesk.features.translation.ui.glossary_table import CASE, SOURCE, TARGET, GlossaryTable
from chatdesk.features.translation.ui.glossary_view import GlossaryView
from tests.gui.features.translation.conftest import Table

RECHNER, MAUS = Term("Rechner", "computer"), Term("Maus", "mouse")


async def open_glossary(table: Table, *terms: Term) -> GlossaryView:
    await table.open("Der Rechner ist aus und das ist gut.", target="en")
    await table.session.glossaries.save("de", "en", terms)
    table.window.click("deskGlossary")
    view = table.page._glossary
    await table.until(view.isVisible)
    return view


async def test_a_term_that_is_added_is_kept_and_marked_in_the_text(table: Table) -> None:
    view = await open_glossary(table)
    table.window.click("glossaryAdd")
    model = view.table
    model.setData(model.index(0, SOURCE), "Rechner")
    assert model.terms == ()  # half a term
    model.setData(model.index(0, TARGET), "computer")
    await table.until(lambda: table.session.glossary.terms == (RECHNER,))
    view.closed.emit()
    await table.shown()
    (term,) = table.source(0)._terms
    assert (term.start, term.end) == (4, 11)
    assert table.window.part("deskGlossary").text() == "Glossary (1)"


async def test_a_term_is_written_by_the_keyboard_alone(table: Table) -> None:
    view = await open_glossary(table)
    view._add.setFocus()
    QTest.keyClick(view._add, Qt.Key.Key_Space)
    QTest.keyClicks(QApplication.focusWidget(), "Maus")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    await table.until(lambda: view.rows.currentIndex().column() == TARGET)
    QTest.keyClicks(QApplication.focusWidget(), "mouse")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    await table.until(lambda: table.session.glossary.terms == (MAUS,))


async def test_terms_are_removed_and_brought_back_by_the_keyboard(table: Table) -> None:
    view = await open_glossary(table, RECHNER, MAUS)
    assert view.rows.hasFocus()
    view.rows.selectRow(0)
    QTest.keyClick(view.rows, Qt.Key.Key_Delete)
    assert view.table.terms == (MAUS,)
    QTest.keyClick(view.rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.table.terms == (RECHNER, MAUS)
    await table.until(lambda: table.session.glossary.terms == (RECHNER, MAUS))


async def test_terms_of_a_file_are_put_among_the_others_as_one_thing_to_undo(table: Table, tmp_path: Path) -> None:
    view = await open_glossary(table, RECHNER)
    (tmp_path / "terms.csv").write_text("source;target\nMaus;mouse\nRechner;calculator\n", "utf-8")
    await table.page._files._import(tmp_path / "terms.csv", view.table)
    assert view.table.terms == (Term("Rechner", "calculator"), MAUS)
    view.table.undo()
    assert view.table.terms == (RECHNER,)


async def test_terms_are_exported_so_that_no_spreadsheet_runs_them(table: Table, tmp_path: Path) -> None:
    await open_glossary(table, Term("=cmd", "Befehl"))
    table.window.click("glossaryExport")
    dialog = table.window.window.findChild(QFileDialog, "saveDialog")
    dialog.fileSelected.emit(str(tmp_path / "de-en.csv"))
    dialog.close()
    saved, wanted = tmp_path / "de-en.csv", "source,target,note,case\n'=cmd,Befehl,,\n"
    await table.until(lambda: saved.exists() and saved.read_text("utf-8-sig") == wanted)


async def test_what_is_no_table_is_refused_in_words(table: Table, tmp_path: Path) -> None:
    view = await open_glossary(table, RECHNER)
    (tmp_path / "terms.csv").write_text('"never closed', "utf-8")
    table.page._tasks.start(table.page._files._import(tmp_path / "terms.csv", view.table), "import")
    await table.until(table.window.toast)
    assert table.window.toast()[0] == "This file is not a glossary."
    assert view.table.terms == (RECHNER,)


async def test_escape_leads_back_to_the_text(table: Table) -> None:
    view = await open_glossary(table, RECHNER)
    QTest.keyClick(view.rows, Qt.Key.Key_Escape)
    assert table.source(0).hasFocus()


def test_whether_letters_must_be_the_same_is_a_tick() -> None:
    model = GlossaryTable()
    model.set_headings(("a", "b", "c", "d"))
    model.show_terms([RECHNER])
    place = model.index(0, CASE)
    assert model.data(place, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Unchecked
    model.setData(place, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert model.terms == (Term("Rechner", "computer", "", True),)
    assert model.rowCount(QModelIndex()) == 1
