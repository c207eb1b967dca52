"""Runs of the process that reads foreign files. It is killed when it takes too long or too much memory."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from chatdesk.features.presets.importing.files import shown_name
from chatdesk.features.presets.importing.findings_lines import MAX_LINE_BYTES, from_line
from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.presets.preset_import import FileBegun, Finding, ImportProblem, ImportRefused

_MEMORY_CHECK_INTERVAL = 0.2
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

    async def read(self, paths: Sequence[Path], report: Callable[[Finding], None]) -> None:
        """Report the content of files. Cancelling kills the process. Raises nothing: failures are reported as refused files."""
        current = -1

        def on_finding(finding: Finding) -> None:
            nonlocal current
            if isinstance(finding, FileBegun):
                current = finding.number
            report(finding)

        if not await self.ask([str(path) for path in paths], MAX_LINE_BYTES, from_line, on_finding):
            for path in paths[max(current, 0) :]:
                report(ImportRefused(ImportProblem.GAVE_UP, shown_name(path.name)))

    async def ask[Value](
        self,
        request: object,
        max_line_bytes: int,
        parse: Callable[[bytes], Value],
        report_progress: Callable[[Value], None],
    ) -> bool:
        """Send another request as JSON and report the answers, which are lines of up to `max_line_bytes` bytes. Raises nothing.

        Lines are parsed by `parse` on a thread and reported on the event loop. Returns whether the process finished regularly.
        """
        line = json.dumps(request).encode("ascii") + b"\n"
        with suppress(OSError, TimeoutError):
            process = ChildProcess(
                self._command, "import", parse, report_progress, first=line, longest_message=max_line_bytes
            )
            try:
                async with asyncio.timeout(self._seconds):
                    while not await process.wait(_MEMORY_CHECK_INTERVAL):
                        if await asyncio.to_thread(self._memory_of, process.process_id) > self._most_memory:
                            process.kill()
                return process.exit_code == 0
            finally:
                await process.end()
        return False
