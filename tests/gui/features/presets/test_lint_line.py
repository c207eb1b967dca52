"""The strip of hints under a prompt."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.features.presets.domain.lint import Hint, HintKind, hints_for
from chatdesk.features.presets.ui.editor.lint_line import LintLine, hint_text
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations

PROMPT = "## Rules\n\n## Goals\nWrite in {{langauge}}."
HINTS = hints_for(PROMPT, [Variable("tone")])


@pytest.fixture
def line(appearance: Appearance, qtbot: QtBot) -> Iterator[LintLine]:
    window = QWidget()
    qtbot.addWidget(window)
    line = LintLine(appearance, window)
    layout = QVBoxLayout(window)
    layout.addWidget(line)
    layout.addStretch(1)
    window.resize(500, 400)
    window.show()
    yield line
    window.close()


def rows(line: LintLine) -> list[QAbstractButton]:
    return [row for row in line.findChildren(QAbstractButton) if row.isVisible()]


def test_without_hints_it_takes_no_room(line: LintLine) -> None:
    assert not line.isVisible()
    line.show_hints(HINTS)
    assert line.isVisible()
    line.show_hints(())
    assert not line.isVisible()


def test_it_says_each_hint(line: LintLine) -> None:
    line.show_hints(HINTS)
    assert [row.text() for row in rows(line)] == [
        "“Rules” is empty.",
        "The variable “langauge” is not declared. Did you mean “language”?",
        "The variable “tone” is not used.",
    ]


def test_a_click_and_enter_go_to_the_place(line: LintLine) -> None:
    went: list[Hint] = []
    line.chosen.connect(went.append)
    line.show_hints(HINTS)
    QTest.mouseClick(rows(line)[1], Qt.MouseButton.LeftButton)
    rows(line)[0].setFocus()
    QTest.keyClick(rows(line)[0], Qt.Key.Key_Return)
    assert went == [HINTS[1], HINTS[0]]
    assert PROMPT[went[0].start : went[0].end] == "{{langauge}}"


def test_the_keyboard_stays_in_the_strip_while_hints_go(line: LintLine) -> None:
    line.show_hints(HINTS)
    rows(line)[2].setFocus()
    line.show_hints(HINTS[:1])
    assert QApplication.focusWidget() is rows(line)[0]


def test_only_the_first_few_are_shown(line: LintLine, translations: Translations) -> None:
    translations.use("en")
    many = tuple(Hint(HintKind.UNUSED_VARIABLE, detail=(f"v{number}",)) for number in range(7))
    line.show_hints(many)
    assert len(rows(line)) == 5
    assert line._more.text() == "2 more hints"
    assert line._more.isVisible()


def test_a_long_sentence_takes_more_lines_in_a_narrow_window(line: LintLine, qtbot: QtBot) -> None:
    line.show_hints((Hint(HintKind.LONG),))
    high = rows(line)[0].height()
    line.window().resize(220, 400)
    qtbot.waitUntil(lambda: rows(line)[0].height() > high)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", HintKind)
def test_every_hint_is_a_sentence_with_its_names(kind: HintKind, language: str, translations: Translations) -> None:
    translations.use(language)
    details = {HintKind.TWO_LANGUAGES: ("English", "中文"), HintKind.MISSPELT_VARIABLE: ("a{1}", "b")}
    about_sections = {HintKind.EMPTY_SECTION, HintKind.SECTION_TWICE, HintKind.NO_STEPS}
    section = "Rules" if kind in about_sections else ""
    detail = details.get(kind, () if section or kind is HintKind.LONG else ("tone",))
    text = hint_text(Hint(kind, section=section, detail=detail))
    assert text.endswith((".", "?", "。", "？"))
    assert all(name in text for name in (*detail[:1], section) if "{" not in name)
    assert "{0}" not in text
    assert "{section}" not in text


def test_it_follows_the_language(line: LintLine, translations: Translations) -> None:
    line.show_hints(HINTS)
    translations.use("zh_CN")
    QApplication.processEvents()
    assert rows(line)[0].text() == "“Rules”是空的。"
