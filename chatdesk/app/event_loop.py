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


def run_until_quit(application: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on a loop inside `application`'s and return its result; when it returns, everything has been shut down."""
    application.setQuitOnLastWindowClosed(False)  # ending Qt's loop under `main` would leave answers unsaved
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    sys.set_asyncgen_hooks(loop._asyncgen_firstiter_hook, loop._asyncgen_finalizer_hook)  # noqa: SLF001
    try:
        return int(loop.run_until_complete(main()))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        sys.set_asyncgen_hooks(None, None)
        asyncio.set_event_loop(None)
        loop.close()
