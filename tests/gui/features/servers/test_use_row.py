"""The last step of adding a provider: which of its models is used."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from chatdesk.features.servers.ui.form.use_row import UseRow
from chatdesk.kernel.models.model import Capability, Model, ModelRef
from chatdesk.ui_kit.style.appearance import Appearance
from tests.counted_calls import calls_during
from tests.gui.features.settings.settings_harness import VENDORS

MOST_CALLS = 3_000
"""Functions of Python for what is in sight; each of the 10,000 models would be one more."""
CUSTOM = next(vendor for vendor in VENDORS if vendor.id == "custom")


@pytest.fixture
def row(qtbot: QtBot, appearance: Appearance) -> Iterator[UseRow]:
    row = UseRow(appearance, CUSTOM)
    row.resize(560, 80)
    row.show()
    qtbot.waitExposed(row)
    yield row
    shiboken6.delete(row)


def model(name: str, capability: Capability = Capability.CHAT) -> Model:
    return Model(ModelRef("s", name), name, capabilities=frozenset({capability}))


def button(row: UseRow, name: str) -> QAbstractButton:
    return row.findChild(QAbstractButton, name)


def test_nothing_can_be_used_before_a_test(row: UseRow) -> None:
    assert button(row, "firstModel").text() == "Test the connection first"
    assert not button(row, "useServer").isEnabled()
    assert button(row, "saveServer").isEnabled()


def test_only_models_that_chat_are_offered_and_a_choice_stays(row: UseRow, qtbot: QtBot) -> None:
    row.set_models([model("words", Capability.EMBEDDING), model("first"), model("second")])
    assert button(row, "firstModel").text() == "first"
    button(row, "firstModel").click()
    (search,) = [edit for edit in row.findChildren(QLineEdit) if edit.isVisible()]
    QTest.keyClicks(search, "sec")
    QTest.keyClick(search, Qt.Key.Key_Return)
    row.set_models([model("new"), model("first"), model("second")])
    with qtbot.waitSignal(row.use_requested) as used:
        button(row, "useServer").click()
    assert used.args == [ModelRef("s", "second")]


def test_the_list_of_ten_thousand_models_opens_as_quickly_as_a_short_one(row: UseRow) -> None:
    row.set_models([model(f"maker/model-{number}") for number in range(10_000)])

    def open_list() -> None:
        button(row, "firstModel").click()
        row.findChild(QListView, "firstModelList").grab()

    assert calls_during(open_list) < MOST_CALLS
    assert row.findChild(QListView, "firstModelList").model().rowCount() == 10_000
