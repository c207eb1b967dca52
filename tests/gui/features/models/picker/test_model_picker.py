"""Choosing a model by mouse and keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from chatdesk.features.models.domain.model_rows import ModelRow, ServerGroup, StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.features.models.ui.picker.model_popup import ModelPopup
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label
from tests.counted_calls import calls_during
from tests.gui.features.settings.marking_translator import MarkingTranslator
from tests.unit.features.models.ui.sample_picker import CURRENT, GROUPS

KEYS = Qt.Key
MOST_CALLS = 3_000
"""Functions of Python for what is in sight; each row of the 10,000 would be one more."""


@pytest.fixture
def popup(picker: ModelPicker, qtbot: QtBot) -> ModelPopup:
    """The list, opened by a click."""
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    popup = picker.findChild(ModelPopup)
    qtbot.waitUntil(popup.isVisible)
    return popup


def field(popup: ModelPopup) -> QLineEdit:
    return popup.findChild(QLineEdit, "modelSearch")


def view(popup: ModelPopup) -> QListView:
    return popup.findChild(QListView, "modelList")


def listed(popup: ModelPopup) -> list[str]:
    model = view(popup).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def marked(popup: ModelPopup) -> str:
    return view(popup).currentIndex().data()


def test_the_button_says_what_is_asked_to_eye_and_ear(picker: ModelPicker) -> None:
    assert picker.accessibleName() == "Model"
    assert picker.accessibleDescription() == "deepseek-r1:14b, Ollama, connected"


def test_trouble_stands_in_words_on_the_button(picker: ModelPicker) -> None:
    assert picker._muted_text() == "Ollama"
    picker.set_current(StateKind.ERROR, "not running", "deepseek-r1:14b", "Ollama", CURRENT)
    assert picker._muted_text() == "not running"
    picker.set_current(StateKind.BUSY, "", "", "", None)
    assert picker.accessibleDescription() == "Choose a model"


def test_a_long_name_leaves_room_for_the_title(picker: ModelPicker, appearance: Appearance) -> None:
    picker.set_current(StateKind.OK, "connected", "x" * 5_000, "y" * 5_000, None)
    assert picker.sizeHint().width() <= appearance.theme.length("sidebarOverlay")
    assert not picker.grab().isNull()


def test_it_opens_with_the_current_model_marked_and_the_keyboard_in_the_search(popup: ModelPopup) -> None:
    assert marked(popup) == "deepseek-r1:14b"
    assert field(popup).hasFocus()
    assert listed(popup)[0] == "Ollama"


def test_arrows_go_over_heads_and_enter_chooses(picker: ModelPicker, popup: ModelPopup, qtbot: QtBot) -> None:
    for _ in range(4):
        qtbot.keyClick(field(popup), KEYS.Key_Down)
    assert marked(popup) == "SmolLM2 135M"
    qtbot.keyClick(field(popup), KEYS.Key_Up)
    qtbot.keyClick(field(popup), KEYS.Key_Down)
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        qtbot.keyClick(field(popup), KEYS.Key_Return)
    assert chosen.args == [ModelRef("built_in", "smollm2")]
    assert not popup.isVisible()


def test_arrows_stay_at_the_ends(popup: ModelPopup, qtbot: QtBot) -> None:
    qtbot.keyClick(field(popup), KEYS.Key_PageUp)
    qtbot.keyClick(field(popup), KEYS.Key_Up)
    assert marked(popup) == "deepseek-r1:14b"
    for _ in range(9):
        qtbot.keyClick(field(popup), KEYS.Key_PageDown)
    assert marked(popup) == listed(popup)[-1]


def test_letters_filter_and_enter_takes_the_first(picker: ModelPicker, popup: ModelPopup, qtbot: QtBot) -> None:
    qtbot.keyClicks(field(popup), "gem")
    assert listed(popup) == ["Ollama", "gemma3:4b"]
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        qtbot.keyClick(field(popup), KEYS.Key_Return)
    assert chosen.args == [ModelRef("ollama", "gemma3:4b")]


def test_a_click_chooses_a_model_but_not_a_head(picker: ModelPicker, popup: ModelPopup, qtbot: QtBot) -> None:
    def click(row: int) -> None:
        place = view(popup).visualRect(view(popup).model().index(row, 0)).center()
        qtbot.mouseClick(view(popup).viewport(), Qt.MouseButton.LeftButton, pos=place)

    with qtbot.assertNotEmitted(picker.model_chosen):
        click(0)
    assert popup.isVisible()
    with qtbot.waitSignal(picker.model_chosen) as chosen:
        click(2)
    assert chosen.args == [ModelRef("ollama", "qwen3:8b")]


def test_escape_closes_and_chooses_nothing(picker: ModelPicker, popup: ModelPopup, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(picker.model_chosen):
        qtbot.keyClick(field(popup), KEYS.Key_Escape)
    assert not popup.isVisible()


def test_a_search_without_a_hit_says_so_and_enter_does_nothing(
    picker: ModelPicker, popup: ModelPopup, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field(popup), "no such model")
    texts = [label.text() for label in popup.findChildren(Label) if label.isVisible()]
    assert texts == ["No results"]
    with qtbot.assertNotEmitted(picker.model_chosen):
        qtbot.keyClick(field(popup), KEYS.Key_Return)


def test_where_there_is_no_server_it_says_that_there_is_no_model_yet(picker: ModelPicker, popup: ModelPopup) -> None:
    picker.set_groups(())
    assert [label.text() for label in popup.findChildren(Label) if label.isVisible()] == ["No models yet."]


def test_the_foot_asks_for_more(picker: ModelPicker, popup: ModelPopup, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.refresh_requested):
        qtbot.mouseClick(popup.findChild(QAbstractButton, "refreshModels"), Qt.MouseButton.LeftButton)
    assert popup.isVisible()
    with qtbot.waitSignal(picker.add_server_requested):
        qtbot.mouseClick(popup.findChild(QAbstractButton, "addServerFromPicker"), Qt.MouseButton.LeftButton)
    assert not popup.isVisible()


def test_an_answer_of_a_server_leaves_search_and_marked_row(
    picker: ModelPicker, popup: ModelPopup, qtbot: QtBot
) -> None:
    qtbot.keyClicks(field(popup), "3")
    qtbot.keyClick(field(popup), KEYS.Key_Down)
    before = marked(popup)
    new = ServerGroup(
        "new", "New", "connected", StateKind.OK, (ModelRow.of(ModelRef("new", "llama3"), "llama3", "New"),)
    )
    picker.set_groups((new, *GROUPS))
    assert field(popup).text() == "3"
    assert listed(popup)[:2] == ["New", "llama3"]
    assert marked(popup) == before


def test_names_from_servers_are_harmless_text(popup: ModelPopup) -> None:
    last = view(popup).model().index(len(listed(popup)) - 1, 0)
    assert last.data() == "<b>שלום</b> evil 模型"
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == "<b>שלום</b> evil 模型, <i>7B</i>"
    assert not popup.grab().isNull()


def test_every_control_has_a_name(popup: ModelPopup) -> None:
    assert field(popup).accessibleName() == "Search models"
    assert view(popup).accessibleName() == "Models"
    for button in popup.findChildren(QAbstractButton):
        assert button.accessibleName() or button.text() or button.parent() is field(popup)


def test_the_rows_below_the_list_say_how_to_get_more(qtbot: QtBot, picker: ModelPicker, appearance: Appearance) -> None:
    with_files = ModelPicker(appearance, picker.window(), accepts_files=True)
    with_files.set_groups(GROUPS)
    with_files.show()
    with_files.open_popup()
    popup = with_files.findChild(ModelPopup)
    rows = [
        popup.findChild(QAbstractButton, name) for name in ("getMoreModels", "addFileFromPicker", "addServerFromPicker")
    ]
    assert [row.text() for row in rows] == ["Get more models", "Open a model file…", "Connect a provider…"]
    assert all(row.isVisible() for row in rows)
    for row, signal in zip(
        rows, (with_files.more_requested, with_files.add_file_requested, with_files.add_server_requested), strict=True
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        with_files.open_popup()
    popup.close()


def test_a_server_that_does_not_run_can_be_fixed_from_its_row(
    qtbot: QtBot, picker: ModelPicker, appearance: Appearance
) -> None:
    with_files = ModelPicker(appearance, picker.window(), accepts_files=True)
    stopped = ServerGroup("ollama", "Ollama", "Not running", StateKind.ERROR, can_be_fixed=True)
    with_files.set_groups((*GROUPS[3:], stopped))
    with_files.show()
    with_files.open_popup()
    popup = with_files.findChild(ModelPopup)
    row = view(popup).model().index(3, 0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Ollama, Not running, Fix"
    with qtbot.waitSignal(with_files.fix_requested) as fixed:
        qtbot.mouseClick(view(popup).viewport(), Qt.MouseButton.LeftButton, pos=view(popup).visualRect(row).center())
    assert fixed.args == ["ollama"]
    with_files.open_popup()
    qtbot.keyClick(field(popup), KEYS.Key_PageDown)
    assert marked(popup) == "Ollama"
    with qtbot.waitSignal(with_files.fix_requested):
        qtbot.keyClick(field(popup), KEYS.Key_Return)


def test_a_model_that_is_not_there_is_offered_for_download(
    qtbot: QtBot, picker: ModelPicker, appearance: Appearance
) -> None:
    with_files = ModelPicker(appearance, picker.window(), accepts_files=True)
    with_files.set_groups(GROUPS)
    with_files.show()
    with_files.open_popup()
    popup = with_files.findChild(ModelPopup)
    qtbot.keyClicks(field(popup), "qwen3:4b")
    assert popup.findChild(QAbstractButton, "getMoreModels").text() == "Download qwen3:4b…"
    with qtbot.waitSignal(with_files.more_requested) as wanted:
        qtbot.keyClick(field(popup), KEYS.Key_Return)
    assert wanted.args == ["qwen3:4b"]
    with_files.open_popup()
    assert popup.findChild(QAbstractButton, "getMoreModels").text() == "Get more models"
    qtbot.keyClicks(field(popup), "no such model")
    assert popup.findChild(QAbstractButton, "getMoreModels").text() == "Get more models"
    popup.close()


def test_a_name_of_a_server_that_does_not_fit_leaves_no_gap(picker: ModelPicker, appearance: Appearance) -> None:
    picker.set_current(StateKind.OK, "connected", "deepseek-reasoner", "", CURRENT)
    alone = picker.sizeHint().width()
    picker.set_current(StateKind.OK, "connected", "deepseek-reasoner", "DeepSeek at the second address", CURRENT)
    assert picker.sizeHint().width() == alone
    picker.set_current(StateKind.OK, "connected", "deepseek-reasoner", "DeepSeek", CURRENT)
    assert alone < picker.sizeHint().width() <= appearance.theme.length("sidebarOverlay")


def test_a_narrow_window_names_the_model_alone(picker: ModelPicker) -> None:
    whole = picker.sizeHint().width()
    picker.set_compact(compact=True)
    assert picker.sizeHint().width() < whole


def test_the_language_changes_at_once(picker: ModelPicker, popup: ModelPopup) -> None:
    translator = MarkingTranslator()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
    assert picker.accessibleName() == "⟦Model⟧"
    assert field(popup).placeholderText() == "⟦Search models⟧"
    assert popup.findChild(QAbstractButton, "refreshModels").accessibleName() == "⟦Refresh⟧"
    QCoreApplication.removeTranslator(translator)


def test_ten_thousand_models_cost_what_is_in_sight(picker: ModelPicker, qtbot: QtBot) -> None:
    """Of what is done 10,000 times nothing is a call of Python: Qt counts the rows, and a search goes through words that are folded."""
    rows = tuple(ModelRow.of(ModelRef("s", f"maker/model-{n}"), f"maker/model-{n}", "Server") for n in range(10_000))
    picker.open_popup()  # makes it
    popup = picker.findChild(ModelPopup)
    popup.close()
    groups = (ServerGroup("s", "Server", "connected", StateKind.OK, rows),)

    def calls(act: Callable[[], object]) -> int:
        return calls_during(lambda: (act(), popup.grab()))

    assert calls(lambda: picker.set_groups(groups)) < MOST_CALLS
    assert calls(picker.open_popup) < MOST_CALLS
    assert view(popup).model().rowCount() == 10_001
    assert calls(lambda: qtbot.keyClicks(field(popup), "9")) < MOST_CALLS
    assert view(popup).model().rowCount() == 3_440
    assert calls(lambda: qtbot.keyClick(field(popup), KEYS.Key_Down)) < MOST_CALLS
    popup.close()
