"""Closing of open dialogs when the program ends."""

import asyncio

from PySide6.QtWidgets import QApplication


async def close_dialogs() -> None:
    """Close modal dialogs one after the other; if one refuses to close, it and those below it stay open.

    Qt's file dialog asks in a nested loop whether to replace a file. That loop must end before the parent is destroyed.
    """
    while (dialog := QApplication.activeModalWidget()) is not None:
        if not dialog.close():
            return
        await asyncio.sleep(0)  # lets its event loop end
