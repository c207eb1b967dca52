"""Execution of a command: it always ends with an exit code and never with a traceback.

Ctrl+C cancels the command; a second one ends the process immediately. Unexpected errors are written to the log.
"""

import asyncio
import logging
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from chatdesk.app.console.console import Console
from chatdesk.app.console.error_texts import describe
from chatdesk.app.console.output import OutputClosed, OutputFailed
from chatdesk.app.console.report import ConsoleError, Problem, Report
from chatdesk.app.console.texts import ConsoleTexts
from chatdesk.app.crash_handling import CrashHandler
from chatdesk.app.exit_code import ExitCode
from chatdesk.kernel.errors.base import ChatdeskError, UnexpectedFailure
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

_log = logging.getLogger("chatdesk.console")
_NOT_WRITTEN = QT_TRANSLATE_NOOP("Console", "Cannot write the output: {reason}.")

_REPEAT_SECONDS = 0.5
"""A second signal within this time is the same Ctrl+C: the terminal sends it, and a parent process forwards it."""

Work = Callable[[], Awaitable[ExitCode]]


def run(work: Work, report: Report, console: Console) -> ExitCode:
    """Run `work`, report its end, and return its exit code."""
    with _logged(console.folders.logs, console.redactor):
        try:
            console.output.check()
            return _run_until_interrupted(lambda: _run_and_report(work, report, console.texts))
        except OutputClosed:
            return ExitCode.STOPPED
        except OutputFailed as error:
            console.output.write_status(console.texts.render(_NOT_WRITTEN, reason=error.reason) + "\n")
            return ExitCode.BUG


async def _run_and_report(work: Work, report: Report, texts: ConsoleTexts) -> ExitCode:
    problem: Problem | None = None
    code = ExitCode.STOPPED
    with CrashHandler(lambda: None).installed(asyncio.get_running_loop()):
        try:
            code = await work()
        except (OutputClosed, OutputFailed):
            raise
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001 - the last place that can report it
            problem = _problem(error, texts)
            code = problem.code
    report.close()
    if problem:
        report.fail(problem)
    report.end(code)
    return code


def _problem(error: Exception, texts: ConsoleTexts) -> Problem:
    if isinstance(error, ConsoleError):
        return Problem(error.code, error.name, texts.render(error.text, **error.values))
    if not isinstance(error, ChatdeskError):
        _log.error("Unexpected error", exc_info=error)
        error = UnexpectedFailure(kind=type(error).__name__)
    return describe(error, texts)


def _run_until_interrupted(work: Callable[[], Awaitable[ExitCode]]) -> ExitCode:
    async def main() -> ExitCode:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        first: list[float] = []

        def stop(_number: int, _frame: FrameType | None) -> None:
            if not first and task:
                first.append(time.monotonic())
                loop.call_soon_threadsafe(task.cancel)
            elif time.monotonic() - first[0] > _REPEAT_SECONDS:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                signal.raise_signal(signal.SIGINT)

        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, stop)
        return await work()

    before = signal.getsignal(signal.SIGINT)
    try:
        return asyncio.run(main())
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


@contextmanager
def _logged(folder: Path, redactor: Redactor) -> Iterator[None]:
    """Write warnings and errors to the log, which is opened with the first one, and none to standard error."""
    last_resort, hook = logging.lastResort, sys.unraisablehook
    with ExitStack() as stack:
        logging.lastResort = _LazyLogHandler(stack, folder, redactor)
        sys.unraisablehook = lambda unraisable: _log.warning("Ignored error: %r", unraisable.exc_value)
        try:
            yield
        finally:
            logging.lastResort, sys.unraisablehook = last_resort, hook


class _LazyLogHandler(logging.Handler):
    """The handler of last resort: opens the log, which then receives all further records."""

    def __init__(self, stack: ExitStack, folder: Path, redactor: Redactor) -> None:
        super().__init__(logging.WARNING)
        self._stack = stack
        self._folder = folder
        self._redactor = redactor

    def emit(self, record: logging.LogRecord) -> None:
        """Write the first record."""
        from chatdesk.system.log_files import log_file  # noqa: PLC0415 - start-up time: most runs log nothing

        self._stack.enter_context(log_file(self._folder, self._redactor))
        logging.getLogger().handle(record)
