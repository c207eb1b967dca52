"""The list of presets to import: long lists, hostile names."""

from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from chatdesk.features.presets.services.preset_sharing import Offer
from chatdesk.features.presets.ui.importing.import_choices import ImportChoices
from chatdesk.features.presets.ui.importing.import_list import ImportList, ImportRow
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.kernel.presets.preset_import import Candidate, ImportFormat, ImportNote, NoteKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

HTML = "<b>bold</b><img src=x>"


def offer(name: str, prompt: str = "Do it.", *notes: ImportNote) -> Offer:
    return Offer(Candidate(Preset("", PresetOrigin.OWN, name, prompt), "", "file", ImportFormat.JSON, notes))


def test_rows_of_a_long_list_are_made_as_they_come_into_sight(qtbot: QtBot, appearance: Appearance) -> None:
    shown = ImportList(appearance)
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.show()
    shown.show_choices(ImportChoices([offer(f"Number {number}") for number in range(500)]))
    made = len(shown.findChildren(ImportRow))
    assert 5 < made < 100
    bar = shown.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(shown.findChildren(ImportRow)) > made)
    assert len(shown.findChildren(ImportRow)) < 200


def test_markup_in_names_texts_and_notes_is_shown_as_it_is_written(qtbot: QtBot, appearance: Appearance) -> None:
    choices = ImportChoices([offer(HTML, HTML, ImportNote(NoteKind.LEFT_OUT, 1, HTML + "{0}{count}"))])
    row = ImportRow(appearance, choices, 0)
    qtbot.addWidget(row)
    texts = [label.text() for label in row.findChildren(Label)]
    assert texts.count(HTML) == 2
    assert any(HTML + "{0}{count}" in text for text in texts)


def test_a_row_follows_what_is_chosen_for_all(qtbot: QtBot, appearance: Appearance) -> None:
    choices = ImportChoices([offer("A")])
    row = ImportRow(appearance, choices, 0)
    qtbot.addWidget(row)
    check = row.findChild(QCheckBox)
    choices.set_all_selected(selected=False)
    assert not check.isChecked()
    check.click()
    assert choices.count == 1
