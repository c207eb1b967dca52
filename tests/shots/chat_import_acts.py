"""What the person does when chats of another program are imported, before the picture is taken."""

import json
import os
import random
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from chatdesk.app.program import Program as Chatdesk
from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.features.conversations.services.files.chat_imports import AddProgress
from chatdesk.features.conversations.services.files.program_data import Access, ProgramData
from chatdesk.features.conversations.ui.importing import import_presenter
from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet, Step
from chatdesk.kernel.errors.storage_errors import FullForChange
from chatdesk.ui_kit.widgets.toast_host import Toast
from tests.shots.window_driver import WindowDriver

_TITLES = {
    "en": (
        "Kitchen plan",
        "Logo ideas",
        "Sketch for Ines",
        "Compound interest",
        "Packing list",
        "Unit tests",
        "Letter",
    ),
    "zh_CN": ("厨房设计", "标志构思", "给伊内斯的草图", "复利计算", "行李清单", "单元测试", "一封信"),
}
_YEARS = {2023: 28, 2024: 99, 2025: 130, 2026: 63}
_NOW = datetime(2026, 11, 20, tzinfo=UTC)


def _export(folder: Path, language: str) -> Path:
    """Write an export of ChatGPT with a few hundred chats, and what of them is not in the file."""
    choose = random.Random(7)
    titles = _TITLES.get(language, _TITLES["en"])
    chats = []
    for year, count in _YEARS.items():
        for number in range(count):
            days = choose.randrange((_NOW - datetime(year, 1, 1, tzinfo=UTC)).days if year == _NOW.year else 365)
            moment = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=days)).timestamp()
            chats.append(_chat(f"{year}-{number}", f"{titles[number % len(titles)]} {number + 1}", moment, number))
    chats.append({"id": "empty", "title": "", "create_time": 1_700_000_000, "mapping": {}, "current_node": None})
    path = folder / "chatgpt-export-2026-11-20.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(chats))
    return path


def _chat(key: str, title: str, moment: float, number: int) -> dict[str, object]:
    mapping: dict[str, object] = {"root": {"id": "root", "parent": None, "children": ["0"], "message": None}}
    for place in range(2 + 2 * (number % 5)):
        parts: list[object] = [f"{title}?" if place % 2 == 0 else f"{title}."]
        kind = "text"
        if number % 40 == 3 and place == 0:
            parts.append({"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_missing"})
            kind = "multimodal_text"
        mapping[str(place)] = {
            "id": str(place),
            "parent": str(place - 1) if place else "root",
            "children": [],
            "message": {
                "id": f"{key}-{place}",
                "author": {"role": "assistant" if place % 2 else "user"},
                "create_time": moment + place,
                "content": {"content_type": kind, "parts": parts},
                "recipient": "all",
                "metadata": {},
            },
        }
    last = str(len(mapping) - 2)
    return {
        "id": key,
        "conversation_id": key,
        "title": title,
        "create_time": moment,
        "update_time": moment + 100,
        "current_node": last,
        "is_archived": number % 25 == 1,
        "conversation_template_id": f"g-p-{number % 3}" if number % 8 == 2 else None,
        "mapping": mapping,
    }


def _sheet(driver: WindowDriver) -> ImportSheet | None:
    return next((each for each in driver.window.findChildren(ImportSheet) if each.isVisible()), None)


async def _at(driver: WindowDriver, step: Step) -> ImportSheet:
    await driver.until(lambda: (found := _sheet(driver)) is not None and found.step is step)
    await driver.settle()
    found = _sheet(driver)
    assert found is not None
    return found


def _press(driver: WindowDriver, name: str) -> None:
    button = next(each for each in driver.window.findChildren(QWidget, name) if each.isVisible())
    button.click()


async def other_programs(_program: Chatdesk, _language: str) -> None:
    """Have the chats of two programs in the home."""
    home = Path(tempfile.mkdtemp())
    for name in (".lmstudio/conversations", ".local/share/Jan/data/threads"):
        (home / name).mkdir(parents=True)
    os.environ["HOME"] = str(home)


async def find_programs(driver: WindowDriver) -> None:
    """Open the sheet on a computer with four programs."""
    found = (
        ProgramData(Program.LM_STUDIO, Access.READABLE, Path("lmstudio")),
        ProgramData(Program.JAN, Access.READABLE, Path("jan")),
        ProgramData(Program.CHERRY_STUDIO, Access.RUNNING, Path("cherry")),
        ProgramData(Program.CHATBOX, Access.EXPORT),
    )
    import_presenter.find_program_data = lambda: found
    driver.window.import_chats()
    sheet = await _at(driver, Step.FOUND)
    await driver.until(lambda: sheet.findChild(QWidget, "found_LM Studio"))
    await driver.settle()


