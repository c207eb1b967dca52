"""One asyncio loop inside Qt's, and the only place that knows qasync.

What qasync leaves open is closed here: async generators are finalised on the loop (otherwise a cancelled stream prints "async generator
ignored GeneratorExit"), and an exception nobody awaited reaches the program's crash handling.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import qasync
from PySide6.QtWidgets import QApplication


class LoopInsideQt(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """Runs Qt's loop and asyncio's as one."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.setQuitOnLastWindowClosed(False)  # ending Qt's loop under `main` would leave answers unsaved

    def run_forever(self) -> None:
        """Run, and finalise the async generators that are dropped meanwhile."""
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(self._asyncgen_firstiter_hook, self._asyncgen_finalizer_hook)
        try:
            super().run_forever()
        finally:
            sys.set_asyncgen_hooks(*before)


def run_until_quit(application: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on a loop inside `application`'s and return its result; when it returns, everything has been shut down."""
    loop = LoopInsideQt(application)
    asyncio.set_event_loop(loop)
    try:
        return int(loop.run_until_complete(main()))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        asyncio.set_event_loop(None)
        loop.close()
