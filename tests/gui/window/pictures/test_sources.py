"""Folders and archives in the window: their files are chosen, and sent as one document."""

import os
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.features.chat.ui.composer.sources.source_list import SourceList
from chatdesk.features.chat.ui.composer.sources.sources_sheet import SourcesSheet
from chatdesk.kernel.chat.message import DocumentPart
from tests.gui.window.harness import FakeModel, Harness
from tests.gui.window.pictures.attach_steps import drop, names

FILES = {
    "README.md": "# Shop",
    "uv.lock": "locked",
    "node_modules/left-pad/index.js": "noise",
    "src/cart.py": "TOTAL = 12",
    "src/pay/card.py": "def pay(): ...",
    "src/pay/cash.py": "def give(): ...",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "shop"


def rows(harness: Harness) -> SourceList:
    return harness.part("sourceList")


def shown(harness: Harness) -> list[str]:
    found = rows(harness)
    return [str(found.rows.index(row).data()) for row in range(found.rows.rowCount())]


def chosen(harness: Harness) -> list[str]:
    found = rows(harness)
    indexes = [found.rows.index(row) for row in range(found.rows.rowCount())]
    return [str(each.data()) for each in indexes if each.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked]


def row_of(harness: Harness, name: str) -> QModelIndex:
    return rows(harness).rows.index(shown(harness).index(name))


def click(harness: Harness, name: str) -> None:
    found = rows(harness)
    place = found.visualRect(row_of(harness, name)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(harness: Harness, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QGuiApplication.focusObject(), key)


async def offer(harness: Harness, path: Path) -> None:
    drop(harness, path)
    await harness.until(lambda: harness.window.findChildren(SourceList) and rows(harness).isVisible())


def documents(harness: Harness) -> list[DocumentPart]:
    return [each for each in harness.chat_page.composer.attachments() if isinstance(each, DocumentPart)]


async def test_the_files_of_a_folder_are_one_document(harness: Harness, fake_model: FakeModel, shop: Path) -> None:
    await offer(harness, shop)
    assert shown(harness) == ["shop", "README.md", "uv.lock", "src"]
    assert chosen(harness) == ["README.md", "src"]
    press(harness, Qt.Key.Key_Return)
    await harness.until(lambda: documents(harness))
    assert names(harness) == ["shop"]
    assert documents(harness)[0].sections == 4
    await harness.ask_and_wait("What is the total?")
    sent = str(fake_model.asked[-1]["messages"][-1]["content"])
    assert "README.md\nsrc/\n  cart.py\n  pay/\n    card.py\n    cash.py" in sent
    assert "[file 2: src/cart.py]\nTOTAL = 12" in sent
    assert "locked" not in sent


async def test_files_are_chosen_by_mouse(harness: Harness, fake_model: FakeModel, shop: Path) -> None:
    await offer(harness, shop)
    click(harness, "shop")
    assert chosen(harness) == ["shop", "README.md", "uv.lock", "src"]
    click(harness, "shop")
    assert chosen(harness) == []
    assert not harness.part("sourcesAttach").isEnabled()
    click(harness, "uv.lock")
    QTest.mouseClick(harness.part("sourcesAttach"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: documents(harness))
    await harness.ask_and_wait("What is locked?")
    sent = str(fake_model.asked[-1]["messages"][-1]["content"])
    assert "locked" in sent
    assert "TOTAL" not in sent


async def test_files_are_chosen_with_the_keyboard(harness: Harness, shop: Path) -> None:
    await offer(harness, shop)
    press(harness, *[Qt.Key.Key_Down] * 3, Qt.Key.Key_Right)
    assert shown(harness)[3:] == ["src", "cart.py", "pay"]
    press(harness, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert chosen(harness) == ["README.md", "pay"]
    assert row_of(harness, "src").data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.PartiallyChecked
    press(harness, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert shown(harness) == ["shop", "README.md", "uv.lock", "src"]


async def test_a_search_shows_what_it_finds_and_chooses_only_that(harness: Harness, shop: Path) -> None:
    await offer(harness, shop)
    click(harness, "shop")
    click(harness, "shop")
    field = harness.part("sourcesSearch")
    field.setFocus()
    QTest.keyClicks(field, "PAY")
    assert shown(harness) == ["shop", "src", "pay", "card.py", "cash.py"]
    click(harness, "pay")
    field.clear()
    QTest.mouseClick(harness.part("sourcesAttach"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: documents(harness))
    assert documents(harness)[0].sections == 2


async def test_an_archive_is_read_without_unpacking_it(harness: Harness, fake_model: FakeModel, tmp_path: Path) -> None:
    path = tmp_path / "shop.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(f"shop-main/{name}", text)
    await offer(harness, path)
    assert shown(harness)[:2] == ["shop.zip", "shop-main"]
    press(harness, Qt.Key.Key_Return)
    await harness.until(lambda: documents(harness))
    await harness.ask_and_wait("What is the total?")
    assert "[file 2: shop-main/src/cart.py]\nTOTAL = 12" in str(fake_model.asked[-1]["messages"][-1]["content"])


async def test_documents_of_a_folder_are_attached_on_their_own(harness: Harness, shop: Path) -> None:
    (shop / "plan.eml").write_text("Subject: Plan\n\nWords", "utf-8")
    await offer(harness, shop)
    assert chosen(harness) == ["README.md", "src"]
    click(harness, "plan.eml")
    QTest.mouseClick(harness.part("sourcesAttach"), Qt.MouseButton.LeftButton)
    await harness.until(lambda: len(documents(harness)) == 2)
    assert set(names(harness)) == {"shop", "plan.eml"}


async def test_an_archive_that_leads_out_of_itself_is_refused_in_one_line(harness: Harness, tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.txt", "x")
    drop(harness, path)
    await harness.until(lambda: harness.window.findChildren(SourcesSheet))
    failure = harness.part("sourcesFailure")
    await harness.until(failure.isVisible)
    assert "evil.zip" in failure.text()
    press(harness, Qt.Key.Key_Escape)
    assert documents(harness) == []


async def test_a_folder_without_files_says_so(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    drop(harness, tmp_path / "empty")
    await harness.until(lambda: harness.window.findChildren(SourcesSheet))
    (sheet,) = harness.window.findChildren(SourcesSheet)
    await harness.until(lambda: "There is nothing in it that can be read." in sheet._note.text())
    press(harness, Qt.Key.Key_Escape)
    await harness.until(lambda: not harness.window.findChildren(SourcesSheet))
    assert documents(harness) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
async def test_a_pipe_is_refused_at_once(harness: Harness, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    harness.chat_page.composer.files_offered.emit(OfferedFiles((tmp_path / "pipe",)))
    await harness.until(harness.toast)
    assert harness.toast()[0] == "pipe is a folder or a device, not a file."


async def test_a_folder_is_chosen_from_the_menu_of_the_button(harness: Harness, shop: Path) -> None:
    attach = harness.part("attachButton")
    QApplication.sendEvent(
        attach,
        QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, attach.rect().center(), attach.mapToGlobal(attach.rect().center())
        ),
    )
    menu = harness.window.findChild(QMenu, "attachMenu")
    next(action for action in menu.actions() if action.text() == "Attach a folder…").trigger()
    menu.close()
    choose_folder(harness, shop)
    await harness.until(lambda: harness.window.findChildren(SourceList) and rows(harness).isVisible())
    assert shown(harness)[0] == "shop"


async def test_a_folder_is_chosen_from_the_palette(harness: Harness, shop: Path) -> None:
    harness.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(QGuiApplication.focusObject(), "repository")
    press(harness, Qt.Key.Key_Return)
    choose_folder(harness, shop)
    await harness.until(lambda: harness.window.findChildren(SourceList) and rows(harness).isVisible())


def choose_folder(harness: Harness, path: Path) -> None:
    dialog = harness.window.findChild(QFileDialog, "attachDialog")
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.filesSelected.emit([str(path)])
    dialog.close()
