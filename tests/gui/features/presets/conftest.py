"""The form of a prompt's sections, on no screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.presets.ui.editor.prompt.structured_editor import StructuredEditor
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.presets.form_harness import PROMPT


@pytest.fixture
def editor(appearance: Appearance, qtbot: QtBot) -> Iterator[StructuredEditor]:
    window = QWidget()
    qtbot.addWidget(window)
    editor = StructuredEditor(appearance, window)
    QVBoxLayout(window).addWidget(editor)
    window.resize(560, 500)
    editor.set_text(PROMPT)
    window.show()
    yield editor
    window.close()


@pytest.fixture
def received(editor: StructuredEditor) -> list[str]:
    received: list[str] = []
    editor.changed.connect(received.append)
    return received
