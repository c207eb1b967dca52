"""What the person does with files and documents."""

from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu, QPushButton

from chatdesk.features.attachments.services.passages.meaning import IndexingProgress
from chatdesk.features.chat.ui.composer.document_options.password_popup import PasswordPopup
from chatdesk.features.chat.ui.composer.document_options.sheets_popup import SheetsPopup
from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.features.chat.ui.composer.sources.source_list import SourceList
from chatdesk.features.chat.ui.context.document_strip import DocumentAction, DocumentStrip
from chatdesk.kernel.chat.attachments import ArrivingFile, ReadingProgress
from chatdesk.kernel.chat.conversation import Draft
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.ui_kit.pictures.attachment_chips import AttachmentChip
from chatdesk.ui_kit.pictures.option_button import OptionButton
from tests.fakes.document_files import eml, pdf, scanned_pdf, xlsx
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


async def choose_sheets(driver: WindowDriver) -> None:
    """Attach a budget and choose its sheets."""
    path = Path(mkdtemp(prefix="chatdesk-shots-")) / "Budget 2026.xlsx"
    sizes = {"Summary": (24, 6), "Costs": (214, 9), "Staff": (48, 12), "Raw data": (3_000, 26), "Old rates": (60, 4)}
    sheets: dict[str, list[list[str | float | None]]] = {
        name: [[row * column * 1.5 for column in range(columns)] for row in range(rows)]
        for name, (rows, columns) in sizes.items()
    }
    path.write_bytes(xlsx(sheets, hidden=["Old rates"]))
    driver.window._page.composer.files_offered.emit(OfferedFiles((path,)))
    (document,) = await driver.until(driver.window._page.composer.attachments)
    chosen = await driver.program.chat.attachments.documents.select(document, "1-2")
    driver.window._page.composer.set_attachments([chosen])
    driver.type("Does the budget cover what the people asked for?")
    await driver.settle()
    driver.window._page.composer.findChild(OptionButton).click()
    popup = await driver.until(lambda: driver.window.findChild(SheetsPopup))
    popup.findChildren(QCheckBox)[1].setFocus()
    await driver.settle()


async def choose_attachments(driver: WindowDriver) -> None:
    """Attach an e-mail, and open what is attached to it."""
    path = Path(mkdtemp(prefix="chatdesk-shots-")) / "Offer of the printer.eml"
    path.write_bytes(eml("See below.", {"Offer 2026.pdf": b"x" * 180_000, "Samples & papers.docx": b"x" * 24_000}))
    driver.window._page.composer.files_offered.emit(OfferedFiles((path,)))
    button = await driver.until(lambda: driver.window._page.composer.findChild(OptionButton))
    driver.type("Is the offer cheaper than last year's?")
    await driver.settle()
    button.click()
    await driver.until(lambda: driver.window.findChild(QMenu, "enclosedFiles"))
    await driver.settle()


async def attach_old_document(driver: WindowDriver) -> None:
    """Attach a document that LibreOffice would convert."""
    driver.program.chat.attachments.documents._find_libreoffice = lambda: "soffice"
    path = Path(mkdtemp(prefix="chatdesk-shots-")) / "Old contract.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(600))
    driver.window._page.composer.files_offered.emit(OfferedFiles((path,)))
    button = await driver.until(lambda: driver.window._page.composer.findChild(OptionButton))
    await driver.until(button.isVisible)
    driver.type("When does the contract end?")
    await driver.settle()


