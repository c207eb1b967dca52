"""Where code gets its highlighters from."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.code.highlighters import Highlighters


@pytest.fixture
def highlighters(qapp: object) -> Iterator[Highlighters]:
    parent = QObject()
    yield Highlighters(parent)
    shiboken6.delete(parent)


def test_a_language_is_there_once_it_is_loaded(highlighters: Highlighters, qtbot: QtBot) -> None:
    with qtbot.waitSignal(highlighters.loaded):
        assert highlighters.new("python") is None
    highlighter = highlighters.new("python")
    assert highlighter is not None
    assert highlighter.add("def") == (("def", "codeKeyword"),)


def test_many_languages_are_loaded_one_after_the_other(highlighters: Highlighters, qtbot: QtBot) -> None:
    languages = ["python", "json", "nobody-knows", "x" * 100_000, "\ud800", "\0"]
    for language in languages * 3:
        highlighters.new(language)
    qtbot.waitUntil(lambda: all(highlighters.new(language) for language in languages))


def test_a_view_that_is_gone_is_no_trouble_for_what_still_loads(qapp: object) -> None:
    parent = QObject()
    highlighters = Highlighters(parent)
    highlighters.new("python")
    shiboken6.delete(parent)
