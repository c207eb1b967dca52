"""What a person does with documents that cannot be sent as they are, and what the strip above the composer says."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from chatdesk.features.chat.ui.context.document_strip import DocumentStrip
from chatdesk.kernel.chat.message import DocumentPart, SentAs
from tests.fakes.document_files import pdf
from tests.gui.window.harness import Harness
from tests.gui.window.pictures.attach_steps import drop

FACT = "The lighthouse keeper was paid in herring until 1867."
OTHER = "The committee met again and postponed every decision about budgets and rooms."


def book(path: Path, pages: int = 40, fact_on: int = 31) -> Path:
    """A PDF of about 170 tokens a page, far more than the scripted model reads, with one fact on one page."""
    lines = [f"{OTHER} Session {{}} of the year, item {at}." for at in range(8)]
    path.write_bytes(
        pdf([[FACT] if at == fact_on else [line.format(at) for line in lines] for at in range(1, pages + 1)])
    )
    return path


def documents(harness: Harness) -> list[DocumentPart]:
    return [each for each in harness.chat_page.composer.attachments() if isinstance(each, DocumentPart)]


def strip(harness: Harness) -> DocumentStrip | None:
    found = harness.window.findChild(DocumentStrip)
    return found if found is not None and found.isVisible() else None


def text_of(harness: Harness) -> str:
    shown = strip(harness)
    return shown.accessibleName() if shown else ""


def buttons(harness: Harness) -> list[str]:
    shown = strip(harness)
    return [button.text() for button in shown.findChildren(QPushButton) if button.isVisible()] if shown else []


async def attach(harness: Harness, *paths: Path) -> None:
    drop(harness, *paths)
    await harness.until(lambda: len(documents(harness)) == len(paths))


def press(harness: Harness, action: str) -> None:
    QTest.mouseClick(harness.part(f"document.{action}"), Qt.MouseButton.LeftButton)


async def use_passages(harness: Harness, path: Path) -> None:
    await attach(harness, path)
    await harness.until(lambda: "Use the relevant passages" in buttons(harness))
    press(harness, "passages")
    await harness.until(lambda: documents(harness)[0].sent_as is SentAs.PASSAGES)
