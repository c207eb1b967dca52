"""Closes the dialogs that are open when the program ends."""

import asyncio

from PySide6.QtWidgets import QApplication


async def close_dialogs() -> None:
    """Close what asks something, one after the other; what refuses to be closed stays, and what is below it.

    Qt's file dialog asks whether to replace a file in a loop of its own. That must end before what it stands over is destroyed.
    """
    while (dialog := QApplication.activeModalWidget()) is not None:
        if not dialog.close():
            return
        await asyncio.sleep(0)  # its loop ends
