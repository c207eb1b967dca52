"""What the person does with files and documents."""

from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from tests.shots.acts import see_pictures
from tests.shots.window_driver import WindowDriver


async def drag_pictures(driver: WindowDriver) -> None:
    """Hold a file over the page."""
    await see_pictures(driver)
    hold_files(driver, {"IMG_2041.jpg": 3_100_000})


async def drag_documents(driver: WindowDriver) -> None:
    """Hold files of several kinds over the window."""
    names = ("Annual report 2025.pdf", "Interview notes.docx", "Budget 2026.xlsx", "Old contract.doc", "Meeting.mp3")
    hold_files(
        driver, dict(zip((*names, "notes.md"), (2_400_000, 86_000, 41_000, 52_000, 9_400_000, 900), strict=True))
    )
    await driver.settle()


def hold_files(driver: WindowDriver, sizes: dict[str, int]) -> None:
    """Hold files over the window, without content but of these sizes."""
    folder = Path(mkdtemp(prefix="chatdesk-shots-"))
    for name, size in sizes.items():
        with (folder / name).open("wb") as file:
            file.truncate(size)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / name)) for name in sizes])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(driver.window.windowHandle(), QDragEnterEvent(QPoint(400, 300), copy, data, left, none))
