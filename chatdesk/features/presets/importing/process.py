"""Runs of the process that reads foreign files. It is killed when it takes too long or too much memory."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from chatdesk.features.presets.importing.files import shown_name
from chatdesk.features.presets.importing.findings_lines import LONGEST_LINE, from_line
from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.presets.preset_import import FileBegun, Finding, ImportProblem, ImportRefused

_LOOK_EVERY = 0.2
"""Interval of the memory checks in seconds."""


class ReadingProcess:
    """Each run starts a new process. `memory_of` returns the memory of a process in bytes."""

    def __init__(
        self,
        command: Sequence[str],
        memory_of: Callable[[int], int],
        most_memory: int,
        seconds: float = 60.0,
    ) -> None:
        self._command = command
        self._memory_of = memory_of
        self._most_memory = most_memory
        self._seconds = seconds

    async def read(self, paths: Sequence[Path], told: Callable[[Finding], None]) -> None:
        """Report the content of files. Cancelling kills the process. Raises nothing: failures are reported as refused files."""
        begun = -1

        def tell(finding: Finding) -> None:
            nonlocal begun
            if isinstance(finding, FileBegun):
                begun = finding.number
            told(finding)

        if not await self.ask([str(path) for path in paths], LONGEST_LINE, from_line, tell):
            for path in paths[max(begun, 0) :]:
                told(ImportRefused(ImportProblem.GAVE_UP, shown_name(path.name)))

    async def ask[Told](
        self,
        question: object,
        longest: int,
        understand: Callable[[bytes], Told],
        report_progress: Callable[[Told], None],
    ) -> bool:
        """Send another request as JSON and report the answers, which are lines of up to `longest` bytes. Raises nothing.

        Lines are parsed by `understand` on a thread and reported on the event loop. Returns whether the process finished regularly.
        """
        line = json.dumps(question).encode("ascii") + b"\n"
        with suppress(OSError, TimeoutError):
            process = ChildProcess(
                self._command, "import", understand, report_progress, first=line, longest_message=longest
            )
            try:
                async with asyncio.timeout(self._seconds):
                    while not await process.wait(_LOOK_EVERY):
                        if await asyncio.to_thread(self._memory_of, process.process_id) > self._most_memory:
                            process.kill()
                return process.exit_code == 0
            finally:
                await process.end()
        return False
