"""What is on the translator in its scenes, and what a person does there."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from chatdesk.features.translation.domain.glossary import Term
from chatdesk.features.translation.services.translation_session import TranslationSession
from chatdesk.features.translation.ui.cell_edit import CellEdit
from chatdesk.features.translation.ui.translation_page import TranslationPage
from chatdesk.kernel.errors.base import ServerUnreachable, to_failure
from tests.fakes.scripted_models import ScriptedAnswer
from tests.shots.window_driver import WindowDriver

SOURCE = """# Inbetriebnahme

Bitte prüfen Sie vor der **ersten Inbetriebnahme**, ob der Filter `F-203` eingesetzt ist. Siehe <a href="start.html">Kapitel „Start“</a>.

- Der Rechner wird mit {name} verbunden.
- Nach 250 Stunden ist der Filter zu wechseln.

```sh
chatdesk ask --model qwen3:8b
sudo systemctl restart filter
```

Der Rechner meldet sich nach etwa zwei Minuten. Wenn nicht, rufen Sie den Kundendienst an. Halten Sie die Nummer auf der Rückseite bereit.

Dieser Absatz wurde nach der Übersetzung geändert.

Für Schäden, die durch falsche Bedienung entstehen, haften wir nicht.

Alles Weitere steht im Handbuch.
"""
ENGLISH = (
    "Commissioning",
    'Before **first commissioning**, please check that filter `F-203` is fitted. See <a href="start.html">chapter “Start”</a>.',
    "The machine is connected to the name.",
    "The filter must be changed after 250 hours.",
    "The computer reports after about two minutes. If it does not, call customer service. Have the number on the back ready.",
    "This paragraph was changed.",
    "We are not liable",
)
CHINESE = (
    "首次启动",
    '**首次启动**前，请确认滤芯 `F-203` 已装好。详见<a href="start.html">“开始”一章</a>。',
    "将机器与名称连接。",
    "滤芯使用 250 小时后须更换。",
    "计算机大约两分钟后会有响应。如果没有，请致电客服。请准备好背面的号码。",
    "这一段已更改。",
    "因操作不当造成的",
)
TERMS = {
    "en": (
        Term("Rechner", "computer", "not machine"),
        Term("Filter", "filter"),
        Term("Kundendienst", "customer service | support"),
    ),
    "zh-Hans": (
        Term("Rechner", "计算机", "不用“电脑”"),
        Term("Filter", "滤芯"),
        Term("Kundendienst", "客服 | 售后服务"),
    ),
}
CAPTIONS = "".join(
    f"{number}\n00:00:{number:02},000 --> 00:00:{number + 1:02},500\n{words}\n\n"
    for number, words in enumerate(("Hello there.", "We are late.", "Then run!\nThe train leaves at nine."), 1)
)
VERSIONS = ScriptedAnswer(
    (
        "1. If you hear nothing, ring customer service.\n",
        "2. Should it stay silent, please call customer service.\n",
        "3. Otherwise, contact customer service by phone and tell them when you switched the device on.\n",
    )
)

SLOW = ScriptedAnswer(("[[1]] A damage caused by ", "wrong operation ", "is not ", "our "), delay=0.05, stall=True)


def _harness(driver: WindowDriver) -> TranslationSession:
    return driver.program.translation.get().session


async def open_empty(driver: WindowDriver) -> None:
    driver.window._router.show_page("translation")
    await driver.settle()


async def translate(driver: WindowDriver) -> None:
    """Show every standing a row can have."""
    await open_empty(driver)
    harness = _harness(driver)
    target = "zh-Hans" if driver.language == "zh_CN" else "en"
    harness.set_languages("", target)
    harness.set_text(SOURCE, "handbook.md")
    await harness.glossaries.save("de", target, TERMS[target])
    await driver.until(lambda: len(harness.document.rows) > len(ENGLISH))
    rows = [row for row in harness.document.rows if row.segment.translatable]
    results = CHINESE if driver.language == "zh_CN" else ENGLISH
    done = [replace(row, result=text, translated=row.segment.text) for row, text in zip(rows, results, strict=False)]
    done[3] = replace(done[3], own=True)
    done[5] = replace(done[5], translated="Old.")
    done[6] = replace(done[6], unfinished=True)
    lost = replace(rows[7], failure=to_failure(ServerUnreachable("Ollama", "http://127.0.0.1:11434", "refused")))
    harness.put([*done, lost])
    await driver.settle()


async def go_on(driver: WindowDriver) -> None:
    """Have the rest translated, and look while it is."""
    await translate(driver)
    driver.part("deskTranslate").click()
    await driver.settle(1.5)


async def write_in_result(driver: WindowDriver) -> None:
    """Stand in the second sentence of a result."""
    await translate(driver)
    driver.window.findChild(TranslationPage)._rows.focus_row(5, result=True)
    edit = driver.window.focusWidget()
    assert isinstance(edit, CellEdit)
    cursor = edit.textCursor()
    place = edit.toPlainText().find("。" if driver.language == "zh_CN" else ". ") + 4
    cursor.setPosition(place, QTextCursor.MoveMode.MoveAnchor)
    edit.setTextCursor(cursor)
    await driver.settle()


async def see_versions(driver: WindowDriver) -> None:
    await write_in_result(driver)
    driver.part("deskVersions").click()
    await driver.settle(1.0)
    driver.press(Qt.Key.Key_Down)
    await driver.settle()


async def open_glossary(driver: WindowDriver) -> None:
    await translate(driver)
    driver.part("deskGlossary").click()
    await driver.settle()


async def add_term(driver: WindowDriver) -> None:
    """Choose a term, then begin another one."""
    await open_glossary(driver)
    driver.part("glossaryTable").selectRow(2)
    driver.part("glossaryAdd").click()
    await driver.settle()


async def show_captions(driver: WindowDriver) -> None:
    await open_empty(driver)
    _harness(driver).set_languages("", "de")
    _harness(driver).set_text(CAPTIONS, "film.srt")
    await driver.settle()