async def choose_sources(driver: WindowDriver) -> None:
    """Drop a folder with sources, and open some of its folders."""
    folder = Path(mkdtemp(prefix="chatdesk-shots-")) / "garden-shop"
    sizes = {
        "README.md": 3_100,
        "pyproject.toml": 1_400,
        "uv.lock": 88_000,
        "docs/catalogue.pdf": 240_000,
        "docs/delivery.md": 5_200,
        "shop/cart.py": 6_800,
        "shop/orders.py": 14_300,
        "shop/payment/card.py": 9_100,
        "shop/payment/invoice.py": 4_400,
        "shop/templates/order.html": 7_700,
        "tests/test_cart.py": 5_900,
    }
    for name, size in sizes.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x" * size, "utf-8")
    driver.window._page.composer.files_offered.emit(OfferedFiles((folder,)))
    found = await driver.until(lambda: driver.window.findChild(SourceList))
    await driver.until(lambda: found.rows.rowCount() > 1)
    found.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (*[Qt.Key.Key_Down] * 5, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(found, key)
    await driver.settle()


_TEXT = (
    "The first concerns packaging. We will use 30% less packaging per litre by the end of 2025, measured against 2022, "
    "and publish the figure for every plant."
)


async def paste_long_text(driver: WindowDriver) -> None:
    """Paste a long text into the message."""
    driver.type("What was promised here? ")
    QApplication.clipboard().setText("\n".join([_TEXT] * 30))
    driver.window._page.composer.text_anchor().paste()
    await driver.settle()


async def attach_documents(driver: WindowDriver) -> None:
    """Attach documents of several kinds, one of which is still being read."""
    folder = Path(mkdtemp(prefix="chatdesk-shots-"))
    data = Path(__file__).parent.parent / "data" / "documents"
    names = {
        "Interview notes.docx": "report-en.docx",
        "Budget 2026.xlsx": "costs.xlsx",
        "年度报告 2025.pdf": "report-zh.pdf",
    }
    for name, source in names.items():
        (folder / name).write_bytes((data / source).read_bytes())
    composer = driver.window._page.composer
    composer.files_offered.emit(OfferedFiles(tuple(folder / name for name in names)))
    await driver.until(lambda: len(composer.attachments()) == len(names))
    progress = ReadingProgress(DocumentUnit.PAGE, 12, 80)
    composer.set_attachments(composer.attachments(), [ArrivingFile(1_000, "Annual report 2025.pdf", progress=progress)])
    driver.type("Which promises of the 2025 report were kept, and what did they cost?")
    await driver.settle()


async def attach_scans(driver: WindowDriver) -> None:
    """Attach scanned documents and one that needs a password, and enter a wrong one."""
    folder = Path(mkdtemp(prefix="chatdesk-shots-"))
    names = {
        "Contract, signed.pdf": scanned_pdf(2),
        "Minutes 1987.pdf": scanned_pdf(30),
        "Salaries 2026.pdf": pdf([["Salaries"]], password="secret"),
    }
    for name, data in names.items():
        (folder / name).write_bytes(data)
    composer = driver.window._page.composer
    composer.files_offered.emit(OfferedFiles(tuple(folder / name for name in names)))
    await driver.until(lambda: len(composer.attachments()) == 2)
    driver.type("What was agreed, and who signed it?")
    await driver.settle()


async def enter_password(driver: WindowDriver) -> None:
    """Enter a wrong password."""
    await attach_scans(driver)
    buttons = driver.window._page.composer.findChildren(OptionButton)
    next(each for each in buttons if each.isVisible() and each.parentWidget().arriving).click()
    popup = await driver.until(lambda: driver.window.findChild(PasswordPopup))
    popup.findChild(QLineEdit).setText("secrets")
    popup.findChild(QPushButton).click()
    await driver.until(lambda: popup.findChild(QLineEdit).accessibleDescription())
    await driver.settle()


async def choose_form(driver: WindowDriver) -> None:
    """Choose in which form a scanned document is sent."""
    await attach_scans(driver)
    buttons = driver.window._page.composer.findChildren(OptionButton)
    [each for each in buttons if each.isVisible()][1].click()
    await driver.until(lambda: driver.window.findChild(QMenu, "documentForms"))
    await driver.settle()


async def remove_document(driver: WindowDriver) -> None:
    """Remove one of the documents again."""
    await attach_documents(driver)
    QTest.keyClick(driver.window._page.composer.findChildren(AttachmentChip)[0], Qt.Key.Key_Delete)
    await driver.settle()


async def move_document(driver: WindowDriver) -> None:
    """Move a document with the mouse."""
    await attach_documents(driver)
    chips = driver.window._page.composer.findChildren(AttachmentChip)
    QTest.mousePress(chips[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    for by in (20, 40):
        QTest.mouseMove(chips[0], QPoint(60 + by, 10 + by))
    await driver.settle()


async def queue_documents(driver: WindowDriver) -> None:
    """Questions with files wait for an answer."""
    await attach_documents(driver)
    files = driver.window._page.composer.attachments()
    driver.window._page.composer.set_attachments(())
    driver.window._page.composer.set_text("")
    driver.window._page.composer.set_queue(
        (
            Draft("Which promises of the 2025 report were kept, and what did they cost?", files),
            Draft("And who was asked?", files[:1]),
            Draft("", files[1:]),
        )
    )
    await driver.settle()


async def index_by_meaning(driver: WindowDriver) -> None:
    """Ask about a document that is too long, while its passages are indexed by their meaning."""
    path = Path(mkdtemp(prefix="chatdesk-shots-")) / "Annual report 2025.txt"
    path.write_text("\n\n".join(f"Section {number}. {_TEXT}" for number in range(900)), encoding="utf-8")
    conversations = driver.program.chat.conversations
    await conversations.set_parameters(driver.window._chat.conversation_id, Parameters(num_ctx=8192))
    composer = driver.window._page.composer
    composer.files_offered.emit(OfferedFiles((path,)))
    await driver.until(composer.attachments)
    strip = await driver.until(lambda: driver.window.findChild(DocumentStrip))
    await driver.until(lambda: strip.state)
    strip.button(DocumentAction.PASSAGES).click()
    driver.type("How much less packaging will the company use?")
    await driver.until(lambda: strip.state and strip.state.sent)
    meaning = driver.program.chat.attachments.documents.passages.meaning
    meaning.progress = IndexingProgress(120, 312)
    meaning.changes.announce(meaning.progress)
    await driver.settle()


async def attach_many(driver: WindowDriver) -> None:
    """Attach more files than fit into view."""
    folder = Path(mkdtemp(prefix="chatdesk-shots-"))
    for number in range(1, 33):
        (folder / f"Interview {number}.md").write_text("What was promised?", "utf-8")
    files = tuple(folder / f"Interview {number}.md" for number in range(1, 33))
    composer = driver.window._page.composer
    composer.files_offered.emit(OfferedFiles(files))
    await driver.until(lambda: len(composer.attachments()) == 3)
    driver.type("Which promises were kept?")
