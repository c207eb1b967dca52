"""The parent's side of a process that typesets formulas.

`features/chat/services/request/formulas.py` decides when it is started and ended.
"""

import asyncio
from collections import deque
from collections.abc import Sequence

from chatdesk.kernel.aio.child_process import ChildProcess
from chatdesk.kernel.aio.child_program import FORMULA_CHILD
from chatdesk.rendering.formulas.typeset.child import request
from chatdesk.rendering.formulas.typeset.typeset_formula import ProcessEnded, SetFormula, decode


class FormulaProcess:
    """A running process. Create and use it on the loop's thread. `command` replaces the default command."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        """Start the process. Raise `OSError` if the system refuses."""
        self._waiting: deque[asyncio.Future[SetFormula]] = deque()
        self._process = ChildProcess(
            command or FORMULA_CHILD.command(), "formulas", decode, self._receive, on_end=self._finish
        )

    @property
    def process_id(self) -> int:
        """Id of the process."""
        return self._process.process_id

    @property
    def is_running(self) -> bool:
        """Whether the system reports the process as running."""
        return self._process.is_running

    async def set(self, latex: str, *, displayed: bool) -> SetFormula:
        """Return the typeset formula. Raise `ProcessEnded`."""
        if self._process.has_ended:
            raise ProcessEnded
        answer: asyncio.Future[SetFormula] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        self._process.send(request(latex, displayed=displayed))
        return await answer

    async def end(self) -> None:
        """Kill the process and wait until it has ended."""
        await self._process.end()

    def _receive(self, formula: SetFormula) -> None:
        if self._waiting and not (answer := self._waiting.popleft()).done():
            answer.set_result(formula)

    def _finish(self) -> None:
        for answer in self._waiting:
            if not answer.done():
                answer.set_exception(ProcessEnded())
        self._waiting.clear()
