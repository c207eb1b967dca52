"""The editors of a prompt over an empty window, as the preset page has them: text with its hints at the left, sections at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.presets.domain.lint import hints_for
from chatdesk.features.presets.domain.section_kinds import SectionKind
from chatdesk.features.presets.ui.editor.lint_line import LintLine
from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.features.presets.ui.editor.prompt.section_row import SectionRow
from chatdesk.features.presets.ui.editor.prompt.structured_editor import StructuredEditor
from chatdesk.kernel.presets.variable import Variable
from tests.shots.window_driver import WindowDriver

ENGLISH = """\
# Role: Careful translator

## Profile
- Language: English

## Goals
Translate the text from {{source}} into {{target}} for {{reader}}. Keep names, numbers and line breaks. {{{{ stays as it is.

## Rules
1. Answer in English.
2. 用中文回答。

## Constraints

## Tone
Calm, like a good newspaper in {{langauge}}.

## Output format
First the translation, then up to three notes on hard words.
```text
# no heading
```

## Input
{{text}}
"""
CHINESE = """\
# 角色：严谨的译者

## 简介
- 语言：中文

## 目标
把原文从{{原文语言}}译成{{译文语言}}，读者是{{读者}}。保留人名、数字和换行。{{{{ 保持原样。

## 规则
1. 用中文回答。
2. Answer in English.

## 约束

## 语气
平实，像一份好报纸。

## 输出格式
先给译文，再附最多三条难词说明。
```text
# 不是标题
```

## 输入
{{原文}}
"""
NAMES = {
    "en": (("source", "From"), ("target", "Into"), ("reader", "Who reads it"), ("text", ""), ("language_of_notes", "")),
    "zh_CN": (("原文语言", "从"), ("译文语言", "到"), ("读者", "给谁看"), ("原文", ""), ("说明语言", "")),
}


def _harness(driver: WindowDriver) -> tuple[PromptField, LintLine, StructuredEditor]:
    appearance, window = driver.window._appearance, driver.window
    variables = [Variable(name, label=label) for name, label in NAMES[driver.language]]
    text = CHINESE if driver.language == "zh_CN" else ENGLISH
    page = QWidget(window)
    page.setAutoFillBackground(True)
    field, line, editor = PromptField(appearance, page), LintLine(appearance, page), StructuredEditor(appearance, page)
    field.edit.set_variables(variables)
    field.edit.set_text(text)
    editor.set_variables(variables)
    editor.set_text(text)
    line.show_hints(hints_for(text, variables))
    left = QVBoxLayout()
    left.setSpacing(appearance.theme.length("xs"))
    left.addWidget(field, 1)
    left.addWidget(line)
    row = QHBoxLayout(page)
    margin = appearance.theme.length("xl")
    row.setContentsMargins(margin, margin, margin, margin)
    row.setSpacing(appearance.theme.length("page"))
    row.addLayout(left, 1)
    row.addWidget(editor, 1)
    page.setGeometry(window.rect())
    page.show()
    return field, line, editor


async def write_prompt(driver: WindowDriver) -> None:
    """Be in the middle of a variable's name."""
    field, _, _ = _harness(driver)
    edit = field.edit
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    await driver.settle(0.1)
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    edit.insertPlainText("{{")


async def edit_sections(driver: WindowDriver) -> None:
    """Have removed a section, and write in another."""
    _, _, editor = _harness(driver)
    await driver.settle(0.1)
    editor.findChildren(SectionRow)[1].remove_requested.emit()
    row = editor.findChildren(SectionRow)[2]
    row.field.edit.setFocus(Qt.FocusReason.TabFocusReason)


async def add_section(driver: WindowDriver) -> None:
    """Look at what can be added, at the end of the form."""
    _, _, editor = _harness(driver)
    await driver.settle(0.1)
    editor.add_section(SectionKind.OTHER)
    await driver.settle(0.1)
    editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum())
    driver.part("addSection").click()


async def meet_plain_prompt(driver: WindowDriver) -> None:
    """See a prompt without sections."""
    field, line, editor = _harness(driver)
    text = (
        "你是{{原文语言}}译者。不要添加说明。以纯文本输出。"
        if driver.language == "zh_CN"
        else "You are a translator. Never add notes."
    )
    field.edit.set_text(text)
    editor.set_text(text)
    line.show_hints(())
    QApplication.processEvents()
