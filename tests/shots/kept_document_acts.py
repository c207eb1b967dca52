"""What the person does with documents of earlier questions."""

from pathlib import Path

from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from tests.shots.acts import Act, open_palette, search_and_unfold
from tests.shots.window_driver import WindowDriver

_DOCUMENTS = Path(__file__).parent.parent / "data" / "documents"


async def ask_about_reports(driver: WindowDriver) -> None:
    """Ask about a report in two languages."""
    driver.window._page.composer.files_offered.emit(
        OfferedFiles((_DOCUMENTS / "report-en.pdf", _DOCUMENTS / "report-zh.pdf"))
    )
    found = await driver.until(driver.window._page.composer.attachments)
    await driver.until(lambda: len(driver.window._page.composer.attachments()) == len(("en", "zh")))
    driver.type("Which promises were kept?")
    driver.part("sendButton").click()
    await driver.settle(1.5)
    documents = driver.program.chat.attachments.documents
    await documents.passages.find("report", found, 1_000)


def find_in_documents(words: str) -> Act:
    """Find words in documents, with the search for chats."""

    async def act(driver: WindowDriver) -> None:
        await ask_about_reports(driver)
        await search_and_unfold(words)(driver)
        await driver.settle(1.0)

    return act


def find_with_palette(words: str) -> Act:
    """Find words in documents, with the palette."""

    async def act(driver: WindowDriver) -> None:
        await ask_about_reports(driver)
        await open_palette(words)(driver)
        await driver.settle(1.0)

    return act


async def see_stored_documents(driver: WindowDriver) -> None:
    """Look at the documents of all chats in the settings."""
    await ask_about_reports(driver)
    driver.window.show_settings("data")
    await driver.settle(1.0)
    driver.part("showDocuments").click()
    await driver.settle()
