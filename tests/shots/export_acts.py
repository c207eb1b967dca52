"""What the person does when chats are exported, before the picture is taken."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.features.chat.ui.transcript.page.actions.page_menus import MessageMenu
from chatdesk.kernel.errors.storage_errors import SavingFolderUnavailable
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from tests.shots import acts
from tests.shots.window_driver import WindowDriver


async def open_export(driver: WindowDriver) -> None:
    """Open the export of the chat that is shown."""
    driver.window._export.open()
    await driver.settle(2.0)


async def export_as_web_page(driver: WindowDriver) -> None:
    """Look at a web page as it is at night."""
    driver.window._export.open_chats((driver.window._chat.conversation_id,), "html")
    await driver.settle(1.0)
    sheet = driver.window._export._visit._sheet
    sheet.preview._schemes.choose("dark")
    sheet.preview_wanted.emit()
    await driver.settle(1.5)


async def export_as_markdown(driver: WindowDriver) -> None:
    """Look at the text of a Markdown file."""
    driver.window._export.open_chats((driver.window._chat.conversation_id,), "md")
    await driver.settle(2.0)


async def export_everything(driver: WindowDriver) -> None:
    """Open the export of all chats, with some presets."""
    folder = driver.window._export._services.presets.folder
    folder.mkdir(exist_ok=True)
    for number in range(12):
        (folder / f"preset-{number}.md").write_text("Answer briefly.", "utf-8")
    driver.window._export.open_everything()
    await driver.settle(2.0)


async def see_preview_alone(driver: WindowDriver) -> None:
    """See the preview in a narrow window."""
    await open_export(driver)
    sheet = driver.window._export._visit._sheet
    sheet._views.choose("preview")
    sheet._show_view("preview")
    await driver.settle(1.5)


async def open_table_menu(driver: WindowDriver) -> None:
    await acts.open_message_menu(driver)
    await driver.settle()
    (menu,) = [menu for menu in driver.window.findChildren(MessageMenu) if menu.isVisible()]
    table = next(action for action in menu.actions() if action.menu())
    menu.setActiveAction(table)
    QTest.keyClick(menu, Qt.Key.Key_Right)


async def save_as_word(driver: WindowDriver) -> None:
    driver.window.notices.show_saved("Compound interest, monthly or yearly.docx", "/home/ann/Documents")


async def wait_for_file(driver: WindowDriver) -> None:
    """Wait for a file that takes long."""
    await open_export(driver)
    sheet = driver.window._export._visit._sheet
    sheet.begin_work()
    sheet.show_share(0.4)
    sheet._show_bar()
    await driver.settle()


async def fail_to_save(driver: WindowDriver) -> None:
    """Save where nothing can be written."""
    await open_export(driver)
    driver.window._export._visit._sheet.end_work(
        sentence_and_consequence(describe_error(SavingFolderUnavailable(name="chat.pdf")))
    )
    await driver.settle()
