"""Documents in old formats in the window: an installed LibreOffice converts them when the user wants that."""

import asyncio
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from chatdesk.ui_kit.pictures.option_button import OptionButton
from tests.fakes.document_files import docx, eml, paragraph
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import chips, drop, names, pictures

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(76)
CONVERTS = """
import pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
(out / "document.docx").write_bytes(pathlib.Path("{source}").read_bytes())
"""


def install(harness: Harness, folder: Path, script: str) -> None:
    """Put a program in the place of LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    path.chmod(0o755)
    harness.program.chat.attachments.documents._find_libreoffice = lambda: str(path)


def install_converter(harness: Harness, folder: Path) -> None:
    (folder / "result.docx").write_bytes(docx(paragraph("Less packaging")))
    install(harness, folder, CONVERTS.format(source=folder / "result.docx"))


def button(harness: Harness) -> OptionButton:
    (chip,) = chips(harness)
    found = chip.findChild(OptionButton)
    assert found
    return found


async def drop_old(harness: Harness, folder: Path) -> None:
    (folder / "old.doc").write_bytes(OLD)
    drop(harness, folder / "old.doc")
    await harness.until(lambda: chips(harness) and button(harness).isVisible())


def said(harness: Harness) -> str:
    return chips(harness)[0].accessibleName()


async def test_it_is_converted_when_the_user_wants_that(
    harness: Harness, fake_model: FakeModel, tmp_path: Path
) -> None:
    install_converter(harness, tmp_path)
    await drop_old(harness, tmp_path)
    assert said(harness) == "old.doc, Text document, Has an old format"
    assert button(harness).text() == "Convert"
    QTest.mouseClick(button(harness), Qt.MouseButton.LeftButton)
    await harness.until(lambda: pictures(harness))
    assert names(harness) == ["old.doc"]
    await harness.ask_and_wait("What was promised?")
    assert "Less packaging" in str(fake_model.asked[-1]["messages"][-1]["content"])


async def test_sending_converts_it_first(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    install_converter(harness, tmp_path)
    await drop_old(harness, tmp_path)
    harness.type("What was promised?")
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: pictures(harness))
    assert fake_model.asked == []
    assert harness.edit.text() == "What was promised?"
    harness.press(Qt.Key.Key_Return)
    await harness.until(lambda: fake_model.asked)
    assert "Less packaging" in str(fake_model.asked[-1]["messages"][-1]["content"])


async def test_without_libreoffice_it_is_one_line(harness: Harness, tmp_path: Path) -> None:
    harness.program.chat.attachments.documents._find_libreoffice = lambda: None
    (tmp_path / "old.doc").write_bytes(OLD)
    drop(harness, tmp_path / "old.doc")
    await harness.until(harness.toast)
    assert harness.toast()[0] == "old.doc has an old format that cannot be read."
    assert chips(harness) == []


async def test_what_cannot_be_converted_is_one_line(harness: Harness, tmp_path: Path) -> None:
    install(harness, tmp_path, "print('no')")
    await drop_old(harness, tmp_path)
    QTest.mouseClick(button(harness), Qt.MouseButton.LeftButton)
    await harness.until(harness.toast)
    assert harness.toast()[0] == "LibreOffice could not convert old.doc."
    assert chips(harness) == []


async def test_the_conversion_can_be_stopped(harness: Harness, tmp_path: Path) -> None:
    started = tmp_path / "started"
    install(harness, tmp_path, f"import time\nopen('{started}', 'w').close()\ntime.sleep(60)")
    await drop_old(harness, tmp_path)
    QTest.mouseClick(button(harness), Qt.MouseButton.LeftButton)
    await harness.until(started.exists)
    QTest.mouseClick(chips(harness)[0].cross, Qt.MouseButton.LeftButton)
    assert chips(harness) == []
    process = harness.program.chat.attachments.documents._recognising
    await harness.until(lambda: not process.is_running)


async def test_one_that_is_attached_to_an_email_is_converted_too(harness: Harness, tmp_path: Path) -> None:
    install_converter(harness, tmp_path)
    path = tmp_path / "mail.eml"
    await asyncio.to_thread(path.write_bytes, eml("See the file.", {"old.doc": OLD}))
    drop(harness, path)
    await harness.until(lambda: pictures(harness))
    QTest.mouseClick(button(harness), Qt.MouseButton.LeftButton)
    await harness.until(lambda: harness.window.findChild(QMenu, "enclosedFiles"))
    menu = harness.window.findChild(QMenu, "enclosedFiles")
    next(action for action in menu.actions() if action.text().startswith("old.doc")).trigger()
    menu.close()
    await harness.until(lambda: len(chips(harness)) == 2)
    old = chips(harness)[1].findChild(OptionButton)
    await harness.until(old.isVisible)
    QTest.mouseClick(old, Qt.MouseButton.LeftButton)
    await harness.until(lambda: names(harness) == ["mail.eml", "old.doc"])
