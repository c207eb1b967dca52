"""A model picker in a window, its list filled."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.models.domain.model_rows import StateKind
from chatdesk.features.models.ui.picker.model_picker import ModelPicker
from chatdesk.ui_kit.style.appearance import Appearance
from tests.unit.features.models.ui.sample_picker import CURRENT, GROUPS


@pytest.fixture
def picker(qtbot: QtBot, appearance: Appearance) -> Iterator[ModelPicker]:
    QCursor.setPos(0, 0)
    window = QWidget()
    window.setGeometry(100, 100, 500, 60)
    row = QHBoxLayout(window)
    picker = ModelPicker(appearance, window)
    row.addStretch(1)
    row.addWidget(picker)
    picker.set_groups(GROUPS)
    picker.set_current(StateKind.OK, "connected", "deepseek-r1:14b", "Ollama", CURRENT)
    window.show()
    qtbot.waitExposed(window)
    yield picker
    shiboken6.delete(window)