async def read_how_to_export(driver: WindowDriver) -> None:
    """Ask how to export from a program."""
    await find_programs(driver)
    _press(driver, "found_Chatbox")
    await driver.settle()


async def refuse_file(driver: WindowDriver) -> None:
    """Choose an archive that is no export."""
    import_presenter.find_program_data = lambda: ()
    path = Path(tempfile.mkdtemp()) / "holiday.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    driver.window.import_chats([path])
    await _at(driver, Step.FOUND)


async def preview_export(driver: WindowDriver) -> None:
    """Look at an export of which a part is here already, without its first year."""
    path = _export(Path(tempfile.mkdtemp()), driver.language)
    imports = driver.program.conversations.imports.get()
    found = await imports.preview([path])
    await imports.add(found, [chat.summary.id for chat in found.chats if chat.summary.id.startswith("0")])
    driver.window.import_chats([path])
    await _at(driver, Step.PREVIEW)
    _press(driver, "importYear2023")
    await driver.settle()


async def fail_import(driver: WindowDriver) -> None:
    """Import onto a disk that is full."""

    async def fail(*_: object) -> None:
        raise FullForChange(path="chats.sqlite3")

    await preview_export(driver)
    imports = driver.program.conversations.imports.get()
    imports.add = fail
    _press(driver, "importButton")
    await driver.until(lambda: driver.window.findChild(QWidget, "importProblem").isVisible())
    await driver.settle()


async def lose_source(driver: WindowDriver) -> None:
    """Choose a file on a disk that is disconnected."""
    import_presenter.find_program_data = lambda: ()
    driver.window.import_chats([Path(tempfile.mkdtemp()) / "away" / "chats.json"])
    await _at(driver, Step.FOUND)
    await driver.settle()


async def choose_chats(driver: WindowDriver) -> None:
    """Choose chats one by one."""
    await preview_export(driver)
    _press(driver, "chooseChats")
    await driver.settle()


async def watch_import(driver: WindowDriver) -> None:
    """Wait for a long import."""
    await preview_export(driver)
    sheet = _sheet(driver)
    assert sheet is not None
    sheet.show_work(AddProgress(26_014, 39_402), 66)
    await driver.settle()


async def finish_import(driver: WindowDriver) -> None:
    """Import what is chosen, and unfold a warning."""
    await preview_export(driver)
    _press(driver, "importButton")
    sheet = await _at(driver, Step.REPORT)
    rows = sheet.findChildren(QWidget, "importFinding")
    rows[-2].click()
    await driver.settle()


async def leave_import_in_background(driver: WindowDriver) -> None:
    """See the toast of an import that was left alone."""
    await preview_export(driver)
    _press(driver, "importButton")
    _press(driver, "secondImport")
    await driver.until(lambda: any(each.isVisible() for each in driver.window.findChildren(Toast)))
    await driver.settle()


async def import_providers(driver: WindowDriver) -> None:
    """Import a backup of Chatbox with its providers, and take over one key."""
    messages = [{"id": "m", "role": "user", "contentParts": [{"type": "text", "text": "Hello"}], "timestamp": 1}]
    providers = {"openai": {"apiKey": "sk-none"}, "mine": {"apiKey": "k", "apiHost": "https://lab.example"}}
    custom = [{"id": "mine", "name": "Lab", "type": "openai", "defaultSettings": {"apiHost": "https://lab.example"}}]
    path = Path(tempfile.mkdtemp()) / "chatbox-exported-data-2026-11-20.json"
    path.write_text(
        json.dumps(
            {
                "configVersion": 12,
                "myCopilots": [{"id": "p1", "name": "Poet", "prompt": "You are a poet."}],
                "settings": {"providers": providers, "customProviders": custom},
                "chat-sessions-list": [{"id": "s1", "name": "Greeting", "type": "chat"}],
                "session:s1": {"id": "s1", "name": "Greeting", "messages": messages},
            }
        ),
        "utf-8",
    )
    driver.window.import_chats([path])
    await _at(driver, Step.PREVIEW)


async def handle_key(driver: WindowDriver) -> None:
    """Import them, and take over the key of one."""
    await import_providers(driver)
    _press(driver, "importButton")
    await _at(driver, Step.REPORT)
    _press(driver, "takeServerKey")
    await driver.settle(1)
